"""Follow-ups: is a message one, and how does its draft change the last one?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.understand.draft import Draft, Ranking
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack
from assistant.understand.tokens import Token, tokenize
from assistant.understand.vocabulary import PhraseTable, opening_phrases

How = Literal["replace", "add", "correct", "remove"]
CLOSINGS: dict[str, How] = {"instead": "replace", "too": "add"}


@dataclass(frozen=True)
class Opening:
    """How a message opens (None: like a question of its own) and the text behind the opening words."""

    how: How | None
    rest: str


def read_opening(text: str) -> Opening:
    """'what about May?' -> replace, 'May?'; 'no, I meant clicks' -> correct, 'clicks'."""
    tokens = tokenize(text)
    how: How | None = None
    at = 0
    while at < len(tokens):
        found = _opening_at(tokens, at)
        if found is None:
            break
        length, how = found[0], found[1] if how is None or found[1] != "replace" else how
        at += length
        while at < len(tokens) and tokens[at].norm in {",", ":", ";", ".", "-"}:
            at += 1
    rest = text[tokens[at].start :] if at < len(tokens) else ""
    return _closing(how, rest)


def _closing(how: How | None, rest: str) -> Opening:
    """'roas instead', 'roas instead of spend', 'by device too': how a follow-up may end."""
    tokens = tokenize(rest)
    for token in tokens[1:]:
        if token.norm in CLOSINGS:
            return Opening(CLOSINGS[token.norm], rest[: token.start])
    return Opening(how, rest)


def asks_to_go_back(text: str) -> bool:
    """'back': the question before the last is asked again."""
    tokens = [token for token in tokenize(text) if token.norm.isalnum()]
    found = _openings("back").match(tokens, 0) if tokens else None
    return found is not None and found[0] == len(tokens)


def removed_part(text: str) -> str | None:
    """What 'drop the filter' wants gone: filters, comparison, breakdown or limit; None where it is none of them."""
    parts = _openings("part_of_query")
    tokens = tokenize(text)
    for at in range(len(tokens)):
        found = parts.match(tokens, at)
        if found:
            return str(found[1].value)
    return None


def stands_alone(draft: Draft, opening: Opening) -> bool:
    """A question with a subject of its own starts afresh, unless it opens like a follow-up or is a bare metric."""
    if opening.how is not None:
        return False
    bare_metric = bool(draft.metrics) and not any(
        (
            draft.dimensions,
            draft.keep,
            draft.leave_out,
            draft.period,
            draft.versus,
            draft.ranking,
            draft.grain,
            draft.conditions,
        )
    )
    if _only_sorts(draft):
        return False
    moved = draft.ranking is not None and draft.ranking.by_change  # 'which campaign got worse?'
    return moved or (draft.has_subject and not (bare_metric and len(tokenize(opening.rest)) <= 2 + len(draft.metrics)))


def lay_over(last: Draft, change: Draft, how: How | None) -> Draft:
    """The last question with the parts the new message names put in their place (or added, after 'also')."""
    merged = last.copy()
    merged.asks_yes_or_no, merged.counts_members = change.asks_yes_or_no, change.counts_members
    if last.asks_yes_or_no and not change.asks_yes_or_no:
        merged.metrics = merged.metrics or [condition.metric for condition in last.conditions]
        merged.conditions = []
    if _only_sorts(change):
        merged.ranking, merged.readings = change.ranking, change.readings
        return merged
    if change.metrics or change.wants_performance:
        merged.metrics = [*last.metrics, *change.metrics] if how == "add" else change.metrics
        merged.metrics = list(dict.fromkeys(merged.metrics))
        merged.wants_performance = change.wants_performance
        merged.share_of = change.share_of
        merged.ranking = merged.ranking if how == "add" else _on_new_metric(merged.ranking)
    if change.refers_back:  # 'that campaign by week' is about it alone
        merged.ranking = None
        merged.dimensions = [name for name in merged.dimensions if name not in change.keep]
    if change.dimensions:
        merged.dimensions = list(dict.fromkeys([*(last.dimensions if how == "add" else []), *change.dimensions]))
    _lay_filters(merged, change, how)
    merged.grain = change.grain or merged.grain
    merged.conditions = change.conditions or merged.conditions
    if change.period:
        merged.period = change.period
        merged.is_record = False
    if change.versus or change.versus_unit or change.wants_comparison:
        merged.versus, merged.versus_unit = change.versus, change.versus_unit
        merged.wants_comparison = change.wants_comparison
    merged.ranking = change.ranking or merged.ranking
    merged.extra_kinds = list(dict.fromkeys([*merged.extra_kinds, *change.extra_kinds]))
    merged.share_of = merged.share_of or change.share_of
    merged.readings = change.readings
    merged.stand_ins = change.stand_ins or merged.stand_ins
    return merged


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


def without(last: Draft, part: str) -> Draft:
    merged = last.copy()
    merged.readings = []
    if part == "filters":
        merged.keep, merged.leave_out, merged.conditions = {}, {}, []
    elif part == "comparison":
        merged.versus, merged.versus_unit, merged.wants_comparison = None, None, False
    elif part == "breakdown":
        merged.dimensions, merged.grain = [], None
    elif part == "limit":
        merged.ranking = None
    return merged


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


def _on_new_metric(ranking: Ranking | None) -> Ranking | None:
    return replace(ranking, metric=None) if ranking else None


@lru_cache(maxsize=4)
def _openings(role: str) -> PhraseTable:
    return opening_phrases(load_lexicon(), role)


def _opening_at(tokens: list[Token], at: int) -> tuple[int, How] | None:
    found = _openings("follow").match(tokens, at)
    if found:
        return found[0], found[1].value
    removal = _openings("remove").match(tokens, at) if at == 0 else None
    return (removal[0], "remove") if removal else None
