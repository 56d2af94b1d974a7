"""A Parquet file as CSV, so that it goes the way of all files: strict reading with reasons."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are escaped literals)

from __future__ import annotations

import logging
from pathlib import Path

from ingest.sql import literal
from kpi import events
from kpi.errors import LoadRefused

_MEMORY = "1GB"


def write_parquet_as_csv(path: Path, target: Path, name: str) -> Path:
    """Raises LoadRefused (unreadable)."""
    import duckdb

    try:
        with duckdb.connect(config={"memory_limit": _MEMORY}) as connection:
            source = f"read_parquet({literal(str(path))})"
            columns = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            cells = ", ".join(_cell(column[0], column[1]) for column in columns)
            connection.execute(f"COPY (SELECT {cells} FROM {source}) TO {literal(str(target))} (FORMAT csv, HEADER)")
    except duckdb.Error as error:
        events.record("unreadable_parquet", level=logging.ERROR, error=str(error)[:500])
        raise LoadRefused("unreadable", f"{name} is a Parquet file that can't be read. Write it again.") from error
    return target


def _cell(column: str, kind: str) -> str:
    """One line of text: days without a midnight, numbers without an exponent."""
    name = '"' + column.replace('"', '""') + '"'
    text = f"CAST({name} AS VARCHAR)"
    if kind.startswith("TIMESTAMP"):
        text = f"regexp_replace({text}, ' 00:00:00.*$', '')"
    if kind in {"DOUBLE", "FLOAT"}:
        text = f"coalesce(CAST(TRY_CAST({name} AS DECIMAL(38, 9)) AS VARCHAR), {text})"
    return rf"regexp_replace({text}, '[\r\n]+', ' ', 'g') AS {name}"
