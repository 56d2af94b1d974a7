"""Conditions on result rows in words: 'CAC above $30.00', 'ROAS fell', 'CAC above 40 or ROAS below 2'."""

from __future__ import annotations

from assistant import formats
from kpi.columns import column_named
from kpi.query import AnyOf, MetricFilter, MetricQuery
from kpi.semantic import SemanticModel

OPERATORS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_MOVED = {"<": "fell", "<=": "fell", ">": "rose", ">=": "rose"}
_BY = {"<": "by more than", "<=": "by at least", ">": "by more than", ">=": "by at least"}


def condition_words(
    condition: MetricFilter | AnyOf, query: MetricQuery, model: SemanticModel, currency: str | None
) -> str:
    if isinstance(condition, AnyOf):
        return " or ".join(condition_words(one, query, model, currency) for one in condition.any_of)
    column = column_named(condition.metric, query, model)
    if condition.metric == f"{query.metric_of(condition.metric)}_change":
        return _movement(condition, model.metrics[query.metric_of(condition.metric)].label)
    limit = formats.value(condition.values[0], column.unit, currency)
    return f"{column.label} {OPERATORS[condition.op]} {limit}"


def _movement(condition: MetricFilter, label: str) -> str:
    """A limit on the side of no change says how far it moved at least; on the other side, how far at most."""
    size, op = condition.values[0], condition.op
    if size == 0:
        return f"{label} {_MOVED[op]}" if op in {"<", ">"} else f"{label} {_MOVED[op]} or stayed"
    moves_that_way = (size < 0) == (op in {"<", "<="})
    if moves_that_way:
        return f"{label} {_MOVED[op]} {_BY[op]} {formats.value(abs(size), 'percent', None)}"
    return f"change of {label} {OPERATORS[op]} {formats.change(size)}"
