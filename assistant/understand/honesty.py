"""Questions whose words are all known and whose sense would still be lost: asked back before anything is assembled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.constructions.joining import is_or
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack
from assistant.understand.spans import Span
from tools.base import Option

_MINUS = frozenset("-–−")
_NUMBERS = load_lexicon().numbers
_PAIRED = ("metric", "member", "period")
_PAIRINGS = re.compile("(Mm){2}|(mM){2}|(MP){2}|(PM){2}|(mP){2}|(Pm){2}|(MmP){2}|(mMP){2}|(PmM){2}|(mPM){2}")
_JOINED_BY_OR = ("member", "dimension", "metric", "unit", "period")


def check(spans: Sequence[Span]) -> None:
    """Raises AskBack. ``spans`` are those that mean something, in text order."""
    _either_or(spans)
    _several_questions(spans)
    _three_periods(spans)


def check_what_was_heard(text: str, spans: Sequence[Span]) -> None:
    """'top to campaigns', as voice input may write it: two of them? Raises AskBack. ``spans`` are all of the text."""
    for leads, heard, thing in zip(spans, spans[1:], spans[2:], strict=False):
        number = _NUMBERS.misheard.get(heard.text.lower())
        is_gap = leads.text.lower() in _NUMBERS.misheard_after and leads.kind == "superlative" and number
        if is_gap and thing.kind in {"dimension", "unit"} and thing.text.lower().endswith("s"):
            count = f"{leads.text} {number} {thing.text}"
            question = f"{text[: leads.start]}{count}{text[thing.end :]}"
            raise AskBack(f"Did you mean the {count}?", [Option(label=count, question=question)])


def check_signs(spans: Sequence[Span]) -> None:
    """'change below -10 %' is no limit of 10 %. Raises AskBack. ``spans`` are all of the text."""
    for before, sign, number in zip(spans, spans[1:], spans[2:], strict=False):
        is_negative = sign.text in _MINUS and number.kind == "number" and sign.end == number.start
        if is_negative and before.kind == "comparator":
            raise AskBack("I take no negative limits. Say which way it moved: “fell by more than 10 %”.")


def _either_or(spans: Sequence[Span]) -> None:
    """'CAC under 20 or over 100' is no pair of conditions that both hold; 'Meta or Google' names two members."""
    for at, span in enumerate(spans):
        if span.kind != "and" or not is_or(span):
            continue
        beside = [*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2]]
        kinds = {neighbour.kind for neighbour in beside}
        dimensions = {neighbour.value.dimension for neighbour in beside if neighbour.kind == "member"}
        alike = len(beside) == 2 and len(kinds) == 1 and kinds <= set(_JOINED_BY_OR) and len(dimensions) <= 1
        if not alike and span.text.lower() != "o" and not _between_conditions(spans, at):  # 'o' is an article too
            raise AskBack("I can only keep what meets all conditions, not one or the other. Ask for each by itself.")


def _between_conditions(spans: Sequence[Span], at: int) -> bool:
    """'CAC above 40 or ROAS below 2': one limit ends before it and another begins behind it."""
    ends, begins = (
        {"number", "change", "comparator", "metric"},
        {"metric", "comparator", "change", "between", "with", "number"},
    )
    stated = {"number", "change"}
    touch = bool(spans[:at]) and bool(spans[at + 1 :]) and spans[at - 1].kind in ends and spans[at + 1].kind in begins
    return touch and any(s.kind in stated for s in spans[:at]) and any(s.kind in stated for s in spans[at + 1 :])


def _several_questions(spans: Sequence[Span]) -> None:
    """'spend on Meta and clicks on Google' pairs figures with members: added up together they would be neither."""
    if any(
        span.kind in {"versus", "comparator", "comparative", "exclude", "by", "superlative", "gap"} for span in spans
    ):
        return
    letters = {"metric": "M", "member": "m", "period": "P"}
    order = "".join(letters[span.kind] for span in spans if span.kind in _PAIRED)
    places = [span.value.dimension for span in spans if span.kind == "member"]
    in_pairs = any(
        places[n] == places[n + 2] != places[n + 1] == places[n + 3] for n in range(len(places) - 3)
    )  # 'on Meta in the US and on Google in Canada'
    if in_pairs or _PAIRINGS.search(order):
        raise AskBack("Those are two questions in one. Ask them one at a time, so that no figure gets mixed up.")


def _three_periods(spans: Sequence[Span]) -> None:
    periods = [span for span in spans if span.kind == "period"]
    if len(periods) > 2 and any(span.kind in {"versus", "compare"} for span in spans):
        raise AskBack("I compare two periods at a time. For more, ask for a trend, such as “by month”.")
