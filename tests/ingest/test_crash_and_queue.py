"""A kill leaves the state before or after; loads at the same time queue; readers never see between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import ingest
from kpi.settings import Settings
from kpi.workspace import Workspace

ROWS = 40_000


def big(value: int) -> str:
    rows = (f"2025-06-{1 + n % 30:02},Meta,A,Brand,{value}\n" for n in range(ROWS))
    return "date,platform,account,campaign,spend\n" + "".join(rows)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 0.6, 0.75, 0.85, 0.92, 0.97])
def test_kill_nine_leaves_the_state_before_or_after(
    tmp_path: Path, settings: Settings, write: Any, share: float
) -> None:
    folder = tmp_path / "workspace"
    before = Workspace.open(folder, settings)
    ingest.load(before, write(big(1)))
    before.close()
    command = [sys.executable, "-m", "ingest", str(write(big(2), "new.csv")), "--workspace", str(folder), "--json"]
    probe = tmp_path / "probe"
    whole = _seconds([*command[:-3], "--workspace", str(probe)])
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(whole * share)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    after = Workspace.open(folder, settings)
    try:
        count = after.warehouse.query("SELECT count(*) AS n, sum(spend)::INT AS spend FROM facts")[0]
        batches = ingest.list_batches(after)
        assert count["n"] == ROWS and count["spend"] == ROWS * len(batches)
        assert [batch.winning_rows for batch in batches] == [ROWS] + [0] * (len(batches) - 1)
        assert all((after.files / batch.file_sha256).is_file() for batch in batches)
    finally:
        after.close()


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def test_an_error_in_the_middle_of_the_transaction_leaves_nothing(
    workspace: Workspace, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("disk full")

    path = write(big(1))
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        ingest.load(workspace, path)
    for table in ("facts", "lost_facts", "batches", "claims", "rejected_rows"):
        assert workspace.warehouse.query(f"SELECT count(*) AS n FROM {table}") == [{"n": 0}]


def test_two_loads_of_the_same_bytes_at_once_are_one_load_and_a_duplicate(workspace: Workspace, write: Any) -> None:
    path = write(big(1))
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: ingest.load(workspace, path), range(2)))
    assert sorted(report.status for report in reports) == ["duplicate", "loaded"]
    assert workspace.warehouse.query("SELECT count(*) AS n FROM facts") == [{"n": ROWS}]


def test_a_reader_sees_the_state_before_or_after_a_load(workspace: Workspace, write: Any) -> None:
    ingest.load(workspace, write(big(1)))
    newer, seen = write(big(2), "new.csv"), set()
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(ingest.load, workspace, newer)
        while not loading.done():
            row = workspace.warehouse.query("SELECT count(*) AS n, sum(spend)::INT AS spend FROM kpi_daily")[0]
            seen.add((row["n"], row["spend"]))
    assert loading.result().status == "loaded"
    assert seen <= {(ROWS, ROWS), (ROWS, 2 * ROWS)}
