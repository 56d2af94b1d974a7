"""Chips under an answer: the next things an analyst would ask of it, each a whole question of its own."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.narrate.question import question
from kpi.catalogue import Catalogue
from kpi.query import AnyOf, Extra, MemberFilter, MetricFilter, MetricQuery, Period
from kpi.semantic import SemanticModel
from tools.base import Option

MOST = 4
DRILL_DOWN = ("platform", "campaign", "country", "device", "account")


def follow_ups(
    query: MetricQuery,
    rows: tuple[dict[str, object], ...],
    previous: Period | None,
    catalogue: Catalogue,
    model: SemanticModel,
) -> list[Option]:
    """``previous``: the period before the asked one, for a comparison chip where none was asked."""
    if not rows:
        return []
    plain = query.model_copy(update={"order": None, "limit": None, "top": None})
    chips = [
        *_compare(plain, previous),
        *_leader(plain, rows),
        *_break_down(plain, catalogue, model),
        *_over_time(plain),
    ]
    return [Option(label=label, question=question(_without_lost(changed), model)) for label, changed in chips][:MOST]


def _without_lost(query: MetricQuery) -> MetricQuery:
    """Without conditions on columns that the changed query no longer has: a change, a share."""
    columns = {extra.column for extra in query.extras}

    def is_left(condition: MetricFilter) -> bool:
        is_plain = not condition.metric.endswith(("_change", "_share", "_growth"))
        return (
            is_plain
            or condition.metric in columns
            or (query.comparison is not None and condition.metric.endswith("_change"))
        )

    left = tuple(
        f
        for f in query.filters
        if isinstance(f, MemberFilter) or all(map(is_left, f.any_of if isinstance(f, AnyOf) else (f,)))
    )
    return query.model_copy(update={"filters": left})


def _compare(query: MetricQuery, previous: Period | None) -> Iterator[tuple[str, MetricQuery]]:
    if query.comparison is None and previous and not query.extras:
        label = "the whole vs the period before" if query.grain else "vs the period before"
        yield label, query.model_copy(update={"comparison": previous, "grain": None})


def _leader(query: MetricQuery, rows: tuple[dict[str, object], ...]) -> Iterator[tuple[str, MetricQuery]]:
    """Into the first member of a breakdown."""
    if len(query.dimensions) != 1 or query.grain or query.extras or query.dimensions[0] == "day_of_week":
        return
    dimension, member = query.dimensions[0], str(rows[0][query.dimensions[0]])
    others = tuple(f for f in query.filters if getattr(f, "dimension", None) != dimension)
    inside = next(name for name in DRILL_DOWN if name != dimension)
    only = MemberFilter(dimension=dimension, op="in", values=(member,))
    yield f"{member} by {inside}", query.model_copy(update={"dimensions": (inside,), "filters": (*others, only)})


def _break_down(query: MetricQuery, catalogue: Catalogue, model: SemanticModel) -> Iterator[tuple[str, MetricQuery]]:
    used = {*query.dimensions, *(f.dimension for f in query.member_filters)}
    useful = [name for name in DRILL_DOWN if name not in used and len(catalogue.members[name]) > 1]
    for name in useful[: 1 if query.dimensions else 2]:
        label = f"by {model.dimensions[name].label.lower()}"
        yield label, query.model_copy(update={"dimensions": (name,), "grain": None, "extras": _shares(query)})


def _shares(query: MetricQuery) -> tuple[Extra, ...]:
    return tuple(extra for extra in query.extras if extra.kind == "share")


def _over_time(query: MetricQuery) -> Iterator[tuple[str, MetricQuery]]:
    if query.grain is None and query.period.days > 1:
        grain = "day" if query.period.days <= 45 else "week" if query.period.days <= 190 else "month"
        changed = {"grain": grain, "dimensions": (), "comparison": None, "extras": ()}
        yield f"per {grain}", query.model_copy(update=changed)
