"""An empty DuckDB in memory that holds ``kpi_daily`` and nothing else: where SQL is parsed and bound, never run.

What does not bind here does not run anywhere, so a hidden relation and one that doesn't exist look the same.
"""

from __future__ import annotations

import json
import os
import threading
from functools import lru_cache
from typing import Any

import duckdb

from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

_LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


class Mirror:
    """One connection, used by one caller at a time."""

    def __init__(self) -> None:
        relation = rules().relation
        columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in relation.columns.items())
        self._turn = threading.Lock()
        self._connection = duckdb.connect(":memory:", config=_LOCKED_DOWN)
        self._connection.execute(f"CREATE VIEW {relation.name} AS SELECT {columns} LIMIT 0")
        self._connection.execute("SET lock_configuration = true")

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

    def _ask(self, sql: str, parameters: list[str], code: str) -> list[Any]:
        with self._turn:
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except (duckdb.Error, UnicodeError, RuntimeError) as error:
                raise refusal(code) from error  # DuckDB's own words name what it knows: they go no further


def mirror() -> Mirror:
    """The process's mirror; a forked child makes its own."""
    return _mirror_of(os.getpid())


@lru_cache  # the parent's stays here in a child: closing it there would wait for threads that did not come along
def _mirror_of(process: int) -> Mirror:
    return Mirror()
