"""Every record judged by one statement: data, total or blank; its typed values; all reasons why it can't be loaded."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ingest.evidence import Decisions
from ingest.format import COUNTS, DIMENSIONS, MEASURES, Dimension, Measure
from ingest.kinds import first_guess, settle
from ingest.layout import Layout
from ingest.names import spellings
from ingest.numbers import SQL_TYPE, number
from ingest.plain import SPELLED
from ingest.rules import Rules
from ingest.sql import literal, one_of
from kpi.warehouse import NOT_REPORTED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHOWN = 60  # characters of a wrong value that a reason repeats


def judge(
    connection: DuckDBPyConnection,
    layout: Layout,
    rules: Rules,
    decisions: Decisions,
    *,
    platform: str | None,
    account: str,
    today: date,
) -> None:
    """Completes table ``judged``: line, kind (data, total, blank), reason (NULL where good), dimensions, measures."""
    present = [f for f in MEASURES if f in layout.columns]
    spelled = [f for f in SPELLED if f in layout.columns]
    default = layout.format.platform or platform
    dimensions = [f"{_dimension(layout, f, default, account)} AS {f}" for f in DIMENSIONS]
    measures = [f"{_number(layout, f, decisions, rules)} AS {f}" for f in present]
    texts = [f"{field}_text" for field in layout.columns]
    reasons = ", ".join(_reasons(layout, rules, today))
    connection.execute(f"""
        INSERT INTO judged BY NAME
        WITH typed AS (
          SELECT line, broken, cells, extra, first_cell, {", ".join(texts)}, days.day AS date,
                 {", ".join(dimensions)}, {", ".join(measures)}
          FROM cells LEFT JOIN days ON days.text = date_text {" ".join(map(_spelling_join, spelled))}),
        sorted AS (SELECT *, {first_guess(connection, layout)} AS kind FROM typed)
        SELECT line, kind,
               CASE WHEN kind NOT IN ('total', 'blank') THEN nullif(concat_ws('; ', {reasons}), '') END AS reason,
               date, {", ".join(DIMENSIONS)}, {", ".join(_value(layout, f) for f in MEASURES)}
        FROM sorted""")
    settle(connection)


def _number(layout: Layout, field: Measure, decisions: Decisions, rules: Rules) -> str:
    return number(field, decisions.decimal_mark, rules.vocabulary, micros=layout.is_in_micros(field))


def store_spellings(connection: DuckDBPyConnection, rules: Rules) -> None:
    tables = {"platform": rules.vocabulary.platforms, "country": rules.countries, "device": rules.vocabulary.devices}
    entries = [(field, text, name) for field, names in tables.items() for text, name in spellings(names).items()]
    """Creates table ``spellings``: the field, a spelling in normal form, the name it stands for."""
    connection.execute("CREATE TABLE spellings (field VARCHAR, text VARCHAR, name VARCHAR)")
    connection.execute(
        "INSERT INTO spellings SELECT unnest(?), unnest(?), unnest(?)", [list(c) for c in zip(*entries, strict=True)]
    )


def _spelling_join(field: Dimension) -> str:
    key = rf"lower(regexp_replace({field}_text, '[\s_]+', ' ', 'g'))"
    return f"LEFT JOIN spellings AS {field}_name ON {field}_name.field = '{field}' AND {field}_name.text = {key}"


def _dimension(layout: Layout, field: Dimension, platform: str | None, account: str) -> str:
    """The member of a row: its own text in our spelling, else what the file or the person says for all rows."""
    default = {"platform": platform, "account": account}.get(field, NOT_REPORTED)
    own = [f"{field}_text"] if field in layout.columns else []
    name = [f"{field}_name.name"] if own and field in SPELLED else []
    return f"coalesce({', '.join([*name, *own, literal(default) if default is not None else 'NULL'])}, NULL)"


def _reasons(layout: Layout, rules: Rules, today: date) -> list[str]:
    """SQL expressions, each NULL for a good row. A row whose cells can't be told apart has that reason alone."""
    width = len(layout.header)
    whole = f"NOT broken AND cells = {width} AND NOT extra"
    checks = [
        "CASE WHEN broken THEN 'a quotation mark opens or closes in the wrong place' "
        f"WHEN cells < {width} THEN 'the row has ' || cells || ' of {width} cells' "
        f"WHEN extra THEN 'the row has more than {width} cells' END",
        f"CASE WHEN {whole} THEN {_date_reason(layout, rules, today)} END",
        f"CASE WHEN {whole} AND platform IS NULL THEN {literal('platform is empty')} END",
    ]
    if "currency" in layout.columns:
        codes = one_of((*rules.vocabulary.currencies, *map(str.upper, rules.vocabulary.currency_symbols)))
        wrong = f"{whole} AND upper(currency_text) NOT IN {codes}"
        checks.append(f"CASE WHEN {wrong} THEN {_says(layout, 'currency', 'is no currency code such as EUR')} END")
    checks += [f"CASE WHEN {whole} THEN {_measure_reason(layout, f)} END" for f in MEASURES if f in layout.columns]
    return checks


def _says(layout: Layout, field: Measure | Dimension | str, what: str) -> str:
    """SQL of a reason that names the column as the file does, and the value."""
    heading = layout.heading(field)  # type: ignore[arg-type]
    return f"{literal(heading + ' “')} || left({field}_text, {_SHOWN}) || {literal('” ' + what)}"


def _date_reason(layout: Layout, rules: Rules, today: date) -> str:
    return (
        f"CASE WHEN date_text IS NULL THEN {literal(layout.heading('date') + ' is empty')} "
        f"WHEN date IS NULL THEN {_says(layout, 'date', 'is no day written like 2025-06-30')} "
        f"WHEN date > '{today}' THEN {_says(layout, 'date', 'lies in the future')} "
        f"WHEN date < '{rules.vocabulary.earliest_day}' THEN {_says(layout, 'date', 'lies too far back')} END"
    )


def _measure_reason(layout: Layout, field: Measure) -> str:
    kind = "is no whole number" if field in COUNTS else "is no number"
    missing = f"{field}_text IS NULL AND NOT ({_no_impressions(layout)})"
    empty = (
        f"{missing} THEN {literal(layout.heading(field) + ' is empty')} WHEN "
        if _blank(layout, field) == "reject"
        else ""
    )
    return (
        f"CASE WHEN {empty}{field} < 0 THEN {_says(layout, field, 'is negative')} "
        f"WHEN {field} IS NULL AND {field}_text IS NOT NULL THEN {_says(layout, field, kind)} END"
    )


def _value(layout: Layout, field: Measure) -> str:
    if field not in layout.columns:
        return f"CAST(NULL AS {SQL_TYPE[field]}) AS {field}"
    empty_is_zero = {"zero": "true", "reject": _no_impressions(layout), "unknown": "false", None: "false"}
    return f"CASE WHEN {field} IS NULL AND {empty_is_zero[_blank(layout, field)]} THEN 0 ELSE {field} END AS {field}"


def _no_impressions(layout: Layout) -> str:
    """True where the row says that nothing was shown: what it leaves empty was nothing too."""
    return "coalesce(impressions = 0, false)" if "impressions" in layout.columns else "false"


def _blank(layout: Layout, field: Measure) -> str | None:
    return layout.format.columns[field].blank
