"""An empty DuckDB that holds ``kpi_daily`` and nothing else: where SQL is parsed and bound, never run.

What does not bind here does not run anywhere, so a hidden relation and one that doesn't exist look the same. It lives
in a child process: DuckDB works some constants out while it binds, and no limit of its own ends that, or a full stack.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

SECONDS = 3  # for one statement; ordinary ones take milliseconds
MEMORY_MB = 1024
_WORKER = Path(__file__).with_name("mirror_worker.py")


class Mirror:
    """One child process, used by one caller at a time, started again where a statement brought it down."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    def statements(self, sql: str) -> list[dict[str, Any]]:
        """DuckDB's own parse trees of the statements in ``sql``. Raises SqlRejected for what is not a SELECT."""
        rows = self._ask("SELECT json_serialize_sql(?::VARCHAR)", [sql], "not_sql")
        answer: dict[str, Any] = json.loads(rows[0][0])
        if answer.get("error"):
            raise refusal("not_sql")
        trees: list[dict[str, Any]] = answer["statements"]
        return trees

    def bind(self, sql: str) -> list[str]:
        """Types of the columns that ``sql``, already checked, would give. Raises SqlRejected where it doesn't fit."""
        return [row[1] for row in self._ask(f"DESCRIBE {sql}", [], "does_not_fit")]

    def _ask(self, sql: str, parameters: list[str], code: str) -> list[list[str]]:
        with self._turn:
            answer = self._talk({"sql": sql, "parameters": parameters})
        if "rows" not in answer:
            raise refusal(code if "refused" in answer else "growth")
        rows: list[list[str]] = answer["rows"]
        return rows

    def _talk(self, job: dict[str, Any]) -> dict[str, Any]:
        """The worker's answer; nothing where it died of it, by our clock or a limit of its own."""
        worker = self._living()
        killer = threading.Timer(SECONDS, worker.kill)
        killer.start()
        try:
            _write(worker, job)
            answer = _read(worker)
        except OSError:
            answer = {}
        finally:
            killer.cancel()
        if not answer:
            _end(worker)
        return answer

    def _living(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self._worker = _start()
        return self._worker


def _start() -> subprocess.Popen[bytes]:
    """Without our environment (it holds secrets) or our place in the terminal. It ends when nobody can write to it."""
    relation = rules().relation
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in relation.columns.items())
    view = f"CREATE VIEW {relation.name} AS SELECT {columns} LIMIT 0"
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", str(_WORKER)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={}, cwd="/", start_new_session=True,
    )  # fmt: skip
    _write(worker, {"setup": [view], "memory_mb": MEMORY_MB})
    _read(worker)  # it is ready: from here on the clock runs
    return worker


def _write(worker: subprocess.Popen[bytes], job: dict[str, Any]) -> None:
    assert worker.stdin
    worker.stdin.write(json.dumps(job).encode() + b"\n")
    worker.stdin.flush()


def _read(worker: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert worker.stdout
    answer: dict[str, Any] = json.loads(worker.stdout.readline() or b"{}")
    return answer


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with contextlib.suppress(OSError):  # what could not be written any more
                pipe.close()


def mirror() -> Mirror:
    """The process's mirror; a forked child makes its own."""
    return _mirror_of(os.getpid())


@lru_cache
def _mirror_of(process: int) -> Mirror:
    return Mirror()
