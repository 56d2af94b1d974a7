"""Questions whose words are all known and whose sense would still be lost: asked back before anything is assembled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.constructions.joining import is_or
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack, options
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
    _two_roles(spans)
    _weighed_in_each(spans)


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


def _two_roles(spans: Sequence[Span]) -> None:
    """'US spend on British campaigns' names two countries and joins them by nothing: their sum is neither."""
    for at, span in enumerate(spans):
        behind = spans[at + 1 :]
        other = next((n for n, one in enumerate(behind) if one.kind == "member"), None)
        if span.kind != "member" or not other:
            continue
        between = {one.kind for one in behind[:other]}
        if (
            "metric" in between <= {"metric", "dimension", "by"}
            and behind[other].value.dimension == span.value.dimension
        ):
            names = f"“{span.text}” and “{behind[other].text}”"
            raise AskBack(
                f"{names} stand in two places, and a row has only one of them. Which one do you mean, or both?"
            )


def _weighed_in_each(spans: Sequence[Span]) -> None:
    """'days when Meta spent more than Google': I can show the two side by side, not pick by setting them off."""
    for at, span in enumerate(spans):
        weighed = _weighed_against(spans, at)
        if not weighed:
            continue
        dimension = weighed[0].value.dimension
        things = [
            one
            for one in spans
            if one.kind in {"unit", "rhythm", "trend"} or (one.kind == "dimension" and one.value != dimension)
        ]
        if things:
            words = f"“{weighed[0].text}”, “{span.text}”, “{weighed[1].text}”"
            raise AskBack(
                f"I can't pick “{things[0].text}” by a condition between two members: {words}. "
                "I can show the two side by side.",
                options(*_side_by_side(spans, things[0], weighed)),
            )


def _weighed_against(spans: Sequence[Span], at: int) -> tuple[Span, Span] | None:
    """The members on both sides of a word like 'more than' or 'exceeds', where no number is the limit."""
    if spans[at].kind not in {"comparative", "comparator"}:
        return None
    before = [one for one in spans[:at] if one.kind == "member"]
    behind = [one for one in spans[at + 1 :] if one.kind in {"member", "number", "period"}]
    members = [*before[-1:], *(one for one in behind if one.kind == "member")][:2]
    is_limit = bool(behind) and behind[0].kind == "number"
    says_than = spans[at].kind == "comparator" or any(one.kind == "than" for one in spans[at + 1 :])
    if is_limit or not says_than or len(members) < 2:
        return None
    alike = members[0].value.dimension == members[1].value.dimension
    return (members[0], members[1]) if alike else None


def _side_by_side(spans: Sequence[Span], thing: Span, weighed: tuple[Span, Span]) -> list[str]:
    metric = next((span.value for span in spans if span.kind == "metric"), None)
    when = next((f" {span.text}" for span in spans if span.kind == "period"), "")
    by = thing.value if thing.kind != "trend" else "week"
    return [f"{weighed[0].text} vs {weighed[1].text} {metric} by {by}{when}"] if metric else []
