"""Where a bound of a series lies: a number, or a day counted from the calendar's start.

Good enough to tell a year of days from a billion; never used to compute an answer.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlglot import exp

from kpi.guard.relations import is_kpi_daily

# The days of kpi_daily are not known here: a span longer than any advertising history stands for them.
_FIRST_LOADED, _LAST_LOADED = date(2000, 1, 1), date(2040, 1, 1)
_DAYS_OF_UNIT = {
    "SECOND": 1 / 86400, "MINUTE": 1 / 1440, "HOUR": 1 / 24, "DAY": 1.0, "WEEK": 7.0, "MONTH": 28.0, "QUARTER": 90.0,
    "YEAR": 365.0,
}  # fmt: skip


def position(node: exp.Expr | None) -> float | None:
    """The number or day that ``node`` stands for, or None where that is not fixed."""
    if isinstance(node, (exp.Paren, exp.Cast, exp.TryCast, exp.TimestampTrunc, exp.DateTrunc)):
        return position(node.this)
    if isinstance(node, (exp.Add, exp.Sub)):
        return _moved(node)
    if isinstance(node, exp.Subquery):
        return _loaded_day(node)
    if isinstance(node, (exp.CurrentDate, exp.CurrentTimestamp)):
        return float(date.today().toordinal())
    return _literal(node)


def step(node: exp.Expr | None) -> float | None:
    """How far one step goes, in numbers or days; None where that is not fixed."""
    if isinstance(node, exp.Paren):
        return step(node.this)
    if isinstance(node, exp.Interval):
        return _interval_days(node)
    return _literal(node)


def _literal(node: exp.Expr | None) -> float | None:
    if isinstance(node, exp.Neg):
        value = _literal(node.this)
        return None if value is None else -value
    if not isinstance(node, exp.Literal):
        return None
    try:
        return float(datetime.fromisoformat(node.name).toordinal()) if node.is_string else float(node.name)
    except ValueError:
        return None


def _interval_days(interval: exp.Interval) -> float | None:
    count = interval.this
    unit = _DAYS_OF_UNIT.get(interval.text("unit").upper().removesuffix("S"))
    try:
        return float(count.name) * unit if unit and isinstance(count, exp.Literal) else None
    except ValueError:
        return None


def _moved(node: exp.Add | exp.Sub) -> float | None:
    start, distance = position(node.this), step(node.expression)
    if start is None or distance is None:
        return None
    return start + distance if isinstance(node, exp.Add) else start - distance


def _loaded_day(subquery: exp.Subquery) -> float | None:
    """``(SELECT min(date) FROM kpi_daily)`` or its max, with any further conditions."""
    select = subquery.this
    return loaded_day(select, select.expressions[0]) if isinstance(select, exp.Select) else None


def loaded_day(select: exp.Select, projection: exp.Expr) -> float | None:
    """The first or last loaded day, where that is what ``projection`` of ``select`` is."""
    value = projection.unalias()
    source = select.args.get("from_")
    fits = isinstance(value, (exp.Min, exp.Max)) and value.this.name.lower() == "date"
    if not fits or not source or not isinstance(source.this, exp.Table) or not is_kpi_daily(source.this):
        return None
    day = _FIRST_LOADED if isinstance(value, exp.Min) else _LAST_LOADED
    return float(day.toordinal())
