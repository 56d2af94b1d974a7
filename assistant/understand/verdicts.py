"""What a question that was read in full supposes: that all pass, that one leads, that a share is one of its group."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.understand.constructions.engine import Scene, every, first
from assistant.understand.draft import Claim
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span
from assistant.understand.tokens import tokenize
from tools.base import Option

_CLOSED = load_lexicon().closed
_BUCKETS = ("day", "week", "month")


def asks_of_every(scene: Scene) -> bool:
    """'was CAC below 32 each week', 'are all campaigns under 30': yes only where all of them pass.

    Raises AskBack where it isn't said of what, or where 'any' stands beside 'every'.
    """
    words = [token.norm for token in tokenize(scene.text)]
    _not_of_the_whole(scene)
    of_every = any(word in _CLOSED.every_one for word in words[1:3]) or any(
        _says_every(scene, span) for span in scene.spans
    )
    if of_every and any(word in _CLOSED.any_one for word in words):
        raise AskBack("Of any one, or of every one of them? Ask for one of the two.")
    if of_every and scene.draft.grain:
        scene.draft.is_record = True  # 'every month': of all that are loaded, where no period is named
    return of_every


def _says_every(scene: Scene, span: Span) -> bool:
    if span.kind == "by":
        return any(word in _CLOSED.every_one for word in span.text.lower().split())
    if span.kind in {"dimension", "unit"}:
        return any(word in _CLOSED.every_one for word in scene.text[: span.start].lower().split()[-2:])
    return span.kind == "rhythm"


def _not_of_the_whole(scene: Scene) -> None:
    """'above 3 all year': each day of it, each week, or the year as one?"""
    for span in every(scene.spans, "unit"):
        before = scene.text[: span.start].split()
        if before and before[-1].lower() in _CLOSED.whole and span.text.lower() == span.value:
            start = scene.text.rindex(before[-1], 0, span.start)
            asked = [f"each {bucket} this {span.value}" for bucket in _BUCKETS if bucket != span.value]
            raise AskBack(
                f"“{before[-1]} {span.text}”: each day, each week or each month of it?",
                [Option(label=one, question=scene.text[:start] + one + scene.text[span.end :]) for one in asked],
            )


def place_claimed(scene: Scene) -> None:
    """'is Meta our worst platform' sets Meta against all platforms: it is no filter. Changes the draft."""
    draft, ranking = scene.draft, scene.draft.ranking
    ranked = draft.dimensions or (scene.last.dimensions if scene.last else [])
    claimed = [name for name in ranked if len(draft.keep.get(name, ())) == 1]
    if ranking is None or not claimed or first(scene.spans, "name_part"):
        return
    if not (ranking.count or scene.asks_yes_or_no):
        return
    if draft.grain or len(ranked) > 1:
        raise AskBack("I can say who leads among one kind and over one period. Ask without a further breakdown.")
    [member] = draft.keep.pop(claimed[0])
    draft.claim = Claim(ranking.mode, ranking.metric, claimed[0], member, place=ranking.count or 1)
    draft.ranking = replace(ranking, count=None)


def shares_of_the_whole(scene: Scene) -> None:
    """'mobile's share of spend within each country' is one of the country's; shares here are of all that is shown.

    Over time they are of each bucket, as asked.
    """
    draft = scene.draft
    is_share = draft.share_of or draft.wants_share or any(one.of == "share" for one in draft.all_conditions)
    apart = [name for name in draft.keep if name not in draft.dimensions]
    by = [span.text.lower() for span in every(scene.spans, "by")]
    inside = any(text in _CLOSED.inside_each for text in by)
    if not is_share or not draft.dimensions:
        return
    if (inside and (apart or len(draft.dimensions) > 1)) or (apart and _is_of_a_member(scene)):
        metric = draft.share_of or next(iter(draft.metrics), "spend")
        period = first(scene.spans, "period")
        things = " and ".join(dict.fromkeys([*draft.dimensions, *apart]))
        raise AskBack(
            "I work out shares of everything that is shown, not of each group by itself. "
            "I can show the figures the shares are made of, or the shares of one group: name it.",
            options(f"{metric} by {things}" + (f" {period.text}" if period else "")),
        )


def _is_of_a_member(scene: Scene) -> bool:
    """'mobile's share of spend by country', 'the share of each country's spend that is mobile': a part of the group."""
    kinds = [span.kind for span in scene.spans if span.kind != "filler"]
    of_each = ["share", "by", "dimension", "metric"]
    return ("member", "share") in pairwise(kinds) or any(kinds[at : at + 4] == of_each for at in range(len(kinds)))
