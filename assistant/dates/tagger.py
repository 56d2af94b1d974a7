"""From tokens to lexemes: every meaning the lexicon has for a word, plus numbers, signs and likely typos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.dates.grammar import Lexeme
from assistant.dates.lexicon import Lexicon, Meaning, Number, lexicon
from assistant.dates.tokens import Token
from assistant.dates.typos import corrected

_SIGNS = {
    "-": "hyphen",
    "~": "hyphen",
    "/": "slash",
    ".": "dot",
    ",": "comma",
    "'": "apostrophe",
    "(": "open",
    ")": "close",
}
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2}|\d{4})|(\d{4})\.(\d{1,2})")  # may be a day or a month, '22.04' or '2025.06'


def tag(tokens: list[Token]) -> list[Lexeme]:
    """All lexemes of the tokens. A hyphen between words ('mid-June', '30-day') may belong to the word before it."""
    words = lexicon()
    found: list[Lexeme] = []
    for index, token in enumerate(tokens):
        for lexeme in _lexemes(tokens, index, token, words):
            found.append(lexeme)
            if _joined_by_hyphen(tokens, lexeme.end):
                found.append(Lexeme(lexeme.start, lexeme.end + 1, lexeme.category, lexeme.value))
    return found


def _lexemes(tokens: list[Token], index: int, token: Token, words: Lexicon) -> Iterator[Lexeme]:
    if token.kind == "digits" and len(token.text) <= 8:
        yield Lexeme(index, index + 1, "number", Number(int(token.text), len(token.text)))
    elif token.kind == "ordinal":
        number = "".join(c for c in token.text if c.isdigit())
        yield Lexeme(index, index + 1, "ordinal", Number(int(number), len(number)))
    elif token.kind == "amount" and (dotted := _DOTTED.fullmatch(token.text)):
        first, second = (group for group in dotted.groups() if group)
        yield Lexeme(index, index + 1, "dotted", (Number(int(first), len(first)), Number(int(second), len(second))))
    elif token.text in _SIGNS:
        yield Lexeme(index, index + 1, _SIGNS[token.text], token.text)
    for rest, meaning in words.entries.get(token.text) or corrected(tokens, index, words):
        end = _end_of_phrase(tokens, index + 1, rest)
        if end and _letter_touches(tokens, index, meaning):
            yield Lexeme(index, end, meaning.category, meaning.value)


def _end_of_phrase(tokens: list[Token], index: int, rest: tuple[str, ...]) -> int | None:
    """The place after the words ``rest``, hyphens between them allowed, or None where they don't follow."""
    for word in rest:
        if _joined_by_hyphen(tokens, index):
            index += 1
        if index >= len(tokens) or tokens[index].text != word:
            return None
        index += 1
    return index


def _joined_by_hyphen(tokens: list[Token], index: int) -> bool:
    """Whether a hyphen without spaces stands at ``index``, with a word on at least one side ('05-Aug', not '9-12')."""
    if not 0 < index < len(tokens) - 1 or tokens[index].text != "-":
        return False
    touching = tokens[index].touches and tokens[index + 1].touches
    return touching and "word" in (tokens[index - 1].kind, tokens[index + 1].kind)


def _letter_touches(tokens: list[Token], index: int, meaning: Meaning) -> bool:
    """'d' is a day only right behind a number ('30d')."""
    return meaning.category != "unit_letter" or (
        index > 0 and tokens[index].touches and tokens[index - 1].kind == "digits"
    )
