"""What a query is run on in place of ``kpi_daily``: the smallest rollup that can answer it, else the facts."""

from __future__ import annotations

from datetime import date, timedelta

from kpi.query import MetricQuery, Period
from kpi.rollups import ROLLUPS, Rollup
from kpi.semantic import SemanticModel
from kpi.slots import NOW, Relation
from kpi.views import FACTS, view_of

_WITHIN_MONTHS = ("day", "week")  # grains that a month can't be put into


def relation_for(query: MetricQuery, model: SemanticModel) -> Relation:
    """For each span of the query a relation with the columns of the view over the facts, called ``kpi_daily``."""
    named = [
        *query.dimensions,
        *(f.dimension for f in query.member_filters),
        *([query.top.dimension] if query.top else []),
    ]
    columns = {column for name in named for column in model.dimensions[name].columns}
    rollup = next((rollup for rollup in ROLLUPS if columns - {"date"} <= set(rollup.keys)), None)
    if rollup is None:
        return lambda span: f"{FACTS} AS kpi_daily"
    by_month = "date" not in columns and query.grain not in _WITHIN_MONTHS
    return lambda span: f"{_rolled(rollup, _period(query, span), by_month)} AS kpi_daily"


def _period(query: MetricQuery, span: str) -> Period:
    period = query.period if span == NOW else query.comparison
    assert period is not None
    return period


def _rolled(rollup: Rollup, period: Period, by_month: bool) -> str:
    """Whole months from the months, under their first day, and the days before and after them from the days."""
    days, months = view_of(rollup.days), view_of(rollup.months)
    first = period.start if period.start.day == 1 else _next_month(period.start)
    after = _next_month(period.end) if (period.end + timedelta(days=1)).day == 1 else period.end.replace(day=1)
    if not by_month or first >= after:
        return days
    parts = [f"FROM {months} WHERE {_between(first, after - timedelta(days=1))}"]
    if period.start < first:
        parts.append(f"FROM {days} WHERE {_between(period.start, first - timedelta(days=1))}")
    if after <= period.end:
        parts.append(f"FROM {days} WHERE {_between(after, period.end)}")
    return f"({' UNION ALL '.join(parts)})"


def _between(first: date, last: date) -> str:
    return f"date BETWEEN DATE '{first}' AND DATE '{last}'"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
