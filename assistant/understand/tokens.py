"""A message as tokens: words, numbers and signs, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

# '_' and an inner '-' part words, so that 'Brand_Search', 'brand-search' and 'brand search' read alike.
_TOKEN = re.compile(
    r"""
      \d+(?:[.,]\d+)*(?:[kKmM](?![^\W\d_]))?(?![^\W_])   # numbers with their marks: 1,200.50 and 2.5k
    | (?:[^\W\d_]\.){2,}                                # dotted initials: u.s.
    | ['’´][sS](?!\w)                                   # a possessive ending
    | [^\W_]+(?:['’´](?![sS](?!\w))[^\W\d_]+)*            # words: letters and digits
    | [<>=!]=|=[<>]
    | (?P<inner_hyphen>(?<=[^\W_])-(?=[^\W_]))
    | [^\w\s]
    """,
    re.VERBOSE,
)
_STRAIGHT = str.maketrans({"’": "'", "´": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


@dataclass(frozen=True)
class Token:
    """``norm`` is what phrases are compared by; ``start`` and ``end`` are places in the message."""

    norm: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Every visible character of the text is in exactly one token, apart from '_' and inner hyphens."""
    found = (match for match in _TOKEN.finditer(text) if match.lastgroup != "inner_hyphen")
    return [Token(normalize_word(m.group()), m.group(), m.start(), m.end()) for m in found]


def normalize_word(word: str) -> str:
    return word.translate(_STRAIGHT).casefold()


def phrase_key(phrase: str) -> tuple[str, ...]:
    """A phrase as the tokens a message would have for it."""
    return tuple(token.norm for token in tokenize(phrase))
