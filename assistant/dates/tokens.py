"""A question as words, numbers and signs, each with its place in the text.

'L30D' is three tokens that touch; a name joined by underscores ('Q4_Sale') is one word that no lexicon holds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "digits", "ordinal", "amount", "sign"]

_LEXER = re.compile(
    r"(?P<name>\w*_\w*)"
    r"|(?P<amount>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<!\d\.)\d+\.\d+(?!\.?\d))"
    r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th|º|ª|er|ère|ème)(?![^\W\d_]))"
    r"|(?P<digits>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)
_KINDS: dict[str, Kind] = {"name": "word", "amount": "amount", "ordinal": "ordinal", "digits": "digits", "word": "word"}


@dataclass(frozen=True)
class Token:
    """``text`` is lower case without accents; ``touches``: no space between it and the token before."""

    text: str
    kind: Kind
    start: int
    end: int
    touches: bool


def tokenise(text: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _LEXER.finditer(text):
        kind = _KINDS.get(match.lastgroup or "", "sign")
        touches = bool(tokens) and tokens[-1].end == match.start()
        tokens.append(Token(plain(match.group()), kind, match.start(), match.end(), touches))
    return tokens


def plain(word: str) -> str:
    """Lower case, accents and typographic apostrophes and dashes made plain."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return bare.translate(_PLAIN_SIGNS)


_PLAIN_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "→": "-"})
