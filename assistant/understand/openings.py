"""How a message leans on the ones before, by its opening, its closing or as a whole: 'what about May?', 'back'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.understand.lexicon import load_lexicon
from assistant.understand.tokens import Token, tokenize
from assistant.understand.vocabulary import leaning_phrases

How = Literal["replace", "add", "correct", "remove"]
_CLOSED = load_lexicon().closed
_THANKS = load_lexicon().replies.thanks


@dataclass(frozen=True)
class Opening:
    """How a message opens (None: like a question of its own) and the text behind the opening words."""

    how: How | None
    rest: str


def read_opening(text: str) -> Opening:
    """'what about May?' -> replace, 'May?'; 'no, I meant clicks' -> correct, 'clicks'."""
    tokens = tokenize(text)
    how: How | None = None
    at = behind_politeness(tokens)
    removal = leaning_phrases("remove").match(tokens, at) if at < len(tokens) else None
    if removal and (at == 0 or removal[0] > 1) and removed_part(text[tokens[at].end :])[0]:
        return Opening("remove", text[tokens[at + removal[0] - 1].end :].strip())  # 'no comparison' removes one
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


def behind_politeness(tokens: list[Token]) -> int:
    """'thx, now the same for Google': where the first opening stands, if only polite words come before it."""
    for at, token in enumerate(tokens):
        if _opening_at(tokens, at):
            return at
        if token.norm.isalnum() and token.norm not in _CLOSED.polite and token.norm not in _THANKS:
            break
    return 0


def _closing(how: How | None, rest: str) -> Opening:
    """'roas instead', 'roas instead of spend', 'by device too': how a follow-up may end."""
    tokens = tokenize(rest)
    for at in range(1, len(tokens)):
        found = leaning_phrases("closing").match(tokens, at)
        if found:
            return Opening(found[1].value, rest[: tokens[at].start])
    return Opening(how, rest)


def asks_to_go_back(text: str) -> bool:
    """'back': the question before the last is asked again."""
    return _says_only(text, "back")


def topic_gone_back_to(text: str) -> str | None:
    """'back to spend by platform' -> 'spend by platform'."""
    tokens = tokenize(text)
    start = next((n for n, token in enumerate(tokens) if token.norm not in _CLOSED.polite), 0)
    found = leaning_phrases("back_to").match(tokens, start) if tokens else None
    at = start + found[0] if found else len(tokens)
    return text[tokens[at].start :] if at < len(tokens) else None


def asks_for_both(text: str) -> bool:
    """'both', 'compare them': the last two questions side by side."""
    return _says_only(text, "both")


def asks_what_changed(text: str) -> bool:
    """'so what changed?': from one of the last two questions to the other."""
    return _says_only(text, "moved")


def named_part(text: str) -> str | None:
    """'the period' in 'change the period to Q1': a part of the question by its kind, not its content."""
    tokens = tokenize(text)
    found = leaning_phrases("part_of_query").match(tokens, 0) if tokens else None
    return str(found[1].value) if found and found[0] == len(tokens) else None


def asks_for_the_whole(text: str) -> bool:
    """'in total', 'overall': without the breakdown."""
    return _says_only(text, "whole")


def _says_only(text: str, role: str) -> bool:
    tokens = [token for token in tokenize(text) if any(map(str.isalnum, token.norm))]  # "'s" is a part of 'what's'
    while tokens and tokens[0].norm in _CLOSED.polite and not leaning_phrases(role).match(tokens, 0):
        tokens = tokens[1:]
    found = leaning_phrases(role).match(tokens, 0) if tokens else None
    return found is not None and all(token.norm in _CLOSED.polite for token in tokens[found[0] :])


def asks_for_all(text: str) -> bool:
    """'show me all': without the limit."""
    return _says_only(text, "every_one")


def asks_afresh(text: str) -> str | None:
    """'start over' -> '', 'next question, spend in May' -> 'spend in May'; None for any other message."""
    tokens = tokenize(text)
    start = next((n for n, token in enumerate(tokens) if token.norm not in _CLOSED.polite), 0)
    found = leaning_phrases("afresh").match(tokens, start) if tokens else None
    if not found:
        return None
    rest = [token for token in tokens[start + found[0] :] if token.norm.isalnum()]
    said = [token for token in rest if token.norm not in _CLOSED.polite]
    return text[rest[0].start :] if said else ""


def removed_part(text: str) -> tuple[str | None, str]:
    """What 'drop the device filter' wants gone: filters, comparison, breakdown, limit … or None; and what names it."""
    parts = leaning_phrases("part_of_query")
    tokens = tokenize(text)
    for at in range(len(tokens)):
        found = parts.match(tokens, at)
        if found:
            end = tokens[at + found[0] - 1].end
            named = f"{text[: tokens[at].start]} {text[end:]}".strip(" ?!.")
            return str(found[1].value), named if any(char.isalnum() for char in named) else ""
    return None, ""


def _opening_at(tokens: list[Token], at: int) -> tuple[int, How] | None:
    found = leaning_phrases("follow").match(tokens, at)
    if found:
        return found[0], found[1].value
    removal = leaning_phrases("remove").match(tokens, at) if at == 0 else None
    return (removal[0], "remove") if removal else None
