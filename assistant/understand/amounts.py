"""Numbers in a question: 30, 1,200.50, 2.5k, $30, 5%, 3x, ten thousand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.lexicon import load_lexicon
from assistant.understand.tokens import Token, phrase_key

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)([kmx]?)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000, "x": 1}
_NUMBERS = load_lexicon().numbers
_WORDS = {phrase_key(words): value for words, value in _NUMBERS.words.items()}
_LONGEST = max(len(key) for key in _WORDS)
_FIRST_WORDS = frozenset(key[0] for key in _WORDS)


@dataclass(frozen=True)
class Amount:
    """``is_percent`` where a percent sign or word follows the number; ``value`` is the number as written."""

    value: float
    is_percent: bool = False


def read_amount(tokens: Sequence[Token], at: int) -> tuple[int, Amount] | None:
    """The amount that starts at a token and how many tokens it takes, or None."""
    signs = 1 if tokens[at].norm in _NUMBERS.money and at + 1 < len(tokens) else 0
    found = _value(tokens, at + signs)
    if found is None:
        return None
    length, value = found
    after = at + signs + length
    if _norm(tokens, after) in _NUMBERS.scales:
        value, after = value * _NUMBERS.scales[_norm(tokens, after)], after + 1
    if _norm(tokens, after) in _NUMBERS.percent:
        return after + 1 - at, Amount(value, is_percent=True)
    if _norm(tokens, after) in _NUMBERS.money:
        after += 1
    return after - at, Amount(value)


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if at < len(tokens) else ""


def _value(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    if tokens[at].norm in _FIRST_WORDS:
        return _in_words(tokens, at)
    match = _NUMBER.fullmatch(tokens[at].norm)
    if not match:
        return None
    digits, scale = match.groups()
    plain = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    return None if plain.count(".") > 1 else (1, float(plain) * _SCALE[scale])


def _in_words(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        key = tuple(token.norm for token in tokens[at : at + length])
        if key in _WORDS:
            return length, _WORDS[key]
    return None
