"""Phrases that call a tool by themselves: 'what is {metric}'. They stand in the tools' prompts.

{metric} {dimension} {number} {platform} {period}   filled by a word of that kind
{workflow} {source}                                 stand for each name that is known now
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.dates import Mention
from assistant.understand.lexicon import load_lexicon
from assistant.understand.spans import MemberMatch, Span
from assistant.understand.tokens import phrase_key
from prompts.library import ToolPrompt
from tools.base import ToolCall

_SLOTS = {
    "{metric}": "metric",
    "{other}": "metric",
    "{number}": "number",
    "{dimension}": "dimension",
    "{platform}": "member",
    "{period}": "period",
}
Names = Mapping[str, Mapping[str, str]]  # of {workflow} and {source}: what is said -> the name it stands for
_POLITE = load_lexicon().closed.polite
_MINUS = frozenset("-–−")
_PUNCTUATION = frozenset("?!.,:;()\"'-–—…")


@dataclass(frozen=True)
class Trigger:
    """A phrase as words and slots, and the call it makes; ``fixed`` arguments come from the prompt's header."""

    tool: str
    pieces: tuple[str, ...]
    fixed: dict[str, Any]
    words: frozenset[str] = frozenset()  # of the pieces; a message that lacks one can't be the phrase


@dataclass(frozen=True)
class _Said:
    """A span of the message and its words, split once for all the phrases it is held against."""

    span: Span
    words: tuple[str, ...]


class Triggers:
    """All tools' phrases. A phrase must be the whole message; polite words around it don't matter.

    ``names`` is asked at each message, and the phrases are laid out again where it has changed.
    """

    def __init__(self, prompts: Sequence[ToolPrompt], names: Callable[[], Names] = dict) -> None:
        self._prompts = prompts
        self._ask_names = names
        self._names: Names | None = None
        self._triggers: list[Trigger] = []

    def match(self, spans: Sequence[Span]) -> ToolCall | None:
        self._lay_out(self._ask_names())
        if any(map(_is_minus, spans, spans[1:])):
            return None  # 'as -5' says another number
        words = [_Said(span, phrase_key(span.text)) for span in spans if span.text not in _PUNCTUATION]
        spoken = [word for said in words for word in said.words]
        present = frozenset(spoken)
        for trigger in self._triggers:
            slots = _fit(trigger.pieces, words) if trigger.words <= present else None
            if slots is not None:
                return ToolCall(tool=trigger.tool, arguments={**trigger.fixed, **slots})
        return self._in_a_row(spoken)

    def _lay_out(self, names: Names) -> None:
        if names == self._names:
            return
        triggers = [
            _trigger(prompt.name, _pieces(said), {**group.arguments, **named})
            for prompt in self._prompts
            for group in prompt.triggers
            for phrase in group.phrases
            for said, named in _spoken(phrase, names)
        ]
        self._triggers, self._names = sorted(triggers, key=lambda trigger: -len(trigger.pieces)), names

    def _in_a_row(self, words: list[str]) -> ToolCall | None:
        """'great, thanks': phrases of one tool after another; the last decides."""
        last: Trigger | None = None
        while words:
            fitting = (t for t in self._triggers if list(t.pieces) == words[: len(t.pieces)])
            found = next((t for t in fitting if last is None or t.tool == last.tool), None)
            if found is None:
                return None
            last, words = found, words[len(found.pieces) :]
        return ToolCall(tool=last.tool, arguments=last.fixed) if last else None


def _trigger(tool: str, pieces: tuple[str, ...], fixed: dict[str, Any]) -> Trigger:
    return Trigger(tool, pieces, fixed, frozenset(piece for piece in pieces if piece not in _SLOTS))


def _spoken(phrase: str, names: Names) -> list[tuple[str, dict[str, str]]]:
    """The phrase once for each name its slot stands for, with the argument; as it is where it has no such slot."""
    for slot in ("workflow", "source"):
        place = f"{{{slot}}}"
        if place in phrase:
            known = names.get(slot, {})
            return [(phrase.replace(place, said), {slot: name}) for said, name in known.items()]
    return [(phrase, {})]


def _pieces(phrase: str) -> tuple[str, ...]:
    pieces: list[str] = []
    for word in phrase.split():
        pieces += [word] if word in _SLOTS else phrase_key(word)
    return tuple(pieces)


def _fit(pieces: Sequence[str], message: Sequence[_Said]) -> dict[str, Any] | None:
    """The slots' values if the message says exactly the phrase, else None. Fillers at either end may be left over."""
    for first in range(len(message)):
        slots = _fit_from(pieces, message[first:])
        if slots is not None:
            return slots
        if not _is_polite(message[first].span):
            return None
    return None


def _fit_from(pieces: Sequence[str], message: Sequence[_Said]) -> dict[str, Any] | None:
    slots: dict[str, Any] = {}
    at = 0
    for said in message:
        if at < len(pieces) and pieces[at] in _SLOTS:
            filled = _filled(pieces[at], said.span)
            if filled is None:
                return None
            slots |= filled
            at += 1
        elif tuple(pieces[at : at + len(said.words)]) == said.words:
            at += len(said.words)
        elif at < len(pieces) or not _is_polite(said.span):
            return None
    return slots if at == len(pieces) else None


def _is_minus(sign: Span, number: Span) -> bool:
    return sign.text in _MINUS and number.kind == "number"


def _is_polite(span: Span) -> bool:
    return span.text.lower() in _POLITE


def _filled(slot: str, span: Span) -> dict[str, Any] | None:
    """The arguments that a span gives for a slot; None where it is of another kind."""
    if span.kind != _SLOTS[slot]:
        return None
    if slot == "{period}":
        return _days(span.value)
    if slot == "{platform}":
        return _platform(span.value)
    return {slot.strip("{}"): span.value.value if span.kind == "number" else span.value}


def _days(mention: Mention) -> dict[str, Any] | None:
    if mention.period is None:
        return None
    return {"start": mention.period.start.isoformat(), "end": mention.period.end.isoformat()}


def _platform(match: MemberMatch) -> dict[str, Any] | None:
    if match.dimension != "platform" or len(match.candidates) != 1:
        return None
    return {"platform": match.members[0]}
