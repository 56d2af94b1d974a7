"""Superlatives: 'top 5 campaigns by spend', 'which country has the lowest CAC', 'best month for ROAS'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.constructions.counts import leader_count
from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.draft import Mode, Ranking
from assistant.understand.outcomes import AskBack, Decline, options
from assistant.understand.spans import Span

_THING = "(dimension|unit)"


@construction(
    f"(number? superlative number? {_THING} (performance|sort|by|with|when)* metric"
    f"|number? superlative number? metric with? {_THING}"
    f"|by? number? {_THING} (with|when)? (number? superlative metric)"
    f"|by? number? {_THING} (with|when)? metric superlative"
    f"|number? superlative number? metric by {_THING})"
)
def leaders_by_a_metric(scene: Scene, spans: Sequence[Span]) -> bool:
    metric = every(spans, "metric")[0].value
    scene.draft.add_metric(metric)
    return _rank(scene, spans, metric)


@construction(
    f"number? superlative number? {_THING} performance?|{_THING} with? performance? superlative number? performance?"
)
def leaders(scene: Scene, spans: Sequence[Span]) -> bool:
    """Without a metric: the first one named elsewhere, else return on ad spend (chosen when the draft is resolved)."""
    word, thing = every(spans, "superlative")[0], every(spans, "dimension", "unit")[0]
    if word.value in {"high", "low"} and not every(scene.spans, "metric"):
        side = "highest" if word.value == "high" else "lowest"
        questions = (f"{side} {metric} {thing.text}" for metric in ("spend", "CAC", "CPC", "ROAS"))
        raise AskBack(f"“{word.text}” by which metric?", options(*questions))
    return _rank(scene, spans, None)


@construction("only? (superlative number|number superlative)")
def how_many(scene: Scene, spans: Sequence[Span]) -> None:
    """'top 3' changes the last question."""
    if scene.draft.ranking is not None:
        raise Decline("I can rank by one thing at a time. Ask for one of the two.")
    scene.draft.ranking = Ranking(_mode(spans), None, count=leader_count(spans))


@construction("rank? dimension (sort|rank by?) metric|(rank|sort) dimension by metric")
def sorted_members(scene: Scene, spans: Sequence[Span]) -> None:
    metric = every(spans, "metric")[0].value
    scene.draft.add_metric(metric)
    scene.break_down_by(every(spans, "dimension")[0].value)
    scene.draft.ranking = Ranking(_sort_mode(spans), metric)


@construction("listed_first")
def listed_first(scene: Scene, spans: Sequence[Span]) -> None:
    """'… by campaign, lowest first'."""
    ranking = scene.draft.ranking
    if ranking and ranking.count:
        raise AskBack(f"The leaders are already in an order. Without “{spans[0].text}”?")
    scene.draft.ranking = replace(ranking, mode=spans[0].value) if ranking else Ranking(spans[0].value)


@construction("(sort|rank by?) metric")
def sort_order(scene: Scene, spans: Sequence[Span]) -> None:
    metric = every(spans, "metric")[0].value
    scene.draft.add_metric(metric)
    scene.draft.ranking = Ranking(_sort_mode(spans), metric)


@construction("superlative metric")
def superlative_of_what(scene: Scene, spans: Sequence[Span]) -> None:
    label = scene.model.metrics[spans[1].value].label
    word = spans[0].text.lower()
    raise AskBack(
        f"The {word} {label} of what?",
        options(*(f"{word} {label} {thing}" for thing in ("campaign", "platform", "day"))),
    )


def _rank(scene: Scene, spans: Sequence[Span], metric: str | None) -> bool:
    if scene.draft.ranking is not None:
        raise Decline("I can rank by one thing at a time. Ask for one of the two.")
    thing = every(spans, "dimension", "unit")[0]
    if thing.kind == "unit":
        scene.draft.grain = thing.value
        scene.draft.is_record = True
    else:
        scene.break_down_by(thing.value)
    number = first(spans, "number")
    listed = first(spans, "by") is not None and spans[-1] is thing  # 'highest spend by platform' ranks them all
    count = leader_count(spans) if number else None if _is_plural(thing.text) or listed else 1
    scene.draft.ranking = Ranking(_mode(spans), metric, count=count)
    return True


def _mode(spans: Sequence[Span]) -> Mode:
    mode: Mode = every(spans, "superlative")[0].value
    return mode


def _sort_mode(spans: Sequence[Span]) -> Mode:
    sort = first(spans, "sort")
    mode: Mode = sort.value if sort and sort.value else "good"
    return mode


def _is_plural(word: str) -> bool:
    return word.lower().endswith("s")


CONSTRUCTIONS: tuple[Construction, ...] = (
    sorted_members,
    leaders_by_a_metric,
    leaders,
    how_many,
    sort_order,
)
LAST: tuple[Construction, ...] = (listed_first, superlative_of_what)
