"""What a row is: data, a total, or nothing to load. What its own cells leave open, the other rows settle."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are escaped literals)

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.cells import rows
from ingest.format import DIMENSIONS, MEASURES
from ingest.layout import Layout
from ingest.sql import any_match, literal, one_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CLOSE = "greatest(0.05, 0.001 * abs({sum}))"  # sums of rounded figures differ by a little
_ALL_DATA = "SELECT sum(spend) AS spend, min(line) AS first_line, max(line) AS last_line FROM judged WHERE {data}"
_OF_ITS_DAY = """(SELECT sum(other.spend) FROM judged AS other
    WHERE other.date = judged.date AND other.kind = 'data' AND other.reason IS NULL)"""
_OF_ALL = "(SELECT spend FROM all_data)"
_IS_GRAND_TOTAL = f"abs(spend - {_OF_ALL}) <= {_CLOSE.format(sum=_OF_ALL)}"
_DATA = "kind = 'data' AND reason IS NULL"


def first_guess(connection: DuckDBPyConnection, layout: Layout) -> str:
    """SQL of a row's kind by its own cells: data, total, blank, or one of the open kinds that ``settle`` decides.

    nameless: figures without a day and without a name, a total or a row that lacks its day;
    note: text without a day and without figures, a footer or a spoilt row;
    subtotal: called total although it has a day, a sum of its day or of all days, or a campaign of that name.
    """
    names = [f"{f}_text" for f in DIMENSIONS if f in layout.columns and f not in ("platform", "account")]
    figures = [f"{f}_text" for f in MEASURES if f in layout.columns]
    texts = ["first_cell", *names, *(["date_text"] if "date" in layout.columns else [])]
    platform = ["platform_text"] if "platform" in layout.columns else []
    texts += platform
    called_total = " OR ".join(any_match(text, layout.format.totals) for text in texts)
    named = filter(None, (_is_total(connection, name, layout) for name in (*names, *platform)))
    named_total = " OR ".join(named) or "false"
    no_name = " AND ".join(f"{name} IS NULL" for name in names) or "true"
    no_figure = " AND ".join(f"{figure} IS NULL" for figure in figures)
    footer = any_match("first_cell", layout.format.footers)
    header = literal(layout.heading("date").lower())
    return f"""CASE WHEN first_cell IS NULL THEN 'blank'
        WHEN broken THEN 'data'
        WHEN date IS NULL AND lower(date_text) = {header} THEN 'blank'
        WHEN date IS NULL AND ({called_total}) THEN 'total'
        WHEN date IS NULL AND ({footer}) THEN 'blank'
        WHEN date IS NULL AND {no_figure} AND NOT regexp_matches(first_cell, '^[0-9]') THEN 'note'
        WHEN date IS NULL AND {no_name} AND NOT ({no_figure}) THEN 'nameless'
        WHEN {named_total} THEN 'subtotal' ELSE 'data' END"""


def _is_total(connection: DuckDBPyConnection, name: str, layout: Layout) -> str | None:
    """SQL that is true where the column says total; its names are few, so that only these meet the expressions."""
    distinct = f"SELECT DISTINCT {name} AS name FROM cells"
    found = rows(connection, f"SELECT name FROM ({distinct}) WHERE {any_match('name', layout.format.totals)}")
    return f"{name} IN {one_of(row['name'] for row in found)}" if found else None


def settle(connection: DuckDBPyConnection) -> None:
    """Decide the open kinds of table ``judged``; what stays unproven is data, with its reasons if it has any."""
    open_kinds = {row["kind"] for row in rows(connection, "SELECT DISTINCT kind FROM judged")} - {
        "data",
        "total",
        "blank",
    }
    if not open_kinds:
        return
    connection.execute(f"CREATE TEMP TABLE all_data AS {_ALL_DATA.format(data=_DATA)}")
    for kind, settled, evidence in (
        ("note", "blank", "line > (SELECT last_line FROM all_data) OR line < (SELECT first_line FROM all_data)"),
        ("nameless", "total", _IS_GRAND_TOTAL),
        ("subtotal", "total", f"abs(spend - {_OF_ITS_DAY}) <= {_close(_OF_ITS_DAY)} OR {_IS_GRAND_TOTAL}"),
    ):
        if kind in open_kinds:
            connection.execute(
                f"UPDATE judged SET kind = '{settled}', reason = NULL WHERE kind = '{kind}' AND ({evidence})"
            )
    connection.execute("UPDATE judged SET kind = 'data' WHERE kind IN ('note', 'nameless', 'subtotal')")


def _close(sum_of: str) -> str:
    return _CLOSE.format(sum=sum_of)
