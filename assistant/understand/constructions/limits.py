"""One condition from its spans: a limit on a metric, on its share of the whole, or on how it moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.understand.constructions.engine import every, first
from assistant.understand.draft import Condition
from assistant.understand.outcomes import AskBack
from assistant.understand.spans import Span
from kpi.query import Comparator
from kpi.semantic import Metric, SemanticModel

_NUMBER = "(comparator number|number comparator)"
VALUE = (
    f"(metric with? member? with? {_NUMBER}|{_NUMBER} share? metric|comparator metric number"
    f"|share metric with? {_NUMBER}|metric share with? {_NUMBER}|share {_NUMBER} metric"
    "|metric with? between number and number|between number and number metric)"
)
MOVED = "(metric change|change metric)"
MOVED_BY = (
    f"(metric change by? {_NUMBER}|change metric by? {_NUMBER}|change by? {_NUMBER} metric"
    "|metric change by? number|change metric by number|number change metric)"
)


def conditions_of(spans: Sequence[Span], model: SemanticModel) -> list[Condition]:
    """The conditions that one stretch states; two for 'between 20 and 30'."""
    metric = model.metrics[_one(spans, "metric").value]
    numbers = every(spans, "number")
    if first(spans, "between"):
        low, high = sorted((_limit(number, metric, spans) for number in numbers), key=lambda limit: limit[0])
        return [Condition(metric.name, ">=", low[0], low[1]), Condition(metric.name, "<=", high[0], high[1])]
    change = first(spans, "change")
    if change:
        return [moved(metric, change, first(spans, "comparator"), numbers[0] if numbers else None)]
    value, of = _limit(numbers[0], metric, spans)
    return [Condition(metric.name, operator(_one(spans, "comparator"), metric), value, of)]


def bound(spans: Sequence[Span], before: Condition, model: SemanticModel) -> Condition:
    """'… and below 40': a further limit on what was limited before."""
    metric = model.metrics[before.metric]
    value = (
        float(_one(spans, "number").value.value / 100)
        if before.of != "value"
        else in_unit(_one(spans, "number"), metric)
    )
    return Condition(metric.name, operator(_one(spans, "comparator"), metric), value, before.of)


def moved(metric: Metric, change: Span, comparator: Span | None = None, number: Span | None = None) -> Condition:
    """'ROAS fell', 'spend dropped by more than 10%': a limit on the change."""
    upwards = direction(metric, change)
    size = 0.0
    if number:
        if not number.value.is_percent:
            raise AskBack("By how many percent? I compare changes in percent, for example “dropped by more than 10%”.")
        size = float(number.value.value / 100)
    asked: Comparator = operator(comparator, metric) if comparator else ">=" if number else ">"
    if upwards:
        return Condition(metric.name, asked, size, "change")
    mirrored: dict[Comparator, Comparator] = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
    return Condition(metric.name, mirrored[asked], -size if size else 0.0, "change")


def direction(metric: Metric, change: Span) -> bool:
    """Whether the number went up. Better and worse follow the metric's good direction."""
    if change.value == "any":
        raise AskBack("Did it go up or down? Name the direction, for example “whose ROAS fell”.")
    if change.value in {"up", "down"}:
        return bool(change.value == "up")
    return bool((change.value == "better") == (metric.better != "lower"))


def operator(span: Span, metric: Metric) -> Comparator:
    """'better than 30' follows the metric's good direction; 'hit 3' is met at 3."""
    if span.value not in {"better", "worse"}:
        written: Comparator = span.value
        return written
    wants_more = (span.value == "better") == (metric.better != "lower")
    is_met_at_it = "than" not in span.text.lower()
    if span.value == "worse" or not is_met_at_it:
        return ">" if wants_more else "<"
    return ">=" if wants_more else "<="


def in_unit(span: Span, metric: Metric) -> float:
    """Percent metrics are fractions: 2 % and a bare 2 both mean 0.02; 0.02 is taken as it is."""
    amount = span.value
    if amount.is_percent and metric.unit == "ratio":
        return float(amount.value / 100)  # a ROAS of 300 % is 3
    if amount.is_percent and metric.unit != "percent":
        raise AskBack(f"A percentage of {metric.label} is no limit I can use. Name an amount.")
    if metric.unit == "percent" and (amount.is_percent or amount.value >= 1):
        return float(amount.value / 100)
    return float(amount.value)


def _limit(number: Span, metric: Metric, spans: Sequence[Span]) -> tuple[float, Literal["value", "share"]]:
    """The limit and what it is on: 'more than 25% of spend' limits a share."""
    is_share = metric.is_sum and (number.value.is_percent or first(spans, "share") is not None)
    if not is_share:
        return in_unit(number, metric), "value"
    amount = number.value
    return float(amount.value / 100 if amount.is_percent or amount.value > 1 else amount.value), "share"


def _one(spans: Sequence[Span], kind: str) -> Span:
    return every(spans, kind)[0]
