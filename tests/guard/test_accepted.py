"""SQL that analysts and models write every day, and what becomes of it."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kpi.errors import SqlRejected
from kpi.guard import validate

ORDINARY = [
    "SELECT platform, sum(spend) AS spend FROM kpi_daily GROUP BY ALL ORDER BY spend DESC NULLS LAST",
    "SELECT sum(spend) FILTER (WHERE platform = 'Meta') / nullif(sum(conversions), 0) AS cac FROM kpi_daily",
    "SELECT date_trunc('month', date) AS m, sum(revenue) FROM kpi_daily WHERE date >= DATE '2026-01-01' GROUP BY m",
    "WITH d AS (SELECT date, sum(spend) AS s FROM kpi_daily GROUP BY date) SELECT date, avg(s) OVER (ORDER BY date"
    " ROWS 6 PRECEDING) FROM d",
    "SELECT campaign, sum(spend) AS s FROM kpi_daily GROUP BY 1 QUALIFY row_number() OVER (ORDER BY s DESC) <= 3",
    "SELECT * EXCLUDE (revenue) REPLACE (round(spend) AS spend) RENAME (clicks AS visits) FROM kpi_daily",
    "SELECT sum(COLUMNS('spend|clicks')) FROM kpi_daily",
    "SELECT quantile_cont(spend, [0.1, 0.9]), median(spend), mode(platform) FROM kpi_daily",
    "SELECT list_transform(list(DISTINCT platform), lambda p: upper(p)), {'a': sum(spend)}.a FROM kpi_daily",
    "SELECT [x * 2 FOR x IN [1, 2, 3] IF x > 1][1], map {'a': 1}['a'], row(1, 2)",
    "SELECT campaign[1:3], campaign.lower().replace('a', 'b') FROM kpi_daily",
    "FROM kpi_daily SELECT platform, sum(spend) GROUP BY ALL",
    "PIVOT kpi_daily ON platform IN ('Meta', 'Google') USING sum(spend) GROUP BY country",
    "UNPIVOT (SELECT date, spend, revenue FROM kpi_daily) ON spend, revenue INTO NAME metric VALUE amount",
    "SELECT a.campaign FROM kpi_daily a JOIN kpi_daily b ON a.date = b.date AND a.campaign = b.campaign",
    "SELECT p.platform, x.s FROM (SELECT DISTINCT platform FROM kpi_daily) p, LATERAL (SELECT sum(spend) AS s"
    " FROM kpi_daily k WHERE k.platform = p.platform) x",
    "SELECT d::DATE, sum(spend) FROM generate_series(DATE '2026-01-01', DATE '2026-03-31', INTERVAL 1 DAY) g(d)"
    " LEFT JOIN kpi_daily k ON k.date = g.d GROUP BY 1",
    "WITH RECURSIVE d AS (SELECT min(date) AS day FROM kpi_daily UNION ALL SELECT CAST(day + INTERVAL 1 DAY AS DATE)"
    " FROM d WHERE day < (SELECT max(date) FROM kpi_daily)) SELECT day FROM d",
    "SELECT lpad(CAST(month(date) AS VARCHAR), 2, '0'), printf('%.2f', spend), format('{:,.0f}', spend) FROM kpi_daily",
    "SELECT sum(spend) FROM kpi_daily WHERE date >= current_date - INTERVAL 30 DAY",
    'SELECT "k"."spend" AS "Ausgaben (€)" FROM "main"."KPI_Daily" AS "k"',
    "SELECT platform, -- Umsatz – Kosten\n  revenue - spend /* “profit” */ FROM kpi_daily;",
]


@pytest.mark.parametrize("sql", ORDINARY)
def test_ordinary_sql_is_accepted(sql: str) -> None:
    assert validate(sql)


@pytest.mark.parametrize(
    "text", ["DROP TABLE users; --", "it''s", "/* sale */", "👩‍💻 Été 促销", "a\\", "$$x$$", "SHOW"]
)
def test_values_may_look_like_sql_or_hold_any_script(text: str) -> None:
    condition = f"campaign = '{text}'"
    assert condition in validate(f"SELECT sum(spend) FROM kpi_daily WHERE {condition}")


def test_the_text_is_written_again_without_comments_and_capped() -> None:
    assert validate("select spend -- x\n from kpi_daily;") == "SELECT spend FROM kpi_daily LIMIT 10000"


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("SELECT 1 LIMIT 5", "SELECT 1 LIMIT 5"),
        ("SELECT 1 LIMIT 50000", "SELECT 1 LIMIT 10000"),
        ("SELECT 1 LIMIT 5 OFFSET 2", "SELECT 1 LIMIT 5 OFFSET 2"),
        ("SELECT 1 LIMIT 50%", "SELECT * FROM (SELECT 1 LIMIT 50 PERCENT) AS result LIMIT 10000"),
        ("SELECT 1 LIMIT 5 + 5", "SELECT * FROM (SELECT 1 LIMIT 5 + 5) AS result LIMIT 10000"),
        ("SELECT 1 LIMIT ALL", "SELECT * FROM (SELECT 1 LIMIT ALL) AS result LIMIT 10000"),
        ("SELECT 1 UNION SELECT 2", "SELECT * FROM (SELECT 1 UNION SELECT 2) AS result LIMIT 10000"),
        ("VALUES (1)", "SELECT * FROM (VALUES (1)) AS result LIMIT 10000"),
    ],
)
def test_the_row_cap_holds_for_every_way_to_limit(written: str, rewritten: str) -> None:
    assert validate(written) == rewritten


def test_what_was_accepted_is_accepted_again_unchanged() -> None:
    for sql in ORDINARY:
        once = validate(sql)
        assert validate(once) == once


def test_a_scope_is_refused_rather_than_passed_over() -> None:
    with pytest.raises(SqlRejected, match="sees only some of the data"):
        validate("SELECT 1", scope={"country": ["DE"]})


def test_several_threads_share_the_mirror() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(validate, ORDINARY * 4)) == [validate(sql) for sql in ORDINARY] * 4


def test_a_forked_child_makes_its_own_mirror() -> None:
    program = (
        "import os\nfrom kpi.guard import validate\nvalidate('SELECT 1')\npid = os.fork()\n"
        "if pid == 0:\n    os._exit(0 if validate('SELECT 1') else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=30).returncode == 0
