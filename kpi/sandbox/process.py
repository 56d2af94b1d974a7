"""The parent's side: a worker is always started beforehand, runs one statement, and is killed when its time is over."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kpi.cancellation import current
from kpi.errors import QueryTimeout, SqlStopped
from kpi.sandbox.snapshot import Snapshots
from kpi.turns import Turns

if TYPE_CHECKING:
    from kpi.engine import Engine

MEMORY_MB = 1024
MAX_ROWS = 10_000
MAX_BYTES = 8_000_000
AT_ONCE = 2  # statements that run side by side
_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Rows:
    """What a statement gave: columns as (name, DuckDB type), rows by column, whether rows were cut off."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[dict[str, Any], ...]
    cut: bool
    data_version: str


class Sandbox:
    """Runs guarded SQL over one workspace's snapshot; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seconds = engine.workspace.settings.query_timeout_seconds
        self._snapshots = Snapshots(engine.workspace.warehouse, engine.workspace.folder / "snapshots")
        self._turns = Turns(AT_ONCE)
        self._lock = threading.Lock()
        self._spare: subprocess.Popen[bytes] | None = None

    def warm(self) -> None:
        """Start the worker of the next statement, if none waits."""
        with self._lock:
            if self._spare is None or self._spare.poll() is not None:
                self._spare = _start()

    def run(self, sql: str) -> Rows:
        """``sql`` must come from ``kpi.guard.validate``. Raises SqlStopped with a text for a person, or Cancelled."""
        with self._turn():
            snapshot, data_version = self._snapshot()
            reply = self._ask({"snapshot": str(snapshot), "sql": sql})
        if "stopped" in reply:
            raise stopped(reply["stopped"], self._seconds)
        names = _distinct([name for name, _ in reply["columns"]])
        rows = tuple(dict(zip(names, row, strict=True)) for row in reply["rows"])
        kinds = [kind for _, kind in reply["columns"]]
        return Rows(tuple(zip(names, kinds, strict=True)), rows, reply["cut"], data_version)

    def close(self) -> None:
        with self._lock:
            if self._spare:
                _end(self._spare)
            self._spare = None
        self._snapshots.clear()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        try:
            with self._turns.turn(self._seconds):
                yield
        except QueryTimeout as error:
            raise stopped("busy", self._seconds) from error

    def _snapshot(self) -> tuple[Path, str]:
        """The snapshot of what is loaded now: made, where it has to be, while no load can commit."""
        with self._engine.workspace.warehouse.no_writing(), self._lock:
            data_version = self._engine.catalogue.data_version
            return self._snapshots.of(data_version), data_version

    def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        limits = {"seconds": self._seconds, "memory_mb": MEMORY_MB, "max_rows": MAX_ROWS, "max_bytes": MAX_BYTES}
        worker, started = self._take(), time.monotonic()
        killer = threading.Timer(self._seconds, worker.kill)
        killer.start()
        try:
            with current().ended_by(worker.kill):
                reply = _talk(worker, {**job, **limits})
            current().check()
        finally:
            killer.cancel()
            _end(worker)
        if not reply or len(reply) > 2 * MAX_BYTES:  # it died: by our clock, or by a limit of its own
            in_time = time.monotonic() - started < self._seconds
            return {"stopped": "too_much_memory" if in_time else "too_slow"}
        answer: dict[str, Any] = json.loads(reply)
        return answer

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            waiting, self._spare = self._spare, _start()
        return waiting if waiting and waiting.poll() is None else _start()


def stopped(code: str, limit: float) -> SqlStopped:
    return SqlStopped(_texts()[code].format(limit=limit))


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(resources.files("kpi.sandbox").joinpath("stops.yml").read_text("utf-8"))
    return texts


def _distinct(names: list[str]) -> list[str]:
    """Columns of one name (``SELECT spend, spend``) get numbers: rows are keyed by name."""
    seen: list[str] = []
    for name in names:
        number, free = 2, name
        while free in seen:
            number, free = number + 1, f"{name}_{number}"
        seen.append(free)
    return seen


def _start() -> subprocess.Popen[bytes]:
    """Without our environment (it holds secrets), our open files, or our place in the terminal."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", str(_WORKER)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={}, cwd="/", start_new_session=True,
    )  # fmt: skip


def _talk(worker: subprocess.Popen[bytes], job: dict[str, Any]) -> bytes:
    assert worker.stdin and worker.stdout
    try:
        worker.stdin.write(json.dumps(job).encode() + b"\n")
        worker.stdin.flush()
        return worker.stdout.read(2 * MAX_BYTES + 1)
    except OSError:  # it died before it could read
        return b""


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            pipe.close()
