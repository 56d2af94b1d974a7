"""The parameters of ``GET /api/kpis`` as a MetricQuery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from pydantic import ValidationError

from kpi.errors import InvalidQuery
from kpi.query import Grain, MemberFilter, MetricQuery, Period

Compare = Literal["none", "previous", "year"]
_GRAINS = get_args(Grain)


def metric_query(
    period: Period,
    metrics: Iterable[str],
    by: Iterable[str],
    compare: Compare,
    members: Mapping[str, Sequence[str]],
) -> MetricQuery:
    """``by`` holds dimensions and at most one grain, ``members`` the members to keep of a dimension.

    Raises InvalidQuery where they don't go together; names are checked when the query is compiled.
    """
    names = _split(by)
    grains = [name for name in names if name in _GRAINS]
    if len(grains) > 1:
        raise InvalidQuery(f"'by' takes one of day, week, month, quarter and year, not {' and '.join(grains)}.")
    try:
        return MetricQuery.model_validate(
            {
                "metrics": _split(metrics),
                "dimensions": [name for name in names if name not in _GRAINS],
                "grain": grains[0] if grains else None,
                "filters": [MemberFilter(dimension=name, values=tuple(kept)) for name, kept in members.items()],
                "period": period,
                "comparison": comparison(period, compare),
            }
        )
    except ValidationError as error:
        fault = error.errors()[0]
        raise InvalidQuery(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}.") from error


def whole_days(start: date, end: date) -> Period:
    """Raises InvalidQuery where the end comes before the start."""
    if end < start:
        raise InvalidQuery(f"The period ends ({end}) before it starts ({start}).")
    return Period(start=start, end=end)


def comparison(period: Period, compare: Compare) -> Period | None:
    """``previous`` is as many days just before, ``year`` the same dates a year earlier (29 February: the 28th)."""
    try:
        if compare == "previous":
            span = timedelta(days=period.days)
            return Period(start=period.start - span, end=period.end - span)
        if compare == "year":
            return Period(start=_year_before(period.start), end=_year_before(period.end))
    except (OverflowError, ValueError) as error:
        raise InvalidQuery(f"There are no days to compare with before {period.start}.") from error
    return None


def _year_before(day: date) -> date:
    leap_day = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def _split(names: Iterable[str]) -> list[str]:
    """Both ``by=platform,month`` and ``by=platform&by=month``."""
    return [part.strip() for name in names for part in name.split(",") if part.strip()]
