"""Members in a question: kept, left out, unknown, or one of several that a word may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.outcomes import AskBack, Decline
from assistant.understand.spans import MemberMatch, Span
from tools.base import Option

MOST_OPTIONS = 6


@construction("by? dimension member|member dimension")
def member_with_its_label(scene: Scene, spans: Sequence[Span]) -> bool:
    """'campaign Brand_Search', 'Mobile devices': the word for the dimension only says which member is meant."""
    dimension, member = every(spans, "dimension")[0], every(spans, "member")[0]
    fitting = [pair for pair in member.value.candidates if pair[0] == dimension.value]
    if not fitting or spans[0].kind == "by":
        return False
    narrowed = replace(member, value=replace(member.value, candidates=tuple(fitting)))
    _take(scene, narrowed, certain_members(scene, narrowed), leave_out=False)
    return True


@construction("exclude only? dimension? member dimension? ((and|exclude)+ member dimension?)*")
def left_out(scene: Scene, spans: Sequence[Span]) -> None:
    for span in every(spans, "member"):
        _take(scene, span, certain_members(scene, span), leave_out=True)


@construction("exclude period")
def left_out_weekday(scene: Scene, spans: Sequence[Span]) -> bool:
    """'excluding Sunday' leaves out a day of the week, not last Sunday."""
    day = spans[1].text.strip().capitalize()
    if day not in scene.catalogue.members["day_of_week"]:
        return False
    scene.draft.add_members("day_of_week", (day,), leave_out=True)
    return True


@construction("only? pronoun")
def of_the_last_answer(scene: Scene, spans: Sequence[Span]) -> None:
    """'that campaign': the one the last answer was about, or led with."""
    dimension = spans[-1].value
    label = scene.model.dimensions[dimension].label.lower()
    if dimension not in scene.leaders:
        raise AskBack(f"Which {label} do you mean? Name it.")
    scene.draft.add_members(dimension, (scene.leaders[dimension],))
    scene.draft.refers_back = True
    scene.draft.readings.append(f"“{spans[-1].text}” read as {scene.leaders[dimension]}")


@construction("only? member (and member)* only?")
def kept(scene: Scene, spans: Sequence[Span]) -> None:
    for span in every(spans, "member"):
        _take(scene, span, certain_members(scene, span), leave_out=False)


@construction("only")
def only_left_alone(scene: Scene, spans: Sequence[Span]) -> bool:
    """'only' beside a breakdown, metric or period adds nothing where there is nothing else; else it stays unused."""
    return len(scene.draft.metrics) == 1 and not scene.draft.keep


def _take(scene: Scene, span: Span, match: MemberMatch, *, leave_out: bool) -> None:
    if match.absent:
        raise _nothing_loaded(scene, span, match)
    if span.reading:
        scene.draft.readings.append(span.reading)
    scene.draft.add_members(match.dimension, match.members, leave_out=leave_out)


def certain_members(scene: Scene, span: Span) -> MemberMatch:
    """The match if it is one thing, else a question back with each candidate as an option."""
    match: MemberMatch = span.value
    if match.is_certain:
        return match
    model = scene.model
    candidates = match.candidates[:MOST_OPTIONS]
    names = ", ".join(f"{model.dimensions[d].label.lower()} {m}" for d, m in candidates)
    if len(match.candidates) > len(candidates):
        names += f" and {len(match.candidates) - len(candidates)} more"
    every_one = " and ".join(f'"{member}"' for _, member in match.candidates)
    all_of_them = Option(label="All of them", question=f"{scene.text[: span.start]}{every_one}{scene.text[span.end :]}")
    raise AskBack(
        f"“{span.text}” can mean {len(match.candidates)} things: {names}. Which one?",
        [
            *(
                Option(label=m, question=_with_name(scene.text, span, m, model.dimensions[d].label))
                for d, m in candidates
            ),
            *([all_of_them] if len({d for d, _ in match.candidates}) == 1 else []),
        ],
    )


def _with_name(text: str, span: Span, member: str, label: str) -> str:
    return f'{text[: span.start]}{label.lower()} "{member}"{text[span.end :]}'


def _nothing_loaded(scene: Scene, span: Span, match: MemberMatch) -> Decline:
    dimension = scene.model.dimensions[match.dimension]
    members = list(scene.catalogue.members[match.dimension])[:MOST_OPTIONS]
    known = f"Loaded {dimension.plural}: {', '.join(members)}." if members else "Nothing is loaded yet."
    whose = f"“{span.text}” ({match.absent})" if span.text.lower() != match.absent.lower() else f"“{span.text}”"
    return Decline(
        f"No data is loaded for {whose}. {known}",
        [Option(label=m, question=scene.text[: span.start] + m + scene.text[span.end :]) for m in members[:3]],
    )


LABELS: tuple[Construction, ...] = (member_with_its_label,)
EXCLUSIONS: tuple[Construction, ...] = (left_out, left_out_weekday)
CONSTRUCTIONS: tuple[Construction, ...] = (of_the_last_answer, kept)
LAST: tuple[Construction, ...] = (only_left_alone,)
