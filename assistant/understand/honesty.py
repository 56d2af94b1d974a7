"""Questions whose words are all known and whose sense would still be lost: asked back before anything is assembled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.outcomes import AskBack
from assistant.understand.spans import Span

OR_WORDS = frozenset({"or", "o", "oder", "ou"})
_PAIRED = ("metric", "member", "period")
_PAIRINGS = re.compile("(Mm){2}|(mM){2}|(MP){2}|(PM){2}|(mP){2}|(Pm){2}|(MmP){2}|(mMP){2}|(PmM){2}|(mPM){2}")
_JOINED_BY_OR = ("member", "dimension", "metric", "unit", "period")


def check(spans: Sequence[Span]) -> None:
    """Raises AskBack. ``spans`` are those that mean something, in text order."""
    _either_or(spans)
    _several_questions(spans)
    _three_periods(spans)


def _either_or(spans: Sequence[Span]) -> None:
    """'CAC under 20 or over 100' is no pair of conditions that both hold; 'Meta or Google' names two members."""
    for at, span in enumerate(spans):
        if span.text.lower() not in OR_WORDS:
            continue
        beside = [*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2]]
        kinds = {neighbour.kind for neighbour in beside}
        dimensions = {neighbour.value.dimension for neighbour in beside if neighbour.kind == "member"}
        alike = len(beside) == 2 and len(kinds) == 1 and kinds <= set(_JOINED_BY_OR) and len(dimensions) <= 1
        if not alike:
            raise AskBack("I can only keep what meets all conditions, not one or the other. Ask for each by itself.")


def _several_questions(spans: Sequence[Span]) -> None:
    """'spend on Meta and clicks on Google' pairs figures with members: added up together they would be neither."""
    if any(span.kind in {"versus", "comparator", "exclude", "by", "superlative"} for span in spans):
        return
    letters = {"metric": "M", "member": "m", "period": "P"}
    order = "".join(letters[span.kind] for span in spans if span.kind in _PAIRED)
    if _PAIRINGS.search(order):
        raise AskBack("Those are two questions in one. Ask them one at a time, so that no figure gets mixed up.")


def _three_periods(spans: Sequence[Span]) -> None:
    periods = [span for span in spans if span.kind == "period"]
    if len(periods) > 2 and any(span.kind in {"versus", "compare"} for span in spans):
        raise AskBack("I compare two periods at a time. For more, ask for a trend, such as “by month”.")
