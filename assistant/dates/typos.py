"""Slips in date words: months and weekdays anywhere, units only where a quantity or 'last' stands before them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from assistant.dates.lexicon import Lexicon, Meaning, lexicon
from assistant.dates.ordinary import ordinary
from assistant.dates.tokens import Token

_SHORTEST_TYPO = 5  # letters; shorter words are too near to each other
_SHORTEST_UNIT = 4
_LONG_ENOUGH = 6  # letters of a name that are hard to mistake
_BEFORE_UNITS = {"number", "last", "previous", "this", "recent", "vague"}


def corrected(tokens: list[Token], index: int, words: Lexicon) -> list[tuple[tuple[str, ...], Meaning]]:
    """The meanings of the word that was meant, [] where none is clearly nearest."""
    word = tokens[index]
    if word.kind != "word" or not word.text.isalpha():
        return []
    name = nearest_name(word.text) if len(word.text) >= _SHORTEST_TYPO else None
    if name is None and len(word.text) >= _SHORTEST_UNIT and _is_counted(tokens[index - 1] if index else None, words):
        name = _nearest_unit(word.text)
    return words.entries[name] if name else []


def _is_counted(before: Token | None, words: Lexicon) -> bool:
    """'last 3 moths', 'past weeek'; moths elsewhere are moths."""
    if before is None:
        return False
    meanings = words.entries.get(before.text, [])
    return before.kind == "digits" or any(not rest and m.category in _BEFORE_UNITS for rest, m in meanings)


@lru_cache(maxsize=4096)
def leans_on_a_unit(word: str) -> bool:
    """'last', 'this': words of dates that are no slips of others, also where the unit behind them is misspelled."""
    meanings = lexicon().entries.get(word, [])
    return any(not rest and m.category in _BEFORE_UNITS - {"number"} for rest, m in meanings)


@lru_cache(maxsize=4096)
def nearest_name(word: str) -> str | None:
    """The month, weekday or day name a word is a typo of, where one is clearly nearest and it is no ordinary word."""
    return None if ordinary().is_ordinary(word) else _nearest(word, lexicon().names, _allowed)


@lru_cache(maxsize=4096)
def _nearest_unit(word: str) -> str | None:
    return _nearest(word, lexicon().unit_names, _allowed_in_units)


def _nearest(word: str, names: dict[str, str], allowed: Callable[[str, str], int]) -> str | None:
    from rapidfuzz.distance import OSA

    near = sorted((OSA.distance(word, name), key, name) for name, key in names.items() if name[0] == word[0])
    near = [entry for entry in near if entry[0] <= allowed(word, entry[2])]
    if not near or any(entry[0] == near[0][0] and entry[1] != near[0][1] for entry in near):
        return None
    return near[0][2]


def _allowed_in_units(word: str, name: str) -> int:
    """Behind 'last' or a number one slip is forgiven in five letters too: 'last moth', 'last 3 weeka'."""
    return max(_allowed(word, name), int(len(name) >= _LONG_ENOUGH - 1))


def _allowed(word: str, name: str) -> int:
    """Slips forgiven: one in six letters, two in eight; in a shorter name only its own letters, swapped or doubled."""
    if len(name) < _LONG_ENOUGH:
        return 2 if set(word) == set(name) and abs(len(word) - len(name)) <= 1 else 0
    shorter, longer = sorted((len(word), len(name)))
    return 2 if shorter >= 8 or (shorter == 7 and longer >= 9) else 1
