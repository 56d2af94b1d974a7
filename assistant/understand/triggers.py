"""Phrases that call a tool by themselves: 'what is {metric}'. They stand in the tools' prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.understand.lexicon import load_lexicon
from assistant.understand.spans import Span
from assistant.understand.tokens import phrase_key
from prompts.library import ToolPrompt
from tools.base import ToolCall

_SLOTS = {"{metric}": "metric", "{other}": "metric", "{number}": "number", "{dimension}": "dimension"}
_POLITE = load_lexicon().closed.polite
_PUNCTUATION = frozenset("?!.,:;()\"'-–—…")


@dataclass(frozen=True)
class Trigger:
    """A phrase as words and slots, and the call it makes; ``fixed`` arguments come from the prompt's header."""

    tool: str
    pieces: tuple[str, ...]
    fixed: dict[str, Any]


@dataclass(frozen=True)
class _Said:
    """A span of the message and its words, split once for all the phrases it is held against."""

    span: Span
    words: tuple[str, ...]


class Triggers:
    """All tools' phrases. A phrase must be the whole message; polite words around it don't matter."""

    def __init__(self, prompts: Sequence[ToolPrompt]) -> None:
        self._triggers = [
            Trigger(prompt.name, _pieces(phrase), group.arguments)
            for prompt in prompts
            for group in prompt.triggers
            for phrase in group.phrases
        ]
        self._triggers.sort(key=lambda trigger: -len(trigger.pieces))

    def match(self, spans: Sequence[Span]) -> ToolCall | None:
        words = [_Said(span, phrase_key(span.text)) for span in spans if span.text not in _PUNCTUATION]
        for trigger in self._triggers:
            slots = _fit(trigger.pieces, words)
            if slots is not None:
                return ToolCall(tool=trigger.tool, arguments={**trigger.fixed, **slots})
        return self._in_a_row([word for said in words for word in said.words])

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
            if said.span.kind != _SLOTS[pieces[at]]:
                return None
            slots[pieces[at].strip("{}")] = _plain(said.span)
            at += 1
        elif tuple(pieces[at : at + len(said.words)]) == said.words:
            at += len(said.words)
        elif at < len(pieces) or not _is_polite(said.span):
            return None
    return slots if at == len(pieces) else None


def _is_polite(span: Span) -> bool:
    return span.text.lower() in _POLITE


def _plain(span: Span) -> Any:
    return span.value.value if span.kind == "number" else span.value
