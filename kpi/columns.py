"""What a column that a condition names is called, and its unit: a metric, its change, or an extra beside it."""

from __future__ import annotations

from kpi.extras import column_label, unit_of
from kpi.query import MetricQuery
from kpi.result import Column
from kpi.semantic import SemanticModel


def column_named(name: str, query: MetricQuery, model: SemanticModel) -> Column:
    """``roas``, ``roas_change`` or ``spend_share``; the query's checks hold that it is one of these."""
    for extra in query.extras:
        if extra.column == name:
            metric = model.metrics[extra.metric]
            return Column(name=name, label=column_label(extra, metric), unit=unit_of(extra, metric))
    metric = model.metrics[query.metric_of(name)]
    if metric.name != name:
        return Column(name=name, label=f"{metric.label} change", unit="percent")
    return Column(name=name, label=metric.label, unit=metric.unit)
