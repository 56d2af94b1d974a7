"""Numbers in a question: 30, 1,200.50, 2.5k, $30, 5%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.tokens import Token

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)([km]?)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000}
_MONEY = frozenset("$€£¥")
_PERCENT = frozenset({"%", "percent", "pct", "per cent"})
_WORDS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(13),
        strict=True,
    )
)
_WORDS |= {"fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "fifty": 50, "hundred": 100, "thousand": 1000}


@dataclass(frozen=True)
class Amount:
    """``is_percent`` where a percent sign or word follows the number; ``value`` is the number as written."""

    value: float
    is_percent: bool = False


def read_amount(tokens: Sequence[Token], at: int) -> tuple[int, Amount] | None:
    """The amount that starts at a token and how many tokens it takes, or None."""
    signs = 1 if tokens[at].norm in _MONEY and at + 1 < len(tokens) else 0
    value = _value(tokens[at + signs].norm)
    if value is None:
        return None
    after = at + signs + 1
    if after < len(tokens) and tokens[after].norm in _PERCENT:
        return signs + 2, Amount(value, is_percent=True)
    if after < len(tokens) and tokens[after].norm in _MONEY:
        return signs + 2, Amount(value)
    return signs + 1, Amount(value)


def _value(word: str) -> float | None:
    if word in _WORDS:
        return float(_WORDS[word])
    match = _NUMBER.fullmatch(word)
    if not match:
        return None
    digits, scale = match.groups()
    plain = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    return None if plain.count(".") > 1 else float(plain) * _SCALE[scale]
