"""Conditions on result rows, one or several: 'CAC above 30 and ROAS below 2', 'whose ROAS fell', 'above 40 or …'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.constructions.counts import leader_count
from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.constructions.filters import take_members
from assistant.understand.constructions.joining import is_or
from assistant.understand.constructions.limits import MOVED, MOVED_BY, VALUE, bound, conditions_of, direction, in_unit
from assistant.understand.draft import Condition, Ranking
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span

_BOUND = "(comparator number|number comparator)"
_STATED = f"({VALUE}|{MOVED_BY})"
_MORE = f"((and|with|when)+ ({VALUE}|{MOVED_BY}|{MOVED}|{_BOUND}))*"


@construction(f"count? dimension {MOVED} (?!superlative)")
def members_that_moved(scene: Scene, spans: Sequence[Span]) -> bool:
    """'which campaigns grew spend', 'how many campaigns improved ROAS': several are asked for, and a direction."""
    change, dimension = every(spans, "change")[0], every(spans, "dimension")[0]
    counts = first(spans, "count") is not None
    has_direction = change.value in ({"up", "down", "better", "worse"} if counts else {"up", "down"})
    ranks = first(scene.spans, "superlative") or any(word in change.text.lower() for word in ("most", "fastest"))
    if not dimension.text.lower().endswith("s") or not has_direction or ranks:
        return False
    if first(scene.spans, "rank") or first(scene.spans, "contribution"):
        return False
    scene.break_down_by(dimension.value)
    scene.draft.counts_members = counts
    _add(scene, [span for span in spans if span.kind in {"metric", "change"}])
    return True


@construction(f"unit (with|when)+ {MOVED}|(with|when) unit {MOVED}")
def buckets_that_moved(scene: Scene, spans: Sequence[Span]) -> None:
    """'months when ROAS fell': against the month before."""
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    scene.draft.grain = every(spans, "unit")[0].value
    scene.draft.is_record = True
    scene.draft.add_metric(metric.name)
    scene.draft.extra_kinds.append("growth")
    upwards = direction(metric, every(spans, "change")[0])
    scene.draft.conditions.append(Condition(metric.name, ">" if upwards else "<", 0.0, "growth"))


@construction(f"(only|with|when)* {_STATED} {_MORE}|(with|when)+ {MOVED} {_MORE}")
def stated(scene: Scene, spans: Sequence[Span]) -> bool:
    """'CAC above 30', 'with more than 100 clicks and ROAS below 2', 'whose ROAS fell'."""
    change = first(spans, "change")
    is_bare = change is not None and not first(spans, "number")
    if change and is_bare and (change.value == "any" or "most" in change.text.lower()):
        return False  # 'whose ROAS fell the most' puts in order
    if is_bare and (scene.opens_with(spans[0]) or (first(scene.spans, "superlative") and not first(spans, "and"))):
        return False  # 'where did CAC improve most'
    _add(scene, spans)
    return True


@construction(f"(only|with|when|and)* {_BOUND} ((and|with)+ {_BOUND})*")
def of_the_last_metric(scene: Scene, spans: Sequence[Span]) -> bool:
    """'above 30' behind a question about one metric."""
    last = scene.last
    metrics = list(dict.fromkeys([c.metric for c in last.all_conditions] or last.metrics)) if last else []
    if len(metrics) != 1:
        return False
    limits = [Condition(metrics[0], ">", 0.0)]
    for at, group in enumerate(_groups(spans)):
        limits.append(bound(group.spans, limits[at], scene.model))
    scene.draft.conditions += limits[1:]
    scene.draft.leans_on_last = True
    return True


@construction("number")
def number_of_the_last(scene: Scene, spans: Sequence[Span]) -> bool:
    """'make it 3.3', 'I meant 5': another limit, or another count, in the place of the only one there was."""
    last = scene.last
    if last is None or scene.draft.all_conditions or scene.draft.ranking:
        return False
    if len(last.all_conditions) == 1:
        condition = last.all_conditions[0]
        metric = scene.model.metrics[condition.metric]
        value = spans[0].value.value / 100 if condition.of != "value" else in_unit(spans[0], metric)
        scene.draft.conditions.append(replace(condition, value=float(value)))
    elif last.ranking and last.ranking.count:
        scene.draft.ranking = replace(last.ranking, count=leader_count(spans))
    else:
        return False
    scene.draft.leans_on_last = True
    return True


@construction("with (exclude|number) metric|dimension exclude metric|with? metric (and|with)+ exclude metric")
def has_none_of(scene: Scene, spans: Sequence[Span]) -> bool:
    """'with no conversions', 'campaigns without clicks', 'with clicks but no conversions'."""
    number = first(spans, "number")
    if number and number.value.value != 0:
        return False
    metrics = [scene.model.metrics[span.value] for span in every(spans, "metric")]
    if not all(metric.is_sum for metric in metrics):
        return False
    if len(metrics) == 2 and not first(scene.spans, "dimension"):
        return False
    dimension = first(spans, "dimension")
    if dimension:
        scene.break_down_by(dimension.value)
    if len(metrics) == 2:
        scene.draft.conditions.append(Condition(metrics[0].name, ">", 0.0))
    scene.draft.conditions.append(Condition(metrics[-1].name, "<=", 0.0))
    return True


class _Group:
    """A stretch between two connecting words, and whether 'or' stands before it."""

    def __init__(self, *, after_or: bool) -> None:
        self.after_or = after_or
        self.spans: list[Span] = []


def _groups(spans: Sequence[Span]) -> list[_Group]:
    groups = [_Group(after_or=False)]
    for span in spans:
        current = groups[-1]
        in_between = first(current.spans, "between") is not None and len(every(current.spans, "number")) < 2
        if span.kind == "and" and in_between:
            current.spans.append(span)
        elif span.kind in {"and", "with", "when", "only"}:
            if current.spans and span.kind != "and" and not first(current.spans, "number", "change"):
                continue  # 'CAC which is above 30'
            if current.spans:
                groups.append(_Group(after_or=is_or(span)))
            else:
                current.after_or = current.after_or or is_or(span)
        else:
            current.spans.append(span)
    return [group for group in groups if group.spans]


def _add(scene: Scene, spans: Sequence[Span]) -> None:
    found: list[list[Condition]] = []
    groups = _groups(spans)
    for group in groups:
        for member in every(group.spans, "member"):
            take_members(scene, member)
        rest = [span for span in group.spans if span.kind != "member"]
        found.append(
            conditions_of(rest, scene.model) if first(rest, "metric") else [bound(rest, found[-1][-1], scene.model)]
        )
    _join(scene, found, [group.after_or for group in groups[1:]])
    _order_by_movement(scene, found, spans)


def _join(scene: Scene, found: list[list[Condition]], by_or: list[bool]) -> None:
    draft = scene.draft
    if not any(by_or):
        draft.conditions += [condition for conditions in found for condition in conditions]
        return
    if not all(by_or) or draft.all_conditions or any(len(conditions) > 1 for conditions in found):
        raise AskBack(
            "“And” and “or” together can be read in two ways. Ask with one of them.",
            options("campaigns with CAC above 30 or ROAS below 3", "campaigns with CAC above 30 and ROAS below 3"),
        )
    draft.alternatives += [condition for conditions in found for condition in conditions]


def _order_by_movement(scene: Scene, found: list[list[Condition]], spans: Sequence[Span]) -> None:
    """What moved is compared with the period before, the largest movement first."""
    changes = [condition for conditions in found for condition in conditions if condition.of == "change"]
    if not changes:
        return
    scene.draft.wants_comparison = True
    for condition in changes:
        scene.draft.add_metric(condition.metric)
    one_way = {condition.op[0] for condition in changes if condition.metric == changes[0].metric}
    if scene.draft.ranking is None and not first(scene.spans, "superlative", "sort") and len(one_way) == 1:
        mode = "high" if changes[0].op[0] == ">" else "low"
        scene.draft.ranking = Ranking(mode, changes[0].metric, by_change=True)  # type: ignore[arg-type]


CONSTRUCTIONS: tuple[Construction, ...] = (buckets_that_moved, stated, has_none_of)
MOVED_MEMBERS: tuple[Construction, ...] = (members_that_moved,)
LAST: tuple[Construction, ...] = (of_the_last_metric, number_of_the_last)
