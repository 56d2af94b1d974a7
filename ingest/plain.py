"""Rows that need no judging, read in one pass: their cells are written just as we write them ourselves.

Most rows of most files are: a day as 2025-06-30, plain numbers, texts without blanks around them. Their values are
cast at once. Every other row, and every row of a file in which one cell may change how the plain ones are read, goes
the long way (cells, evidence, judge) with the same outcome.
"""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ingest.cells import rows
from ingest.format import COUNTS, DIMENSIONS, MEASURES, Dimension, Measure
from ingest.layout import Layout
from ingest.numbers import SQL_TYPE
from ingest.rules import Rules
from ingest.sql import any_match, literal, one_of
from kpi.errors import PlatformError
from kpi.warehouse import NOT_REPORTED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SPELLED: tuple[Dimension, ...] = ("platform", "country", "device")
_DAY = r"\d{4}-\d\d-\d\d"
_COUNT = r"\d{1,15}(?:\.0{1,2})?"
_NUMBER = r"\d{1,11}(?:\.(?:\d{1,2}|\d{4,6}))?"  # with three decimals it might be thousands
_PROBE = 2000  # first records that tell whether it is worth while
_WORTH_WHILE = 0.5  # the share of plain rows among them


class NotPlain(PlatformError):
    """The plain rows must be judged like the others after all. Nobody sees it: the file is then read the long way."""


@dataclass(frozen=True)
class Plain:
    """``points``: how many of their numbers can only be read with a decimal point."""

    rows: int = 0
    points: int = 0


def read_plain(
    connection: DuckDBPyConnection, layout: Layout, rules: Rules, *, platform: str | None, account: str, today: date
) -> Plain:
    """Creates table ``judged`` with the plain rows, and the view ``unread`` (line, cells) of all others.

    Raises NotPlain where the file has few, or holds what touches them.
    Needs the views ``raw`` and ``lines``, the table ``spellings``.
    """
    in_micros = any(layout.is_in_micros(field) for field in MEASURES if field in layout.columns)
    if in_micros or layout.dates_are_starts or "until" in layout.columns or "date" not in layout.columns:
        raise NotPlain
    plain = _is_plain(layout, rules, today)
    probe = rows(connection, f"SELECT avg(({plain})::INT) AS share FROM (SELECT * FROM raw LIMIT {_PROBE})")[0]
    if (probe["share"] or 0) < _WORTH_WHILE:
        raise NotPlain
    default = layout.format.platform or platform
    dimensions = [f"{_dimension(layout, f, default, account)} AS {f}" for f in DIMENSIONS]
    measures = [f"{_measure(layout, f)} AS {f}" for f in MEASURES]
    currency = f"c{layout.columns['currency']}" if "currency" in layout.columns else "NULL"
    connection.execute(f"""
        CREATE TABLE judged AS
        SELECT line, 'data' AS kind, CAST(NULL AS VARCHAR) AS reason, CAST(c{layout.columns["date"]} AS DATE) AS date,
               {", ".join(dimensions)}, {", ".join(measures)}, CAST({currency} AS VARCHAR) AS currency_text,
               {_points(layout)} AS points
        FROM ({_numbered(layout)}) WHERE {plain}""")
    _settle_texts(connection, layout, rules)
    _leave_others(connection, layout)
    found = rows(connection, "SELECT count(*) AS rows, sum(points)::BIGINT AS points FROM judged")[0]
    return Plain(found["rows"], found["points"] or 0)


def read_nothing(connection: DuckDBPyConnection, layout: Layout) -> Plain:
    """The same table without a row, and the view of all rows: the long way for the whole file."""
    dimensions = ", ".join(f"{field} VARCHAR" for field in DIMENSIONS)
    measures = ", ".join(f"{field} {SQL_TYPE[field]}" for field in MEASURES)
    connection.execute(f"""CREATE TABLE judged (line BIGINT, kind VARCHAR, reason VARCHAR, date DATE, {dimensions},
        {measures}, currency_text VARCHAR, points INTEGER)""")
    connection.execute(f"CREATE VIEW unread AS {_numbered(layout)}")
    return Plain()


def _numbered(layout: Layout) -> str:
    return f"SELECT row_number() OVER () + {layout.header_line} AS line, * FROM raw"


