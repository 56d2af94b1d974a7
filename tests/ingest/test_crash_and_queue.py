"""A kill leaves the state before or after; loads at the same time queue; readers never see between."""

from __future__ import annotations

import random
import shutil
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
def test_kill_nine_at_twenty_random_moments_leaves_the_state_before_or_after(
    tmp_path: Path, settings: Settings, write: Any, rollups_are_true: Any
) -> None:
    before = Workspace.open(tmp_path / "before", settings)
    ingest.load(before, write(big(1)))
    before.close()
    newer = str(write(big(2), "new.csv"))
    whole = _seconds(_command(newer, tmp_path / "probe"))
    moments = random.Random(20)
    outcomes = [
        _loads_after_a_kill(newer, tmp_path, whole * moments.uniform(0.2, 1.05), settings, rollups_are_true)
        for _ in range(20)
    ]
    assert set(outcomes) <= {1, 2}


def _loads_after_a_kill(file: str, tmp_path: Path, seconds: float, settings: Settings, rollups_are_true: Any) -> int:
    """How many loads the audit knows; facts, claims, rollups and kept files must be theirs."""
    folder = tmp_path / "workspace"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tmp_path / "before", folder)
    child = subprocess.Popen(_command(file, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.wait()
    after = Workspace.open(folder, settings)
    try:
        count = after.warehouse.query("SELECT count(*) AS n, sum(spend)::INT AS spend FROM facts")[0]
        lost = after.warehouse.query("SELECT count(*) AS n FROM lost_facts")[0]["n"]
        batches = ingest.list_batches(after)
        assert (count["n"], count["spend"], lost) == (ROWS, ROWS * len(batches), ROWS * (len(batches) - 1))
        assert [batch.winning_rows for batch in batches] == [ROWS] + [0] * (len(batches) - 1)
        assert after.warehouse.query("SELECT count(*) AS n FROM claims") == [{"n": len(batches)}]
        rollups_are_true(after.warehouse)
        assert all((after.files / batch.file_sha256).is_file() for batch in batches)
        return len(batches)
    finally:
        after.close()


def _command(file: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "ingest", file, "--workspace", str(folder), "--json"]


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
