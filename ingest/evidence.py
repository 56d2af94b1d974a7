"""What a whole file decides at once: the order of day and month, the decimal mark, and the currency it states."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ingest.cells import rows
from ingest.format import MEASURES, MONEY, Rules, Vocabulary
from ingest.layout import Layout
from ingest.numbers import CURRENCY_MARK, DecimalMark, bare, pattern
from ingest.sql import any_match, literal, one_of
from kpi.errors import LoadRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ORDERS = ("day_first", "month_first")


@dataclass(frozen=True)
class Decisions:
    """``currency`` is the one that the file states, or None."""

    decimal_mark: DecimalMark
    currency: str | None


def decide(connection: DuckDBPyConnection, layout: Layout, rules: Rules, today: date) -> Decisions:
    """Creates table ``days`` (text, day). Raises LoadRefused: no_daily_date, ambiguous_dates, mixed_currency."""
    _read_days(connection, layout, rules.vocabulary, today)
    return Decisions(_decimal_mark(connection, layout, rules), _currency(connection, layout, rules))


def _read_days(connection: DuckDBPyConnection, layout: Layout, vocabulary: Vocabulary, today: date) -> None:
    """Dates are few: each spelling is read once, and rows join to it."""
    names = list(layout.format.date_patterns)
    readings = [f"{_day(vocabulary, name)} AS {name}" for name in names]
    connection.execute(
        f"CREATE TEMP TABLE spelled AS SELECT text, {', '.join(readings)} FROM ("
        f"SELECT DISTINCT date_text AS text FROM cells WHERE date_text IS NOT NULL AND NOT broken "
        f"AND NOT {any_match('date_text', layout.format.totals)})"
    )
    if set(_ORDERS) <= set(names):
        names.remove(_losing_order(connection, layout, today))
    connection.execute(f"CREATE TABLE days AS SELECT text, coalesce({', '.join(names)}) AS day FROM spelled")
    found = rows(connection, "SELECT count(*) AS texts, count(day) AS days, min(text) AS example FROM days")[0]
    if found["texts"] and not found["days"]:
        heading, example = layout.heading("date"), str(found["example"])[:40]
        raise LoadRefused(
            "no_daily_date",
            f"The column {heading} holds no days (for example “{example}”). {layout.format.how_to_export}",
        )


def _day(vocabulary: Vocabulary, name: str) -> str:
    known = vocabulary.date_patterns[name]
    formats = ", ".join(literal(text) for text in known.strptime)
    one_mark = "regexp_replace(text, '[-/., ]+', '-', 'g')"
    read = f"try_strptime({one_mark}, [{formats}])::DATE"
    return f"CASE WHEN regexp_full_match(text, {literal(known.regex)}) THEN {read} END"


def _losing_order(connection: DuckDBPyConnection, layout: Layout, today: date) -> str:
    """The order to drop. A day that only one order can read is evidence; so is an order that leads into the future."""
    seen = rows(
        connection,
        f"""SELECT count(*) FILTER (month_first IS NULL) AS only_day_first,
            count(*) FILTER (day_first IS NULL) AS only_month_first,
            count(*) FILTER (day_first <> month_first) AS open, min(text) FILTER (day_first <> month_first) AS example,
            max(day_first) > '{today}' AS day_first_in_future, max(month_first) > '{today}' AS month_first_in_future
            FROM spelled WHERE day_first IS NOT NULL OR month_first IS NOT NULL""",
    )[0]
    both = seen["only_day_first"] and seen["only_month_first"]
    if bool(seen["only_day_first"]) != bool(seen["only_month_first"]):
        return "month_first" if seen["only_day_first"] else "day_first"
    if not both and not seen["open"]:
        return "day_first"  # every reading is the same day
    if not both and seen["day_first_in_future"] != seen["month_first_in_future"]:
        return "day_first" if seen["day_first_in_future"] else "month_first"
    why = (
        "in both orders of day and month"
        if both
        else f"so that day and month can't be told apart (“{seen['example']}”)"
    )
    raise LoadRefused(
        "ambiguous_dates",
        f"The column {layout.heading('date')} is written {why}. Write the dates as 2025-06-30 and load it again.",
    )


def _decimal_mark(connection: DuckDBPyConnection, layout: Layout, rules: Rules) -> DecimalMark:
    """The mark that more cells can only be read with; a point where nothing speaks for a comma."""
    point, comma = [], []
    for field in (f for f in MEASURES if f in layout.columns):
        text = bare(field, rules.vocabulary)
        reads = {mark: f"regexp_full_match({text}, {literal(pattern(field, mark))})" for mark in DecimalMark}
        point.append(f"count(*) FILTER ({reads[DecimalMark.POINT]} AND NOT {reads[DecimalMark.COMMA]})")
        comma.append(f"count(*) FILTER ({reads[DecimalMark.COMMA]} AND NOT {reads[DecimalMark.POINT]})")
    seen = rows(connection, f"SELECT {' + '.join(point)} AS point, {' + '.join(comma)} AS comma FROM cells")[0]
    return DecimalMark.COMMA if seen["comma"] > seen["point"] else DecimalMark.POINT


def _currency(connection: DuckDBPyConnection, layout: Layout, rules: Rules) -> str | None:
    stated = set(layout.stated) & rules.vocabulary.currencies
    if "currency" in layout.columns:
        valid = one_of(rules.vocabulary.currencies)
        seen = rows(
            connection, f"SELECT DISTINCT upper(currency_text) AS code FROM cells WHERE upper(currency_text) IN {valid}"
        )
        stated |= {row["code"] for row in seen}
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
            code = rules.vocabulary.currency_symbols.get(text, text)
            codes |= {code} if code in rules.vocabulary.currencies else set()
    return codes
