"""The file's cells in a DuckDB database of the load's own: cleaned text, one row a record, with its line."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.layout import Layout
from ingest.records import BROKEN, FILLER
from ingest.sql import cell, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LONGEST_RECORD_BYTES = 16 << 20


def open_records(connection: DuckDBPyConnection, layout: Layout, records: Path) -> None:
    """Creates the views ``raw`` (every record's cells c0 …, rest) and ``lines`` (line, text)."""
    raw = _read_csv(records, [*_columns(layout), "rest"], layout.delimiter, quote='"')
    connection.execute(f"CREATE VIEW raw AS SELECT * FROM {raw}")
    connection.execute(f"CREATE VIEW lines AS {_lines(records, layout.header_line)}")


def stage(connection: DuckDBPyConnection, layout: Layout, placeholders: tuple[str, ...]) -> None:
    """Creates table ``cells``: line, broken, first_cell, cells (their number), extra (more of them), a text a field;
    of the view ``unread`` (``ingest/plain.py``)."""
    connection.execute(f"CREATE TABLE cells AS {_cells(layout, _columns(layout), placeholders)}")


def rows(connection: DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _columns(layout: Layout) -> list[str]:
    return [f"c{at}" for at in range(len(layout.header))]


def _cells(layout: Layout, columns: list[str], placeholders: tuple[str, ...]) -> str:
    width = len(columns)
    fields = [f"{cell(f'c{at}', placeholders)} AS {field}_text" for field, at in layout.columns.items()]
    present = " + ".join(f"({column} IS NOT NULL)::INT" for column in columns)
    return f"""
        SELECT line,
               starts_with(c0, '{BROKEN}') AS broken,
               coalesce({", ".join(cell(column, placeholders) for column in columns)}) AS first_cell,
               CASE WHEN {columns[-1]} IS NULL THEN {present} ELSE {width} END AS cells,
               rest IS NOT NULL AND trim(rest) <> '' AS extra,
               {", ".join(fields)}
        FROM unread WHERE c0 <> '{FILLER}'"""


def _lines(records: Path, header_line: int) -> str:
    """The records as whole lines, to show a rejected one as it stood."""
    unused = "\x01"  # no delimiter: a line is one cell
    source = _read_csv(records, ["text"], unused, quote="")
    return f"SELECT row_number() OVER () + {header_line} AS line, text FROM {source}"


def _read_csv(path: Path, columns: list[str], delimiter: str, quote: str) -> str:
    """Everything stated, nothing sniffed. Cells that are missing are NULL, empty ones are ''."""
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    return (
        f"read_csv({literal(str(path))}, columns={{{types}}}, header=false, auto_detect=false, "
        f"delim={literal(delimiter)}, quote='{quote}', escape='{quote}', new_line='\\n', nullstr='\ufdd2', "
        f"null_padding=true, strict_mode=false, max_line_size={_LONGEST_RECORD_BYTES}, "
        f"buffer_size={2 * _LONGEST_RECORD_BYTES}, comment='')"
    )
