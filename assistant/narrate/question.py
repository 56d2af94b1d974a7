"""A MetricQuery as a question that the rules read back into the same query: what chips ask."""

from __future__ import annotations

from assistant import formats
from assistant.narrate.interpretation import join
from kpi.query import AnyOf, MemberFilter, MetricFilter, MetricQuery, Period
from kpi.semantic import SemanticModel

_OPS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}


def question(query: MetricQuery, model: SemanticModel) -> str:
    """Names members in quotation marks and dates in full, so that nothing in it can be misread."""
    parts = [_subject(query, model)]
    if query.grain:
        parts.append(f"by {query.grain}")
    parts += [_members(f) for f in query.member_filters]
    parts += [f"with {_condition(f, query, model)}" for f in query.conditions]
    parts.append(_dates(query.period))
    if query.comparison:
        parts.append(f"vs {_dates(query.comparison)}")
    return " ".join(parts)


def _subject(query: MetricQuery, model: SemanticModel) -> str:
    metrics = join([model.metrics[name].label for name in query.metrics])
    if any(extra.kind == "share" for extra in query.extras):
        metrics = f"share of {metrics}"
    dimensions = [model.dimensions[name].label.lower() for name in query.dimensions]
    return f"{metrics} by {join(dimensions)}" if dimensions else metrics


def _members(condition: MemberFilter) -> str:
    names = join([f"'{value}'" if '"' in value else f'"{value}"' for value in condition.values])
    return f"only {names}" if condition.op == "in" else f"excluding {names}"


def _dates(period: Period) -> str:
    start, end = (formats.days(Period(start=day, end=day)) for day in (period.start, period.end))
    return f"from {start} to {end}" if start != end else f"on {start}"


def _condition(condition: MetricFilter | AnyOf, query: MetricQuery, model: SemanticModel) -> str:
    if isinstance(condition, AnyOf):
        return " or ".join(_condition(one, query, model) for one in condition.any_of)
    metric = query.metric_of(condition.metric)
    label, limit = model.metrics[metric].label, condition.values[0]
    if condition.metric == f"{metric}_change":
        moved = "rose" if condition.op[0] == ">" else "fell"
        far = "at least" if "=" in condition.op else "more than"
        return f"{label} {moved} by {far} {abs(limit) * 100:g}%" if limit else f"{label} {moved}"
    if condition.metric == f"{metric}_share":
        return f"share of {label} {_OPS[condition.op]} {limit * 100:g}%"
    return f"{label} {_OPS[condition.op]} {_number(limit, metric, model)}"


def _number(value: float, metric: str, model: SemanticModel) -> str:
    return f"{value * 100:g}%" if model.metrics[metric].unit == "percent" else f"{value:.10g}"
