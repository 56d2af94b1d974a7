"""The child process: one statement over one snapshot, then it ends. Run as a script; imports nothing of ours.

Reads one JSON line (snapshot, sql, seconds, memory_mb, max_rows, max_bytes) and writes one:
{"columns": [[name, type], …], "rows": [[…], …], "cut": bool} or {"stopped": code}.
DuckDB's own limits don't stop every statement, so the operating system's do (memory, CPU, no file may be written).
"""

from __future__ import annotations

import contextlib
import json
import math
import resource
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

MEGABYTE = 1 << 20
_LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
_LOCKING = ("SET enable_external_access = false", "SET lock_configuration = true")


def main() -> None:
    line = sys.stdin.readline()
    if line:  # nothing comes where the parent ended without a job for us
        sys.stdout.write(json.dumps(_answer(json.loads(line))))


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    try:
        _limit(job["seconds"], job["memory_mb"])
        return _run(job)
    except (duckdb.OutOfMemoryException, MemoryError):
        return {"stopped": "too_much_memory"}
    except duckdb.InterruptException:
        return {"stopped": "too_slow"}
    except duckdb.Error:  # its words may name what it knows: they stay here
        return {"stopped": "failed"}


def _limit(seconds: float, memory_mb: int) -> None:
    cpu = math.ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS can't limit a process's memory; DuckDB's own limit stays
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))


def _run(job: dict[str, Any]) -> dict[str, Any]:
    config = {**_LOCKED_DOWN, "memory_limit": f"{job['memory_mb'] // 2}MB"}
    with duckdb.connect(job["snapshot"], read_only=True, config=config) as connection:
        for setting in _LOCKING:  # not while connecting: it would forbid setting the others
            connection.execute(setting)
        connection.execute(job["sql"])
        columns = [[column[0], str(column[1])] for column in connection.description or []]
        rows = connection.fetchmany(job["max_rows"] + 1)
    plain = [[_plain(value) for value in row] for row in rows[: job["max_rows"]]]
    if sum(len(json.dumps(row)) for row in plain) > job["max_bytes"]:
        return {"stopped": "too_large"}
    return {"columns": columns, "rows": plain, "cut": len(rows) > job["max_rows"]}


def _plain(value: Any) -> Any:
    """As in any answer: JSON's own kinds, dates as ISO text."""
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


if __name__ == "__main__":
    main()
