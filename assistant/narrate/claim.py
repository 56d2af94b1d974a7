"""Yes or no to 'did Meta spend more than Google': from the two figures in the result, never from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.understand.draft import Claim, Mode
from kpi.query import MetricQuery
from kpi.semantic import Metric, SemanticModel

Row = Mapping[str, Any]
_WORDS: dict[Mode, str] = {"high": "more", "low": "less", "good": "better", "bad": "worse"}
_AGAINST_BEFORE: dict[Mode, str] = {"high": "higher", "low": "lower", "good": "better", "bad": "worse"}


def verdict_on_claim(claim: Claim, query: MetricQuery, rows: Sequence[Row], model: SemanticModel) -> str:
    """'Yes.' or 'No.' with which of the two leads; '' where the figures don't say."""
    metric = model.metrics[claim.metric or query.metrics[0]]
    if claim.dimension and claim.place:
        return _of_a_leader(claim, claim.dimension, query, rows)
    if claim.dimension:
        return _of_members(claim, claim.dimension, metric, rows)
    if not rows or query.dimensions or query.grain or query.comparison is None:
        return ""
    holds = _holds(claim.mode, metric, rows[0][metric.name], rows[0].get(f"{metric.name}_previous"))
    return "" if holds is None else f"{'Yes' if holds else 'No'}."


def _of_members(claim: Claim, dimension: str, metric: Metric, rows: Sequence[Row]) -> str:
    values = {row[dimension]: row[metric.name] for row in rows}
    holds = _holds(claim.mode, metric, values.get(claim.first), values.get(claim.second))
    if holds is None:
        return ""
    leader = claim.first if holds else claim.second
    if not holds and values[claim.first] == values[claim.second]:
        return f"No: {claim.first} and {claim.second} are level."
    said = f"{leader} has {_WORDS[claim.mode]}" if metric.is_sum else f"{leader}'s is {_AGAINST_BEFORE[claim.mode]}"
    return f"{'Yes' if holds else 'No'}: {said}."


def _of_a_leader(claim: Claim, dimension: str, query: MetricQuery, rows: Sequence[Row]) -> str:
    """'No: MX is.' for the member that leads in the order of the query; those level with it share its place."""
    if query.order is None:
        return ""
    values = {row[dimension]: row[query.order.by] for row in rows if row.get(query.order.by) is not None}
    if claim.first not in values:
        return f"I can't say: there is no value for {claim.first}."
    own, sign = values[claim.first], 1 if query.order.descending else -1
    ahead = [name for name, value in values.items() if sign * value > sign * own]
    level = [name for name, value in values.items() if value == own and name != claim.first]
    if claim.place > 1:
        return f"{'Yes' if len(ahead) < claim.place else 'No'}: {claim.first} is number {len(ahead) + 1}."
    if ahead:
        return f"No: {max(ahead, key=lambda name: sign * values[name])} is."
    return f"Yes, level with {' and '.join(level)}." if level else f"Yes: {claim.first} is."


def _holds(mode: Mode, metric: Metric, first: float | None, second: float | None) -> bool | None:
    if first is None or second is None:
        return None
    good_is_high = metric.better != "lower"
    wants_more = {"high": True, "low": False, "good": good_is_high, "bad": not good_is_high}[mode]
    return first > second if wants_more else first < second
