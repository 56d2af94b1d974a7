"""The days of a file: each spelling read once, the order of day and month decided by all of them together."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ingest.cells import rows
from ingest.format import DIMENSIONS, DateOrder, DatePattern, Vocabulary
from ingest.layout import Layout
from ingest.refusals import OrderOpen
from ingest.sql import any_match, literal
from kpi.errors import LoadRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ORDERS = ("day_first", "month_first")
_CLOCK = r"[T ]\d{1,2}:\d{2}.*$"
_MIDNIGHT = r"[T ]0?0:00(:00([.,]0+)?)? ?(Z|UTC|GMT|[-+]\d{2}:?\d{2})?$"
_DAY_IN_TEXT = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_SPACING = """bool_and(date_part('day', day) = 1) AS months, count(DISTINCT day) > 2
    AND bool_and((day - DATE '1900-01-01') % 7 = (SELECT min(day) - DATE '1900-01-01' FROM days) % 7) AS weeks"""
_WEEKDAY = r"^\p{L}+\.?, ?|[ (（]+\p{L}{1,9}[)）]$"


def read_days(
    connection: DuckDBPyConnection, layout: Layout, vocabulary: Vocabulary, today: date, stated: DateOrder | None
) -> None:
    """Creates table ``days`` (text, day). Raises LoadRefused: no_daily_date, ambiguous_dates.

    ``stated`` is the order of day and month where the days themselves leave it open.
    """
    names = list(vocabulary.date_patterns)
    readings = [f"{_day(vocabulary, vocabulary.date_patterns[name])} AS {name}" for name in names]
    connection.execute(f"CREATE TEMP TABLE spelled AS SELECT text, {', '.join(readings)} FROM ({_spellings(layout)})")
    names.remove(_losing_order(connection, layout, today, stated))
    connection.execute(f"CREATE TABLE days AS SELECT text, coalesce({', '.join(names)}) AS day FROM spelled")
    _require_days(connection, layout)
    if "until" in layout.columns:
        _require_one_day_rows(connection, layout, vocabulary, names)
    elif layout.dates_are_starts:
        _require_daily_starts(connection, layout)


def _require_daily_starts(connection: DuckDBPyConnection, layout: Layout) -> None:
    """A start that all rows share, below a title that names a longer range, is the start of that range; starts that
    are weeks or months apart are those of weeks or months."""
    named = {day for line in layout.preamble for day in re.findall(_DAY_IN_TEXT, line)}
    seen = rows(connection, f"SELECT count(*) AS days, {_SPACING} FROM (SELECT DISTINCT day FROM days)")[0]
    if len(named) > 1 and seen["days"] == 1:
        raise LoadRefused("no_daily_date", f"All its rows start on one day of a range. {layout.format.how_to_export}")
    if seen["days"] > 1 and (seen["weeks"] or seen["months"]):
        unit = "month" if seen["months"] else "week"
        raise LoadRefused("no_daily_date", f"Its rows start a {unit} each. {layout.format.how_to_export}")


def _spellings(layout: Layout) -> str:
    """Every spelling, and what is left of it without weekday and midnight."""
    bare = f"regexp_replace(date_text, {literal(_MIDNIGHT)}, '')"
    bare = f"regexp_replace({bare}, {literal(_WEEKDAY)}, '')"
    written = (
        f"SELECT DISTINCT date_text FROM cells WHERE date_text IS NOT NULL "
        f"AND NOT broken AND NOT {any_match('date_text', layout.format.totals)}"
    )
    plain = "SELECT DISTINCT date::VARCHAR AS date_text FROM judged"
    return f"SELECT date_text AS text, trim({bare}) AS bare FROM ({written} UNION {plain})"


def _day(vocabulary: Vocabulary, pattern: DatePattern) -> str:
    groups = {
        part: f"regexp_extract(bare, {literal(pattern.regex)}, {at})" for at, part in enumerate(pattern.parts, start=1)
    }
    year = f"CASE length({groups['year']}) WHEN 2 THEN '20' ELSE '' END || {groups['year']}"
    month = groups.get("month") or _month_number(vocabulary, groups["month_name"])
    read = f"try_strptime({year} || '-' || {month} || '-' || {groups['day']}, '%Y-%m-%d')::DATE"
    return f"CASE WHEN regexp_full_match(bare, {literal(pattern.regex)}) THEN {read} END"


def _month_number(vocabulary: Vocabulary, text: str) -> str:
    names = [(name, number) for number, all_names in vocabulary.months.items() for name in all_names]
    table = ", ".join(f"{literal(name)}: '{number}'" for name, number in names)
    return f"MAP {{{table}}}[lower(strip_accents({text}))]"


def _losing_order(connection: DuckDBPyConnection, layout: Layout, today: date, stated: DateOrder | None) -> str:
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
        return "month_first"  # every reading is the same day
    if not both and seen["day_first_in_future"] != seen["month_first_in_future"]:
        return "day_first" if seen["day_first_in_future"] else "month_first"
    if not both and (order := stated or layout.format.date_order):  # else the platform's way to write them
        return next(other for other in _ORDERS if other != order)
    heading, example = layout.heading("date"), seen["example"]
    if both:
        message = f"The column {heading} is written in both orders of day and month. Write its dates as 2025-06-30."
        raise LoadRefused("ambiguous_dates", message)
    raise OrderOpen(
        f"The column {heading} is written so that day and month can't be told apart (“{example}”). "
        "Say which comes first, or write the dates as 2025-06-30, and load it again.",
        _ORDERS,
    )


def _require_days(connection: DuckDBPyConnection, layout: Layout) -> None:
    found = rows(connection, "SELECT count(*) AS texts, count(day) AS days, min(text) AS example FROM days")[0]
    if found["texts"] and not found["days"]:
        heading, example = layout.heading("date"), str(found["example"])[:40]
        raise LoadRefused(
            "no_daily_date",
            f"The column {heading} holds no days (for example “{example}”). {layout.format.how_to_export}",
        )


def _require_one_day_rows(
    connection: DuckDBPyConnection, layout: Layout, vocabulary: Vocabulary, names: list[str]
) -> None:
    """Where rows have a first and a last day, these must be one: the same, or the next one's midnight.

    A nameless row of the whole range is none of a day either, but a total: its day becomes the range, which is no day.
    """
    ends = ", ".join(_day(vocabulary, vocabulary.date_patterns[name]) for name in names)
    clock = f"regexp_extract(until_text, {literal(_CLOCK)})"
    midnight = f"regexp_full_match({clock}, {literal(_MIDNIGHT)})"
    wide = rows(
        connection,
        f"""WITH ranges AS (
              SELECT DISTINCT date_text, until_text, days.day AS first_day,
                     trim(regexp_replace(until_text, {literal(_CLOCK)}, '')) AS bare, {midnight} AS midnight
              FROM cells JOIN days ON days.text = date_text WHERE NOT broken AND days.day IS NOT NULL),
            read AS (SELECT *, coalesce({ends}) AS last_day FROM ranges)
            SELECT date_text, coalesce(until_text, 'no end') AS until_text FROM read
            WHERE last_day IS NULL OR last_day - first_day > CASE WHEN midnight THEN 1 ELSE 0 END LIMIT 2""",
    )
    if wide and not (len(wide) == 1 and _made_a_total(connection, layout, **wide[0])):
        span = f"“{wide[0]['date_text'][:30]}” to “{wide[0]['until_text'][:30]}”"
        raise LoadRefused("no_daily_date", f"Its rows cover several days ({span}). {layout.format.how_to_export}")


def _made_a_total(connection: DuckDBPyConnection, layout: Layout, date_text: str, until_text: str) -> bool:
    """Only one row, without a name, beside others that have one."""
    names = [f"{f}_text" for f in DIMENSIONS if f in layout.columns and f not in ("platform", "account")]
    if not names:
        return False
    of_range = f"date_text = {literal(date_text)} AND coalesce(until_text, 'no end') = {literal(until_text)}"
    counts = f"count(*) AS of_range, count(*) FILTER (coalesce({', '.join(names)}) IS NULL) AS nameless"
    found = rows(connection, f"SELECT {counts}, (SELECT count(*) FROM cells) AS every FROM cells WHERE {of_range}")[0]
    if found["of_range"] != 1 or found["nameless"] != 1 or found["every"] < 2:
        return False
    connection.execute(f"UPDATE cells SET date_text = concat(date_text, ' – ', until_text) WHERE {of_range}")
    return True
