"""Questions that want more than figures first: a yes or no, a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.narrate.interpretation import condition_words, join
from assistant.understand.draft import Condition, Draft
from kpi.query import MetricFilter
from kpi.semantic import SemanticModel

Row = Mapping[str, Any]


def reply(text: str, draft: Draft, rows: Sequence[Row], model: SemanticModel, currency: str | None) -> str:
    """The sentence, led by yes or no where that was asked, or by how many members there are."""
    if draft.asks_yes_or_no:
        return f"{_verdict(draft.conditions, rows, model, currency)} {text}"
    if draft.counts_members:
        return f"{_counted(draft, len(rows), model)}. {text}"
    return text


def _counted(draft: Draft, count: int, model: SemanticModel) -> str:
    """'4 campaigns', '1 day'."""
    if draft.dimensions:
        dimension = model.dimensions[draft.dimensions[0]]
        return f"{count:,} {dimension.label.lower() if count == 1 else dimension.plural}"
    return f"{count:,} {draft.grain}{'' if count == 1 else 's'}"


def _verdict(conditions: Sequence[Condition], rows: Sequence[Row], model: SemanticModel, currency: str | None) -> str:
    values = [rows[0][condition.metric] if rows else None for condition in conditions]
    if any(value is None for value in values):
        return "I can't say: there is no value."
    holds = all(_meets(float(value or 0), c) for value, c in zip(values, conditions, strict=True))
    asked = [_words(condition, model, currency, "is" if holds else "is not") for condition in conditions]
    return f"{'Yes' if holds else 'No'}: {join(asked)}."


def _meets(value: float, condition: Condition) -> bool:
    limit = condition.value
    return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[condition.op]


def _words(condition: Condition, model: SemanticModel, currency: str | None, verb: str) -> str:
    """'CAC is not below $30.00'."""
    label = model.metrics[condition.metric].label
    as_filter = MetricFilter(metric=condition.metric, op=condition.op, values=(condition.value,))
    return f"{label} {verb}{condition_words(as_filter, model, currency).removeprefix(label)}"
