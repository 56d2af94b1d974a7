"""How names are compared: the headers of a file, and the spellings of platforms, countries and devices."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = str.maketrans({"[": "(", "]": ")", "’": "'", "‘": "'", "–": "-", "—": "-", "\ufeff": None})
_WRONG_READINGS = ("cp1252", "mac_roman", "latin-1")  # what UTF-8 is mistaken for


def normal(text: str) -> str:
    """No case, underscores and runs of blanks as one space."""
    return " ".join(text.replace("_", " ").split()).casefold()


@lru_cache(maxsize=10_000)
def comparable(header: str) -> str:
    """A header without what differs from one export to the next: case, accents, width, brackets, blanks."""
    folded = unicodedata.normalize("NFKD", repaired(header).translate(_SAME))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return normal(re.sub(r"\s*\(\s*", " (", bare))


def repaired(name: str) -> str:
    """``Día`` for ``DÃ­a``: a UTF-8 name that was read as something else. Other names stay as they are."""
    for encoding in _WRONG_READINGS:
        try:
            read = _bytes(name, encoding).decode("utf-8")
        except UnicodeError:
            continue
        if read != name:
            return read
    return name


def _bytes(name: str, encoding: str) -> bytes:
    """Windows-1252 leaves five bytes undefined, which most programs pass on as they are."""
    return b"".join(char.encode("latin-1" if "\x80" <= char < "\xa0" else encoding) for char in name)


def spellings(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Every accepted spelling, in normal form, with the name it stands for; a name stands for itself."""
    return {normal(text): name for name, others in names.items() for text in (name, *others)}
