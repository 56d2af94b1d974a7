"""Many statements of every kind: what analysts write runs and says the same, what does damage is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kpi.guard import validate

HERE = Path(__file__).parent
ANALYST = [text for text in (HERE / "analyst.sql").read_text("utf-8").split("\n\n")[1:] if text.strip()]
NEVER = (HERE / "never.sql").read_text("utf-8").splitlines()[1:]
BY_CHANCE = ("SAMPLE", "RANDOM(", "RESERVOIR", "NOW()", "TODAY()", "CURRENT_DATE")


@pytest.fixture(scope="module")
def ads() -> duckdb.DuckDBPyConnection:
    """16 weeks of three platforms, three campaigns, two countries and two devices; a rival's rows are out of sight."""
    connection = duckdb.connect(":memory:")
    connection.execute("""
        CREATE TABLE rows AS SELECT DATE '2026-08-01' + d::INTEGER AS date, platform, 'main' AS account, campaign,
            country, device, 5 + (d * 7 + hash(platform, campaign, country, device) % 89)::DOUBLE % 97 AS spend,
            CASE WHEN (d + length(campaign)) % 9 = 0 THEN 0 ELSE 11 + (d * 11 + length(campaign) * 19) % 211 END::DOUBLE
                AS revenue,
            (d * 3 + length(platform) * 11) % 83 AS clicks, 500 + (d * 31 + length(country) * 57) % 4001 AS impressions,
            ((d + length(campaign)) % 7)::DOUBLE AS conversions
        FROM range(112) days(d), (VALUES ('google'), ('meta'), ('tiktok')) p(platform),
            (VALUES ('Brand Search'), ('Drop Sale Q4'), ('Retargeting; always-on')) c(campaign),
            (VALUES ('DE'), ('US')) co(country), (VALUES ('mobile'), ('desktop')) de(device)""")
    connection.execute("CREATE VIEW kpi_daily AS FROM rows")
    return connection


def _shown(row: tuple[object, ...]) -> str:
    """To nine digits: two threads add up in no fixed order."""
    return repr([f"{cell:.9g}" if isinstance(cell, float) else cell for cell in row])


def test_there_are_many_of_each_kind() -> None:
    assert len(ANALYST) > 400 and len(NEVER) > 300


def test_what_analysts_write_runs_and_gives_the_rows_of_what_they_wrote(ads: duckdb.DuckDBPyConnection) -> None:
    for sql in ANALYST:
        rewritten = validate(sql)
        rows = Counter(map(_shown, ads.execute(rewritten).fetchall()))
        wanted = Counter(map(_shown, ads.execute(sql).fetchall()))
        by_chance = any(word in sql.upper() for word in BY_CHANCE) or ("LIMIT" in sql and "ORDER BY" not in sql)
        assert by_chance or rows == wanted, sql


def test_what_does_damage_is_refused(refused: Callable[[str], str]) -> None:
    for sql in NEVER:
        refused(sql)
