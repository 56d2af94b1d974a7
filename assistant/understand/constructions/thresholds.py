"""Conditions on metrics: 'ROAS above 4', 'more than 100 clicks', 'with no conversions'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.draft import Condition
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span
from kpi.query import Comparator
from kpi.semantic import Metric


@construction("with? when? (metric with? comparator number|metric number comparator|comparator number metric)")
def compares_with_a_number(scene: Scene, spans: Sequence[Span]) -> None:
    metric = scene.model.metrics[_one(spans, "metric").value]
    comparator = _one(spans, "comparator")
    value = _in_unit(_one(spans, "number"), metric)
    scene.draft.conditions.append(Condition(metric.name, _operator(comparator, metric), value))


@construction("with? metric between number and number|between number and number metric")
def within_bounds(scene: Scene, spans: Sequence[Span]) -> None:
    metric = scene.model.metrics[_one(spans, "metric").value]
    low, high = sorted(_in_unit(span, metric) for span in every(spans, "number"))
    scene.draft.conditions += [Condition(metric.name, ">=", low), Condition(metric.name, "<=", high)]


@construction("and comparator number")
def second_bound(scene: Scene, spans: Sequence[Span]) -> bool:
    """'CAC above 20 and below 40': the second bound is of the same metric."""
    if not scene.draft.conditions:
        return False
    metric = scene.model.metrics[scene.draft.conditions[-1].metric]
    condition = Condition(
        metric.name, _operator(_one(spans, "comparator"), metric), _in_unit(_one(spans, "number"), metric)
    )
    scene.draft.conditions.append(condition)
    return True


@construction("(with|when) (exclude|number) metric")
def has_none_of(scene: Scene, spans: Sequence[Span]) -> bool:
    """'with no conversions', 'with zero clicks'."""
    number = first(spans, "number")
    if number and number.value.value != 0:
        return False
    scene.draft.conditions.append(Condition(_one(spans, "metric").value, "<=", 0.0))
    return True


@construction("with? vague (metric|superlative)|metric with? vague")
def vague_threshold(scene: Scene, spans: Sequence[Span]) -> None:
    metric = first(spans, "metric")
    label = scene.model.metrics[metric.value].label if metric else "which metric"
    word = _one(spans, "vague").text
    raise AskBack(
        f"“{word}” needs a number: from which {label} on? For example “{label} above 3”, or ask for the top 5.",
        options(f"top 5 campaigns by {label}" if metric else "top 5 campaigns by spend"),
    )


@construction("vague")
def vague_word(scene: Scene, spans: Sequence[Span]) -> None:
    raise AskBack(
        f"“{spans[0].text}” needs a measure: name the metric and the limit, for example “campaigns with CAC above 40”.",
        options("worst campaigns by CAC", "best campaigns by ROAS"),
    )


def _one(spans: Sequence[Span], kind: str) -> Span:
    return every(spans, kind)[0]


def _operator(span: Span, metric: Metric) -> Comparator:
    """'better than 30' follows the metric's good direction."""
    directional = " ".join(span.text.lower().split()) in {"better than", "worse than"}
    if directional and metric.better == "lower":
        return "<" if span.value == ">" else ">"
    operator: Comparator = span.value
    return operator


def _in_unit(span: Span, metric: Metric) -> float:
    """Percent metrics are fractions: 2 % and a bare 2 both mean 0.02; 0.02 is taken as it is."""
    amount = span.value
    if amount.is_percent and metric.unit != "percent":
        raise AskBack(f"A percentage of {metric.label} is no limit I can use. Name an amount.")
    if metric.unit == "percent" and (amount.is_percent or amount.value >= 1):
        return float(amount.value / 100)
    return float(amount.value)


CONSTRUCTIONS: tuple[Construction, ...] = (
    compares_with_a_number,
    within_bounds,
    second_bound,
    has_none_of,
    vague_threshold,
)
LAST: tuple[Construction, ...] = (vague_word,)
