"""The line that says what was understood: metrics, breakdown, filters, exact dates, comparison, order."""

from __future__ import annotations

from assistant import formats
from kpi.extras import in_words
from kpi.query import MemberFilter, MetricFilter, MetricQuery, Order
from kpi.semantic import SemanticModel


def interpretation(query: MetricQuery, model: SemanticModel, currency: str | None) -> str:
    """One line, parts joined by ' · '."""
    parts = [join([model.metrics[name].label for name in query.metrics])]
    parts += [_extra_words(query, model)] if query.extras else []
    if query.dimensions:
        parts.append("by " + join([model.dimensions[name].label.lower() for name in query.dimensions]))
    if query.grain:
        parts.append(f"per {query.grain}")
    parts += [_member_words(f, model) for f in query.member_filters]
    parts += [condition_words(f, model, currency) for f in query.metric_filters]
    parts.append(formats.days(query.period))
    if query.comparison:
        parts[-1] += f" against {formats.days(query.comparison)}"
    parts += _order_words(query, model)
    return " · ".join(parts)


def join(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def condition_words(condition: MetricFilter, model: SemanticModel, currency: str | None) -> str:
    metric = model.metrics[condition.metric]
    words = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}[condition.op]
    return f"{metric.label} {words} {formats.value(condition.values[0], metric.unit, currency)}"


def _member_words(condition: MemberFilter, model: SemanticModel) -> str:
    label = model.dimensions[condition.dimension].label.lower()
    members = join(list(condition.values))
    return f"{label} {members}" if condition.op == "in" else f"without {label} {members}"


def _extra_words(query: MetricQuery, model: SemanticModel) -> str:
    return join([in_words(extra, model.metrics[extra.metric]) for extra in query.extras])


def _order_words(query: MetricQuery, model: SemanticModel) -> list[str]:
    words: list[str] = []
    if query.top:
        side = "highest" if query.top.descending else "lowest"
        plural = model.dimensions[query.top.dimension].plural
        words.append(f"the {query.top.n} {plural} with the {side} {model.metrics[query.top.by].label}")
    if query.order:
        words.append(_sorted_words(query.order, model))
    if query.limit:
        words.append(f"first {query.limit}" if query.limit > 1 else "first one only")
    return words


def _sorted_words(order: Order, model: SemanticModel) -> str:
    name = order.by.removesuffix("_change")
    if name not in model.metrics:
        return f"sorted by {name}"
    what = model.metrics[name].label + (" change" if order.by.endswith("_change") else "")
    return f"{'highest' if order.descending else 'lowest'} {what} first"
