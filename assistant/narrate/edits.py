"""Chips that change one part of the question that was understood: its period, a filter, a breakdown.

Each is a message that leans on the question before, as if it had been typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant import formats
from assistant.answer import Edit
from assistant.narrate.conditions import condition_words
from assistant.narrate.interpretation import join
from kpi.buckets import whole_months
from kpi.catalogue import Catalogue
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel

_BREAKDOWNS = ("platform", "campaign", "country", "device", "account")
_GRAINS = ("day", "week", "month")
_LONGEST_LABEL = 40


def edits(
    query: MetricQuery, previous: Period | None, catalogue: Catalogue, model: SemanticModel, currency: str | None
) -> list[Edit]:
    """In the order of the interpretation line. ``previous``: the period before the one that was asked about."""
    return [
        *_breakdown(query, catalogue, model),
        *_grain(query),
        *_filters(query, model, currency),
        *_period(query, previous),
        *_comparison(query),
        *_order(query),
    ]


def _breakdown(query: MetricQuery, catalogue: Catalogue, model: SemanticModel) -> Iterator[Edit]:
    for name in query.dimensions:
        label = model.dimensions[name].label.lower()
        yield Edit(part="breakdown", label=f"✕ by {label}", question=f"drop the {label} breakdown")
    kept = {f.dimension for f in query.member_filters}
    others = [n for n in _BREAKDOWNS if n not in {*query.dimensions, *kept} and len(catalogue.members[n]) > 1]
    if len(query.dimensions) == 1 and others:
        label = model.dimensions[others[0]].label.lower()
        yield Edit(part="breakdown", label=f"by {label} instead", question=f"by {label} instead")


def _grain(query: MetricQuery) -> Iterator[Edit]:
    if query.grain is None:
        return
    other = next((grain for grain in _GRAINS[::-1] if grain != query.grain and _fits(grain, query.period)), None)
    if other:
        yield Edit(part="grain", label=f"per {other} instead", question=f"by {other} instead")


def _fits(grain: str, period: Period) -> bool:
    return {"day": 1, "week": 21, "month": 62}[grain] <= period.days


def _filters(query: MetricQuery, model: SemanticModel, currency: str | None) -> Iterator[Edit]:
    for condition in query.member_filters:
        label = model.dimensions[condition.dimension].label.lower()
        without = "without " if condition.op == "not in" else ""
        said = f"✕ {without}{join(list(condition.values))}"
        yield Edit(part="filter", label=_short(said), question=f"drop the {label} filter")
    if query.conditions:
        said = join([condition_words(condition, query, model, currency) for condition in query.conditions])
        yield Edit(part="condition", label=_short(f"✕ {said}"), question="drop the conditions")


def _period(query: MetricQuery, previous: Period | None) -> Iterator[Edit]:
    if previous:
        yield Edit(part="period", label=f"◂ {formats.days(previous)}", question=f"{_in_words(previous)} instead")
    for label, fewest_days in (("last 90 days", 90), ("this year", 365)):
        if query.period.days < fewest_days:
            yield Edit(part="period", label=label, question=f"{label} instead")
            return


def _in_words(period: Period) -> str:
    """A calendar unit by its name, so that what is compared with it stays the unit before."""
    months = whole_months(period)
    if months == 1:
        return f"{period.start:%B} {period.start.year}"
    if months == 3 and period.start.month % 3 == 1:
        return f"Q{(period.start.month + 2) // 3} {period.start.year}"
    start, end = (formats.days(Period(start=day, end=day)) for day in (period.start, period.end))
    return f"from {start} to {end}" if start != end else f"on {start}"


def _comparison(query: MetricQuery) -> Iterator[Edit]:
    if query.comparison:
        yield Edit(part="comparison", label="✕ comparison", question="without the comparison")


def _order(query: MetricQuery) -> Iterator[Edit]:
    if query.limit or query.top:
        yield Edit(part="limit", label="show all", question="show all of them")


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
