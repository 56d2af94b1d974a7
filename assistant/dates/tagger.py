"""From tokens to lexemes: every meaning the lexicon has for a word, plus numbers, signs and likely typos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.dates.grammar import Lexeme
from assistant.dates.lexicon import Lexicon, Meaning, Number, lexicon
from assistant.dates.ordinary import ordinary
from assistant.dates.tokens import Token

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
_SHORTEST_TYPO = 5  # letters; shorter words are too near to each other
_LONG_ENOUGH = 6  # letters of a name that are hard to mistake


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
    elif token.text in _SIGNS:
        yield Lexeme(index, index + 1, _SIGNS[token.text], token.text)
    for rest, meaning in words.entries.get(token.text) or _corrected(token, words):
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


def _corrected(token: Token, words: Lexicon) -> list[tuple[tuple[str, ...], Meaning]]:
    if token.kind != "word" or len(token.text) < _SHORTEST_TYPO:
        return []
    name = nearest_name(token.text)
    return words.entries[name] if name else []


@lru_cache(maxsize=4096)
def nearest_name(word: str) -> str | None:
    """The month or weekday name a word is a typo of, where one is clearly nearest and it is no ordinary word."""
    from rapidfuzz.distance import OSA

    if ordinary().is_ordinary(word):
        return None
    near = sorted(
        (OSA.distance(word, name), month_or_day, name)
        for name, month_or_day in lexicon().names.items()
        if name[0] == word[0]
    )
    near = [entry for entry in near if entry[0] <= _allowed(word, entry[2])]
    if not near or any(entry[:2] == (near[0][0], entry[1]) and entry[1] != near[0][1] for entry in near):
        return None
    return near[0][2]


def _allowed(word: str, name: str) -> int:
    """Slips forgiven: one in six letters, two in eight; in a shorter name only its own letters, swapped or doubled."""
    if len(name) < _LONG_ENOUGH:
        return int(set(word) == set(name))
    return 2 if min(len(word), len(name)) >= 8 else 1
