"""A message laid over the last question: which parts it puts in the place of others, adds or takes away."""

from __future__ import annotations

from dataclasses import replace

from assistant.understand.draft import Draft, Ranking, Versus
from assistant.understand.openings import How, Opening
from assistant.understand.outcomes import AskBack
from assistant.understand.tokens import tokenize


def stands_alone(draft: Draft, opening: Opening) -> bool:
    """A question with a subject of its own starts afresh, unless it opens like a follow-up or is a bare metric."""
    if opening.how is not None or draft.leans_on_last:
        return False
    only_limits = draft.all_conditions and not (draft.metrics or draft.dimensions or draft.grain or draft.keep)
    if only_limits and not draft.asks_yes_or_no:
        return False  # 'only where CAC is above 30'
    bare_metric = bool(draft.metrics) and not any(
        (
            draft.dimensions,
            draft.keep,
            draft.leave_out,
            draft.period,
            draft.versus,
            draft.ranking,
            draft.grain,
            draft.all_conditions,
            draft.extra_kinds,
        )
    )
    if _only_sorts(draft):
        return False
    asks_which = opening.rest.lower().startswith(("which", "what", "who")) and bool(draft.dimensions or draft.grain)
    # 'which campaign got worse?', 'what is our best performing platform?'
    moved = draft.ranking is not None and (draft.ranking.by_change or asks_which)
    return moved or (draft.has_subject and not (bare_metric and len(tokenize(opening.rest)) <= 2 + len(draft.metrics)))


def lay_over(last: Draft, change: Draft, how: How | None, moves_along: bool = False) -> Draft:
    """The last question with the parts the new message names put in their place (or added, after 'also').

    ``moves_along``: its comparison is with the period just before, so it follows a new period.
    """
    merged = last.copy()
    merged.counts_members = change.counts_members or (last.counts_members and not _names_another_figure(change))
    merged.claim = change.claim
    merged.wants_parts, merged.asks_whether_any = change.wants_parts, change.asks_whether_any
    merged.asks_of_every = change.asks_of_every
    _lay_verdict(merged, last, change)
    if _only_sorts(change):
        keeps_leaders = last.ranking is not None and last.ranking.count is not None
        merged.sorted_by = change.ranking if keeps_leaders else None
        merged.ranking = last.ranking if keeps_leaders else change.ranking
        merged.readings = change.readings
        return merged
    if change.metrics or change.wants_performance:
        merged.metrics = [*last.metrics, *change.metrics] if how == "add" else change.metrics
        merged.metrics = list(dict.fromkeys(merged.metrics))
        merged.wants_performance = change.wants_performance
        merged.wants_share = merged.wants_share or bool(last.share_of)
        merged.share_of = change.share_of
        merged.ranking = merged.ranking if how == "add" else on_new_metric(merged.ranking)
    if change.refers_back:  # 'that campaign by week' is about it alone
        merged.ranking, merged.within = None, []
        merged.grain = None if change.period else merged.grain
        merged.dimensions = [name for name in merged.dimensions if name not in change.keep]
        merged.conditions, merged.alternatives = [], []
    if change.dimensions:
        merged.dimensions = list(dict.fromkeys([*(last.dimensions if how == "add" else []), *change.dimensions]))
    _lay_filters(merged, change, how)
    merged.grain = change.grain or merged.grain
    merged.within = change.within or merged.within
    _lay_conditions(merged, change, how)
    if change.period:
        merged.period = change.period
        merged.is_record = False
        if moves_along and last.versus:
            merged.versus = Versus("previous")
    if change.versus or change.versus_unit or change.wants_comparison:
        merged.versus, merged.versus_unit = change.versus, change.versus_unit
        merged.wants_comparison = change.wants_comparison
    merged.sorted_by = change.sorted_by if change.ranking else merged.sorted_by
    merged.ranking = change.ranking or merged.ranking
    merged.extra_kinds = list(dict.fromkeys([*merged.extra_kinds, *change.extra_kinds]))
    merged.share_of = merged.share_of or change.share_of
    merged.wants_share = merged.wants_share or change.wants_share
    merged.wants_growth = change.wants_growth or merged.wants_growth
    merged.readings = change.readings
    merged.stand_ins = change.stand_ins or merged.stand_ins
    return merged


def _lay_verdict(merged: Draft, last: Draft, change: Draft) -> None:
    """'and in May?' behind 'are we under 30 CAC?' is the same question of another month; '… and ROAS?' is not."""
    merged.asks_yes_or_no = change.asks_yes_or_no
    if not last.asks_yes_or_no or change.asks_yes_or_no:
        return
    if change.all_conditions and not change.dimensions:
        merged.asks_yes_or_no = True  # 'how about under 35?'
    elif _names_another_figure(change) or change.dimensions or change.grain:
        merged.metrics = merged.metrics or [condition.metric for condition in last.all_conditions]
        merged.conditions, merged.alternatives = [], []
    else:
        merged.asks_yes_or_no = True


def _names_another_figure(change: Draft) -> bool:
    return bool(change.metrics or change.wants_performance or change.ranking)


def _lay_conditions(merged: Draft, change: Draft, how: How | None) -> None:
    """A new limit takes the place of those on the same metric; 'also', or 'and' with another metric, adds one."""
    if not change.all_conditions:
        return
    limited = {condition.column for condition in change.all_conditions}
    before = [condition for condition in merged.conditions if condition.column not in limited]
    merged.conditions = [*(before if how in {"add", "replace"} else []), *change.conditions]
    merged.alternatives = change.alternatives


