"""Compare a typed query with the expected one, field by field."""

from __future__ import annotations

from typing import Any

from evals.compare.reason import Reason
from kpi.query import AnyOf, MemberFilter, MetricFilter, MetricQuery


def differences(expected: MetricQuery, actual: MetricQuery) -> list[Reason]:
    """One reason for each part that differs. Metrics, dimensions, filters and extras are sets, without an order."""
    parts = {
        Reason.WRONG_METRIC: _metrics(expected) == _metrics(actual),
        Reason.WRONG_PERIOD: _span(expected.period) == _span(actual.period),
        Reason.WRONG_COMPARISON: _span(expected.comparison) == _span(actual.comparison),
        Reason.WRONG_FILTER: _filters(expected) == _filters(actual),
        Reason.WRONG_BREAKDOWN: set(expected.dimensions) == set(actual.dimensions),
        Reason.WRONG_GRAIN: expected.grain == actual.grain,
        Reason.WRONG_ORDER: _same_order(expected, actual),
    }
    return [reason for reason, same in parts.items() if not same]


def _metrics(query: MetricQuery) -> set[str]:
    return {*query.metrics, *(extra.column for extra in query.extras)}


def _span(period: Any) -> tuple[str, str] | None:
    return (period.start.isoformat(), period.end.isoformat()) if period else None


def _filters(query: MetricQuery) -> set[tuple[Any, ...]]:
    return {_filter(condition) for condition in query.filters}


def _filter(condition: MemberFilter | MetricFilter | AnyOf) -> tuple[Any, ...]:
    """Members and alternatives as a set; numbers rounded, so that 5 % typed and 0.05 written are the same."""
    if isinstance(condition, AnyOf):
        return ("any_of", frozenset(_filter(one) for one in condition.any_of))
    if isinstance(condition, MemberFilter):
        return (condition.dimension, condition.op, frozenset(condition.values))
    return (condition.metric, condition.op, round(condition.values[0], 9))


def _same_order(expected: MetricQuery, actual: MetricQuery) -> bool:
    """Which rows are kept is always compared; how they are sorted only where the case says it."""
    if (expected.limit, expected.top) != (actual.limit, actual.top):
        return False
    return expected.order is None or expected.order == actual.order
