"""The child process behind ``mirror.py``: DuckDB with nothing but an empty view. A script; imports nothing of ours.

Reads JSON lines: first {"setup": [statements], "memory_mb": n}, then {"sql": …, "parameters": […]}; answers each
with one line: {"ready": true}, then {"rows": [[…], …]} or {"refused": true}. DuckDB's own words stay here.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys

import duckdb

_LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


def main() -> None:
    first = json.loads(sys.stdin.readline())
    with contextlib.suppress(ValueError, OSError):  # macOS can't limit a process's memory; the parent's clock stays
        resource.setrlimit(resource.RLIMIT_AS, (first["memory_mb"] << 20, first["memory_mb"] << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = duckdb.connect(":memory:", config=_LOCKED_DOWN)
    for statement in [*first["setup"], "SET lock_configuration = true"]:
        connection.execute(statement)
    _say({"ready": True})
    for line in sys.stdin:
        _say(_answer(connection, json.loads(line)))


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _answer(connection: duckdb.DuckDBPyConnection, job: dict[str, object]) -> dict[str, object]:
    try:
        rows = connection.execute(str(job["sql"]), job["parameters"]).fetchall()
        return {"rows": [[str(value) for value in row] for row in rows]}
    except (duckdb.Error, UnicodeError, RuntimeError, MemoryError):
        return {"refused": True}


if __name__ == "__main__":
    main()