def taken_away(last: Draft, change: Draft) -> Draft:
    """'remove Meta' leaves it out, 'without spend' stops showing it."""
    merged = last.copy()
    merged.readings = change.readings
    gone = [name for name in change.metrics if name in last.metrics]
    left = [name for name in last.metrics if name not in gone]
    if change.metrics and not (gone and left):
        raise AskBack("That would leave nothing to show, or isn't shown now. Name the metrics you want to see.")
    merged.metrics = left if gone else last.metrics
    for dimension, members in change.keep.items():
        kept = [member for member in merged.keep.get(dimension, []) if member not in members]
        if kept:
            merged.keep[dimension] = kept
        else:
            merged.keep.pop(dimension, None)
            merged.leave_out.setdefault(dimension, []).extend(members)
    merged.dimensions = [name for name in merged.dimensions if name not in change.dimensions]
    return merged


def without(last: Draft, part: str, which: Draft | None = None) -> Draft:
    """``which`` names the one that goes where there may be several: 'drop the device filter'."""
    merged = last.copy()
    merged.readings = []
    named = [*which.dimensions, *which.keep, *which.leave_out] if which else []
    if part == "filters":
        _drop_filters(merged, named or [*last.keep, *last.leave_out])
        if not named:
            merged.conditions, merged.alternatives = [], []
    elif part == "conditions":
        _drop_conditions(merged)
    elif part == "comparison":
        _drop_comparison(merged)
    elif part == "breakdown":
        _drop_breakdown(merged, named, whole=not named or bool(which and which.grain))
    elif part == "period":
        merged.period, merged.is_record = None, False
    elif part == "limit":
        merged.ranking, merged.within = None, []
    return merged


def _drop_breakdown(merged: Draft, dimensions: list[str], *, whole: bool) -> None:
    merged.dimensions = [name for name in merged.dimensions if dimensions and name not in dimensions]
    if whole:
        merged.grain = None
    if not merged.dimensions:
        merged.ranking, merged.within = None, []
    if not merged.dimensions and not merged.grain:
        _drop_conditions(merged)


def _drop_conditions(merged: Draft) -> None:
    """What was only named in a condition stays shown."""
    merged.metrics = merged.metrics or list(dict.fromkeys(c.metric for c in merged.all_conditions))
    merged.conditions, merged.alternatives = [], []


def _drop_comparison(merged: Draft) -> None:
    """And with it what was picked and sorted by the change."""
    merged.versus, merged.versus_unit, merged.wants_comparison = None, None, False
    merged.conditions = [condition for condition in merged.conditions if condition.of != "change"]
    merged.alternatives = [condition for condition in merged.alternatives if condition.of != "change"]
    merged.ranking = None if merged.ranking and merged.ranking.by_change else merged.ranking
    merged.extra_kinds = [kind for kind in merged.extra_kinds if kind not in {"contribution", "rank_change"}]


def _drop_filters(merged: Draft, dimensions: list[str]) -> None:
    for dimension in dimensions:
        merged.keep.pop(dimension, None)
        merged.leave_out.pop(dimension, None)


def _only_sorts(change: Draft) -> bool:
    """'sort by spend' puts what is shown in another order."""
    named = (change.dimensions, change.keep, change.leave_out, change.period, change.grain, change.versus)
    sorts = change.ranking is not None and change.ranking.metric is not None and change.ranking.count is None
    return sorts and not any(named)


def _lay_filters(merged: Draft, change: Draft, how: How | None) -> None:
    """A new filter replaces those of its own dimension and leaves the others; 'also' adds to them."""
    for dimension, members in change.keep.items():
        more = how == "add" or (how == "replace" and dimension in merged.leave_out and dimension not in merged.keep)
        if more and dimension in merged.leave_out:  # 'exclude Brazil' … 'and Mexico'
            merged.leave_out[dimension] += [member for member in members if member not in merged.leave_out[dimension]]
            continue
        before = merged.keep.get(dimension, []) if more else []
        merged.keep[dimension] = [*before, *(member for member in members if member not in before)]
        merged.leave_out.pop(dimension, None)
    for dimension, members in change.leave_out.items():
        merged.leave_out[dimension] = members
        merged.keep.pop(dimension, None)


def on_new_metric(ranking: Ranking | None) -> Ranking | None:
    return replace(ranking, metric=None) if ranking else None


def is_about(earlier: Draft, topic: Draft) -> bool:
    """Whether an earlier question is the one that a few words of it name."""
    kept = all(set(members) <= set(earlier.keep.get(name, [])) for name, members in topic.keep.items())
    named = set(topic.metrics) <= set(earlier.metrics) and set(topic.dimensions) <= set(earlier.dimensions)
    performance = (topic.wants_performance and earlier.wants_performance) or not topic.wants_performance
    same_period = topic.period is None or topic.period == earlier.period
    return kept and named and performance and same_period and topic.grain in {None, earlier.grain}


def with_all(last: Draft, change: Draft) -> Draft:
    """The last question of all members of a dimension: without filters on it, conditions and a limit."""
    merged = last.copy()
    for dimension in change.dimensions:
        was_filtered = dimension in merged.keep or dimension in merged.leave_out
        merged.keep.pop(dimension, None)
        merged.leave_out.pop(dimension, None)
        if not was_filtered:
            merged.add_dimension(dimension)
    merged.conditions, merged.alternatives, merged.readings = [], [], []
    merged.ranking = replace(last.ranking, count=None) if last.ranking else None
    return merged
