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
_S = "(superlative|comparative)"  # of two things the better is the best


@construction(
    f"(number? superlative number? {_THING} (performance|sort|by|with|when)* metric"
    f"|number? superlative number? metric with? {_THING}"
    f"|by? number? {_THING} (with|when|contribution)* (number? {_S} metric) (?!than)"
    f"|by? number? {_THING} (with|when)* metric {_S} (?!than)"
    f"|number? superlative number? metric by {_THING})"
)
def leaders_by_a_metric(scene: Scene, spans: Sequence[Span]) -> bool:
    metric = every(spans, "metric")[0].value
    scene.draft.add_metric(metric)
    return _rank(scene, spans, metric)


@construction(
    f"number? superlative number? {_THING} performance?|{_THING} with* performance? superlative number? performance?"
    f"|(?<!metric) {_THING} with* performance comparative (?!than)"
)
def leaders(scene: Scene, spans: Sequence[Span]) -> bool:
    """Without a metric: the first one named elsewhere, else return on ad spend (chosen when the draft is resolved)."""
    word, thing = every(spans, "superlative", "comparative")[0], every(spans, "dimension", "unit")[0]
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


@construction("by? rank? dimension (sort|rank by?) metric|(rank|sort) dimension by metric")
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


@construction("(sort it? by?|rank by?) metric")
def sort_order(scene: Scene, spans: Sequence[Span]) -> None:
    """The order of all; of 'top 3 campaigns by spend' the order of the three."""
    metric = every(spans, "metric")[0].value
    scene.draft.add_metric(metric)
    leading, order = scene.draft.ranking, Ranking(_sort_mode(spans), metric)
    if leading is None or leading.count is None:
        scene.draft.ranking = order
    elif leading.metric is None:
        scene.draft.ranking = replace(leading, metric=metric)
    else:
        scene.draft.sorted_by = order


@construction(
    "when (it|with)* metric? (it|with)* superlative|when superlative metric|when (it|with)* superlative metric"
)
def record_of_which_unit(scene: Scene, spans: Sequence[Span]) -> None:
    """'when was ROAS highest': on which day, in which week or month?"""
    metric = first(spans, "metric")
    word = every(spans, "superlative")[0].text.lower()
    named = scene.last.metrics[0] if scene.last and scene.last.metrics else "spend"
    label = scene.model.metrics[metric.value if metric else named].label
    units = ("day", "week", "month")
    raise AskBack(
        f"By day, by week or by month was the {label} {word}?",
        [scene.instead_of(spans, f"{unit} with the {word} {label}") for unit in units],
    )


@construction("superlative rhythm metric|superlative metric rhythm|rhythm superlative metric")
def record(scene: Scene, spans: Sequence[Span]) -> bool:
    """'highest daily spend in June': the day it was reached."""
    metric = every(spans, "metric")[0].value
    if scene.draft.ranking is not None:
        return False
    scene.draft.add_metric(metric)
    scene.draft.grain = every(spans, "rhythm")[0].value
    scene.draft.is_record = True
    scene.draft.ranking = Ranking(_mode(spans), metric, count=1)
    return True


@construction(f"with? {_S} metric?|metric {_S}|metric (?=it$)")
def of_what_is_shown(scene: Scene, spans: Sequence[Span]) -> bool:
    """'the worst one', 'which one has the lowest CAC' behind a breakdown."""
    last, word = scene.last, first(spans, "superlative", "comparative")
    broken_down = (last and (last.dimensions or last.grain)) or scene.draft.dimensions
    if word is None or not broken_down or scene.draft.ranking is not None:
        return False
    if word.kind == "comparative" and last is None:
        return False  # 'revenue less spend' is no order
    metric = first(spans, "metric")
    if metric:
        scene.draft.add_metric(metric.value)
    several = word.text.lower().endswith("ones") or (last is not None and last.ranking is not None and not metric)
    kept = last.ranking.count if last and last.ranking and several else 1
    scene.draft.ranking = Ranking(word.value, metric.value if metric else None, count=kept)
    scene.draft.leans_on_last = last is not None
    return True


@construction("by metric")
def ranked_by(scene: Scene, spans: Sequence[Span]) -> bool:
    """'the top campaign in each country by ROAS': what leads stands apart from how it is judged."""
    ranking = scene.draft.ranking
    if ranking is None or ranking.metric is not None:
        return False
    scene.draft.add_metric(spans[1].value)
    scene.draft.ranking = replace(ranking, metric=spans[1].value)
    return True


@construction("superlative metric")
def superlative_of_what(scene: Scene, spans: Sequence[Span]) -> None:
    label = scene.model.metrics[spans[1].value].label
    word = spans[0].text.lower()
    things = ("campaign", "platform", "day")
    raise AskBack(
        f"The {word} {label} of what?",
        [scene.instead_of(spans, f"{word} {label} {thing}") for thing in things],
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
    mode: Mode = every(spans, "superlative", "comparative")[0].value
    return mode


def _sort_mode(spans: Sequence[Span]) -> Mode:
    sort = first(spans, "sort")
    mode: Mode = sort.value if sort and sort.value else "good"
    return mode


def _is_plural(word: str) -> bool:
    return word.lower().endswith("s")


CONSTRUCTIONS: tuple[Construction, ...] = (
    sorted_members,
    record_of_which_unit,
    record,
    leaders_by_a_metric,
    leaders,
    how_many,
    sort_order,
)
LAST: tuple[Construction, ...] = (listed_first, ranked_by, of_what_is_shown, superlative_of_what)
