"""SQL in the sandbox: right rows, hard limits, and nothing of ours within reach, even past the guard."""

from __future__ import annotations

import os
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi.errors import SqlStopped
from kpi.sandbox import Sandbox
from kpi.sandbox import process as process_module

NEVER_ENDS = "SELECT count(*) FROM range(3000000) a(i), range(3000000) b(j) WHERE a.i * b.j % 7 = 3"


@pytest.fixture
def sandbox(small: Any) -> Sandbox:
    return small.engine.sandbox


def quick(sandbox: Sandbox, seconds: float) -> Sandbox:
    sandbox._seconds = seconds
    return sandbox


def test_rows_come_with_their_types_and_the_data_version(sandbox: Sandbox, small: Any) -> None:
    found = sandbox.run("SELECT platform, sum(spend) AS spend, min(date) AS day FROM kpi_daily GROUP BY 1 ORDER BY 1")
    assert found.rows == (
        {"platform": "Google", "spend": 200.0, "day": "2025-06-01"},
        {"platform": "Meta", "spend": 330.0, "day": "2025-06-01"},
    )
    assert found.columns == (("platform", "VARCHAR"), ("spend", "DOUBLE"), ("day", "DATE"))
    assert found.data_version == small.data_version()


def test_a_workspace_named_from_here_is_found_by_the_worker(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `make run` names it; the worker starts in another folder."""
    from assistant import Assistant

    small.close()
    monkeypatch.chdir(tmp_path)
    assistant = Assistant.open("workspace")
    answer = assistant.conversation().ask("/sql SELECT count(*) AS n FROM kpi_daily")
    assistant.close()
    assert answer.rows == [{"n": 5}], answer.text


def test_a_load_after_the_first_statement_is_seen_by_the_second(sandbox: Sandbox, small: Any, tmp_path: Any) -> None:
    count = "SELECT count(*) AS n FROM kpi_daily"
    assert sandbox.run(count).rows == ({"n": 5},)
    more = tmp_path / "more.csv"
    more.write_text("date,platform,account,campaign,spend\n2025-06-09,TikTok,Main,New,10\n", "utf-8")
    assert small.load_file(more).status == "loaded"
    assert sandbox.run(count).rows == ({"n": 6},)
    assert len(list((small.workspace.folder / "snapshots").iterdir())) == 1, "the old snapshot is gone"


@pytest.mark.parametrize("table", ["facts", "batches", "rejected_rows", "workspace_settings", "kpi_revenue"])
def test_the_snapshot_holds_nothing_but_kpi_daily_even_past_the_guard(sandbox: Sandbox, table: str) -> None:
    with pytest.raises(SqlStopped) as refusal:
        sandbox.run(f"SELECT * FROM {table}")
    assert table not in str(refusal.value)


def test_the_catalogue_of_the_snapshot_lists_one_table(sandbox: Sandbox) -> None:
    found = sandbox.run("SELECT table_name FROM information_schema.tables")
    assert [row["table_name"] for row in found.rows] == ["kpi_daily"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/never.csv'",
        "ATTACH '/tmp/never.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "CREATE TABLE t AS SELECT 1",
        "DELETE FROM kpi_daily",
    ],
)
def test_files_settings_and_writing_are_out_of_reach_even_past_the_guard(sandbox: Sandbox, statement: str) -> None:
    with pytest.raises(SqlStopped, match="failed while it ran"):
        sandbox.run(statement)


def test_the_environment_of_the_worker_is_empty(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret-of-a-test")
    sandbox.warm()
    worker = sandbox._spare
    assert worker
    assert b"secret" not in Path(f"/proc/{worker.pid}/environ").read_bytes()


def test_a_statement_that_never_ends_is_killed_in_time(sandbox: Sandbox) -> None:
    started = time.monotonic()
    with pytest.raises(SqlStopped, match="took longer than 1 seconds"):
        quick(sandbox, 1).run(NEVER_ENDS)
    assert time.monotonic() - started < 12


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT len(range(0, 300000000))",
        "SELECT len(repeat('x', 1000000000))",
        "SELECT len(rpad('', 2000000000, 'x'))",
        "SELECT length(printf('%1500000000d', 1))",
    ],
)
def test_memory_that_duckdb_does_not_count_ends_the_worker_not_us(sandbox: Sandbox, statement: str) -> None:
    with pytest.raises(SqlStopped):
        quick(sandbox, 10).run(statement)
    assert sandbox.run("SELECT 1 AS one").rows == ({"one": 1},)


def test_rows_are_capped_and_a_huge_result_is_refused(sandbox: Sandbox) -> None:
    found = sandbox.run("SELECT i FROM range(20000) t(i)")
    assert (len(found.rows), found.cut) == (process_module.MAX_ROWS, True)
    with pytest.raises(SqlStopped, match="too large"):
        sandbox.run("SELECT repeat('x', 100000) AS wide FROM range(200)")


def test_a_worker_that_was_killed_while_it_waited_is_replaced(sandbox: Sandbox) -> None:
    sandbox.warm()
    assert sandbox._spare
    os.kill(sandbox._spare.pid, 9)
    sandbox._spare.wait()
    assert sandbox.run("SELECT 1 AS one").rows == ({"one": 1},)


def test_statements_side_by_side_do_not_wait_for_a_slow_one(sandbox: Sandbox) -> None:
    quick(sandbox, 5)

    def run_slow() -> None:
        with pytest.raises(SqlStopped):
            sandbox.run(NEVER_ENDS)

    slow = threading.Thread(target=run_slow)
    slow.start()
    started = time.monotonic()
    assert sandbox.run("SELECT 1 AS one").rows == ({"one": 1},)
    assert time.monotonic() - started < 12
    slow.join()


def test_values_come_back_as_in_any_answer(sandbox: Sandbox) -> None:
    found = sandbox.run(
        "SELECT 1.5::DECIMAL(9, 2) AS money, 'nan'::DOUBLE AS hole, DATE '2025-06-01' AS day, [1, 2] AS l"
    )
    assert found.rows == ({"money": 1.5, "hole": None, "day": date(2025, 6, 1).isoformat(), "l": "[1, 2]"},)


def test_two_columns_of_one_name_keep_their_own_values(sandbox: Sandbox) -> None:
    assert sandbox.run("SELECT 1 AS n, 2 AS n, 3 AS n").rows == ({"n": 1, "n_2": 2, "n_3": 3},)


def test_closing_leaves_no_worker_and_no_snapshot(small: Any) -> None:
    sandbox = small.engine.sandbox
    sandbox.run("SELECT 1 AS one")
    worker = sandbox._spare
    small.engine.close()
    assert worker and worker.poll() is not None
    assert not (small.workspace.folder / "snapshots").exists()
