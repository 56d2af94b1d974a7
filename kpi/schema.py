"""Tables, rollups and views of a warehouse, made or made anew where the file was written by another version of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from importlib import resources

import duckdb

from kpi import rollups, views

_TABLES, _VIEWS = "tables", "views"  # names in schema_state


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """One look where nothing changed. Otherwise the tables are completed and the rollups computed from the facts."""
    tables = resources.files("kpi").joinpath("schema.sql").read_text("utf-8")
    fingerprint = _fingerprint([tables, rollups.definition()])
    if _state(connection, _TABLES) == fingerprint:
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(tables)
        rollups.rebuild(cursor)
        _remember(cursor, _TABLES, fingerprint)
        cursor.execute("COMMIT")


def define_views(cursor: duckdb.DuckDBPyConnection, conversion_value: Decimal | None) -> None:
    """The views with the conversion value in force, in the transaction of ``cursor``; untouched where they are so."""
    statements = list(views.statements(conversion_value))
    fingerprint = _fingerprint(statements)
    if _state(cursor, _VIEWS) != fingerprint:
        for statement in statements:
            cursor.execute(statement)
        _remember(cursor, _VIEWS, fingerprint)


def _fingerprint(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()


def _state(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    try:
        found = connection.execute("SELECT value FROM schema_state WHERE name = ?", [name]).fetchone()
    except duckdb.CatalogException:  # a new file, or one from before there were rollups
        return None
    return str(found[0]) if found else None


def _remember(cursor: duckdb.DuckDBPyConnection, name: str, fingerprint: str) -> None:
    cursor.execute("INSERT OR REPLACE INTO schema_state VALUES (?, ?)", [name, fingerprint])
