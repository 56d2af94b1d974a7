"""What a whole file decides at once: the order of day and month, the decimal mark, and the currency it states."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ingest.cells import rows
from ingest.days import read_days
from ingest.format import MEASURES, MONEY, DateOrder
from ingest.layout import Layout
from ingest.numbers import CURRENCY_MARK, DecimalMark, bare, pattern
from ingest.plain import NotPlain, Plain
from ingest.rules import Rules
from ingest.sql import literal
from kpi.errors import LoadRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Where the measures themselves leave it open, ratios and other columns decide: 2,31 % or 2.31 %.
_OTHER_NUMBERS = r"""SELECT count(*) FILTER (regexp_full_match(trim(text), '-?\d+[.]\d{1,2}( ?%)?')) AS point,
    count(*) FILTER (regexp_full_match(trim(text), '-?\d+,\d{1,2}( ?%)?')) AS comma
    FROM (UNPIVOT (SELECT * FROM raw LIMIT 5000) ON COLUMNS(*) INTO NAME field VALUE text)"""


@dataclass(frozen=True)
class Decisions:
    """``currency`` is the one that the file states, or None."""

    decimal_mark: DecimalMark
    currency: str | None


def decide(
    connection: DuckDBPyConnection,
    layout: Layout,
    rules: Rules,
    today: date,
    plain: Plain,
    date_order: DateOrder | None = None,
) -> Decisions:
    """Creates table ``days`` (text, day). Raises LoadRefused: no_daily_date, ambiguous_dates, mixed_currency.

    ``date_order`` is what the person says of it. Raises NotPlain where the decimal mark is not the one that the plain
    rows were read with.
    """
    read_days(connection, layout, rules.vocabulary, today, date_order)
    mark = _decimal_mark(connection, layout, rules, plain)
    if mark is not DecimalMark.POINT and plain.points:
        raise NotPlain
    return Decisions(mark, _currency(connection, layout, rules))


def _decimal_mark(connection: DuckDBPyConnection, layout: Layout, rules: Rules, plain: Plain) -> DecimalMark:
    """The mark that more cells can only be read with; a point where nothing in the file speaks for a comma."""
    point, comma = [], []
    for field in (f for f in MEASURES if f in layout.columns):
        text = bare(field, rules.vocabulary)
        reads = {mark: f"regexp_full_match({text}, {literal(pattern(field, mark))})" for mark in DecimalMark}
        point.append(f"count(*) FILTER ({reads[DecimalMark.POINT]} AND NOT {reads[DecimalMark.COMMA]})")
        comma.append(f"count(*) FILTER ({reads[DecimalMark.COMMA]} AND NOT {reads[DecimalMark.POINT]})")
    seen = rows(connection, f"SELECT {' + '.join(point)} AS point, {' + '.join(comma)} AS comma FROM cells")[0]
    seen["point"] += plain.points
    if seen["point"] == seen["comma"]:
        seen = rows(connection, _OTHER_NUMBERS)[0]
    return DecimalMark.COMMA if seen["comma"] > seen["point"] else DecimalMark.POINT


def _currency(connection: DuckDBPyConnection, layout: Layout, rules: Rules) -> str | None:
    stated = set(layout.stated) & rules.vocabulary.currencies
    if "currency" in layout.columns:
        seen = rows(
            connection,
            """SELECT DISTINCT currency_text AS text FROM (
                 SELECT currency_text FROM cells UNION ALL SELECT currency_text FROM judged)
               WHERE text IS NOT NULL LIMIT 1000""",
        )
        stated |= {code for row in seen if (code := rules.currency(row["text"]))}
    stated |= _symbols(connection, layout, rules)
    if len(stated) > 1:
        raise LoadRefused(
            "mixed_currency",
            f"The file holds money in several currencies ({', '.join(sorted(stated))}). Make one file for each.",
        )
    return next(iter(stated), None)


def _symbols(connection: DuckDBPyConnection, layout: Layout, rules: Rules) -> set[str]:
    """Currencies that marks at the money values state. A bare $ could be several, so it states none."""
    codes: set[str] = set()
    for field in MONEY & layout.columns.keys():
        mark = f"regexp_extract({field}_text, {literal(CURRENCY_MARK)})"
        seen: list[dict[str, Any]] = rows(connection, f"SELECT DISTINCT trim({mark}) AS mark FROM cells LIMIT 1000")
        for text in (row["mark"] for row in seen if row["mark"]):
            code = rules.currency(text)
            codes |= {code} if code else set()
    return codes
