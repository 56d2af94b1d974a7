"""Questions that want more than figures first: a yes or no, a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant import formats
from assistant.narrate.claim import verdict_on_claim
from assistant.narrate.conditions import OPERATORS
from assistant.understand.draft import Condition, Draft
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel

Row = Mapping[str, Any]


def reply(
    text: str, draft: Draft, query: MetricQuery, rows: Sequence[Row], model: SemanticModel, currency: str | None
) -> str:
    """The sentence, led by yes or no where that was asked, or by how many members there are."""
    if draft.asks_yes_or_no:
        is_all = len(draft.all_conditions) == len(query.metrics) == 1 and not query.comparison and not query.extras
        if is_all and (verdict := _verdict_with_figure(draft, rows, model, currency)):
            return verdict
        return f"{_verdict(draft, rows, model, currency)} {text}"
    if draft.claim:
        return f"{verdict_on_claim(draft.claim, query, rows, model)} {text}".strip()
    if draft.asks_of_every:
        return f"{_of_every(draft, rows, model)} {text}"
    if draft.asks_whether_any:
        return f"{_whether_any(draft, len(rows), model)} {text}" if rows else _whether_any(draft, 0, model)
    if draft.counts_members:
        return f"{_counted(draft, len(rows), model)}. {text}"
    return text


def _counted(draft: Draft, count: int, model: SemanticModel) -> str:
    """'4 campaigns', '1 day'."""
    if draft.dimensions:
        dimension = model.dimensions[draft.dimensions[0]]
        return f"{count:,} {dimension.label.lower() if count == 1 else dimension.plural}"
    return f"{count:,} {draft.grain}{'' if count == 1 else 's'}"


def _whether_any(draft: Draft, count: int, model: SemanticModel) -> str:
    if count:
        return f"Yes: {_counted(draft, count, model)}."
    thing = model.dimensions[draft.dimensions[0]].label.lower() if draft.dimensions else str(draft.grain)
    return f"No: no {thing} does."


def _of_every(draft: Draft, rows: Sequence[Row], model: SemanticModel) -> str:
    """'No: 3 of 4 campaigns are.' Members without a value are no examples."""
    meeting = sum(1 for row in rows if _holds(draft, row))
    several = len(draft.dimensions) + bool(draft.grain) > 1
    whole = f"{len(rows):,} combinations" if several else _counted(draft, len(rows), model)
    if not rows:
        return "I can't say: there are no rows."
    return f"Yes, all {whole}." if meeting == len(rows) else f"No: {meeting:,} of {whole}."


def _holds(draft: Draft, row: Row) -> bool:
    met = [_meets(row.get(condition.column), condition) for condition in draft.conditions]
    either = [_meets(row.get(condition.column), condition) for condition in draft.alternatives]
    return all(met) and (any(either) or not either)


def _verdict(draft: Draft, rows: Sequence[Row], model: SemanticModel, currency: str | None) -> str:
    asked = draft.all_conditions
    if not rows or any(rows[0].get(condition.column) is None for condition in asked):
        return "I can't say: there is no value."
    holds = _holds(draft, rows[0])
    words = [_words(condition, model, currency, "is" if holds else "is not") for condition in asked]
    said = (" or " if draft.alternatives else " and ").join(words) if len(words) > 1 else words[0]
    return f"{'Yes' if holds else 'No'}: {said}."


def _verdict_with_figure(draft: Draft, rows: Sequence[Row], model: SemanticModel, currency: str | None) -> str:
    """'No: Conversions were 8,760, not at least 9,000.'; '' where there is no value or a change is asked about."""
    condition = draft.all_conditions[0]
    figure = rows[0].get(condition.metric) if rows else None
    if figure is None or condition.of != "value":
        return ""
    metric = model.metrics[condition.metric]
    were = "were" if metric.is_sum and metric.label.endswith("s") else "was"
    shown, limit = formats.values([figure, condition.value], metric.unit, currency)
    holds = _holds(draft, rows[0])
    said = f"{metric.label} {were} {shown}, {'' if holds else 'not '}{OPERATORS[condition.op]} {limit}"
    return f"{'Yes' if holds else 'No'}: {said}."


def _meets(value: Any, condition: Condition) -> bool:
    if value is None:
        return False
    limit = condition.value
    return bool({"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[condition.op])


def _words(condition: Condition, model: SemanticModel, currency: str | None, verb: str) -> str:
    """'CAC is not below $30.00'."""
    metric = model.metrics[condition.metric]
    label = f"the change in {metric.label}" if condition.of == "change" else metric.label
    unit = metric.unit if condition.of == "value" else "percent"
    return f"{label} {verb} {OPERATORS[condition.op]} {formats.value(condition.value, unit, currency)}"