def _is_plain(layout: Layout, rules: Rules, today: date) -> str:
    """SQL that is true for a row whose cells are all there and whose day and numbers are plain, never NULL."""
    day = f"c{layout.columns['date']}"
    conditions = [*(f"c{at} IS NOT NULL" for at in range(len(layout.header))), "rest IS NULL"]
    conditions.append(f"regexp_full_match({day}, {literal(_DAY)})")
    conditions.append(f"TRY_CAST({day} AS DATE) BETWEEN '{rules.vocabulary.earliest_day}' AND '{today}'")
    conditions += [_is_number(layout, field) for field in MEASURES if field in layout.columns]
    if "currency" in layout.columns:
        conditions.append(f"c{layout.columns['currency']} IN {one_of(rules.vocabulary.currencies)}")
    return f"coalesce({' AND '.join(conditions)}, false)"


def _is_number(layout: Layout, field: Measure) -> str:
    """An empty cell is plain where it means one thing in every row."""
    number = _COUNT if field in COUNTS else _NUMBER
    pattern = number if layout.format.columns[field].blank == "reject" else f"(?:{number})?"
    return f"regexp_full_match(c{layout.columns[field]}, {literal(pattern)})"


def _dimension(layout: Layout, field: Dimension, platform: str | None, account: str) -> str:
    """As ``judge`` has it: the row's own text, else what holds for all rows."""
    default = {"platform": platform, "account": account}.get(field, NOT_REPORTED)
    constant = literal(default) if default is not None else "CAST(NULL AS VARCHAR)"
    return f"coalesce(nullif(c{layout.columns[field]}, ''), {constant})" if field in layout.columns else constant


def _measure(layout: Layout, field: Measure) -> str:
    kind = SQL_TYPE[field]
    if field not in layout.columns:
        return f"CAST(NULL AS {kind})"
    value = f"TRY_CAST(c{layout.columns[field]} AS {kind})"
    return f"coalesce({value}, 0)" if layout.format.columns[field].blank == "zero" else value


def _points(layout: Layout) -> str:
    columns = [layout.columns[f] for f in MEASURES if f in layout.columns]
    return " + ".join(f"contains(c{at}, '.')::INT" for at in columns)


def _settle_texts(connection: DuckDBPyConnection, layout: Layout, rules: Rules) -> None:
    """Texts are few beside rows, so each is looked at once: rows whose texts want cleaning go the long way.

    Raises NotPlain where one is called total: then all rows have to be looked at together.
    """
    placeholders = one_of(text.strip() for text in rules.vocabulary.placeholders)
    unusual = "name IS NULL OR trim(name) <> name OR starts_with(name, {}) OR name IN {}"
    unusual = unusual.format(literal("'"), placeholders)
    for field in (f for f in DIMENSIONS if f in layout.columns):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE texts AS SELECT DISTINCT {field} AS name FROM judged")
        called_total = any_match("trim(name)", layout.format.totals)
        judged_together = field != "account"
        if judged_together and rows(connection, f"SELECT 1 FROM texts WHERE {called_total} LIMIT 1"):
            raise NotPlain
        if rows(connection, f"SELECT 1 FROM texts WHERE {unusual} LIMIT 1"):
            connection.execute(f"DELETE FROM judged WHERE {field} IN (SELECT name FROM texts WHERE {unusual})")
            connection.execute(f"DELETE FROM judged WHERE {field} IS NULL")
        if field in SPELLED:
            _spell(connection, field)


def _spell(connection: DuckDBPyConnection, field: Dimension) -> None:
    """Members in our spelling, as ``judge`` has them. Needs the table ``texts``, of this field."""
    ours = f"""SELECT texts.name AS text, spellings.name FROM texts JOIN spellings ON spellings.field = '{field}'
            AND spellings.text = lower(regexp_replace(texts.name, '[\\s_]+', ' ', 'g'))
        WHERE spellings.name <> texts.name"""
    if rows(connection, f"{ours} LIMIT 1"):
        connection.execute(f"UPDATE judged SET {field} = ours.name FROM ({ours}) AS ours WHERE {field} = ours.text")


def _leave_others(connection: DuckDBPyConnection, layout: Layout) -> None:
    """The view of the records that were not read, found by their lines: mostly few, or none."""
    lines = "SELECT line FROM lines ANTI JOIN judged USING (line)"
    connection.execute(f"CREATE TABLE unread_lines AS {lines}")
    some = rows(connection, "SELECT 1 FROM unread_lines LIMIT 1")
    condition = "SEMI JOIN unread_lines USING (line)" if some else "WHERE false"
    connection.execute(f"CREATE VIEW unread AS FROM ({_numbered(layout)}) {condition}")
