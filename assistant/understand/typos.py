"""Forgiving a misspelled word where one known word is clearly the nearest."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understand.vocabulary import Meaning, PhraseTable

SHORTEST = 4  # letters; shorter words are too easily turned into another


def nearest_phrase(phrases: PhraseTable, word: str) -> tuple[str, Meaning] | None:
    """The known word meant by a misspelled one, or None where none or several are near."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    allowed = 1 if len(word) <= 6 else 2
    found = process.extract(word, phrases.forgivable, scorer=OSA.distance, score_cutoff=allowed, limit=5)
    near = [(known, distance) for known, distance, _ in found if len(known) >= SHORTEST and word[0] in known[:2]]
    if not near:
        return None
    near = [(known, distance) for known, distance in near if not _is_too_far(word, known, distance, phrases)]
    if not near:
        return None
    nearest = [known for known, distance in near if distance == near[0][1]]
    nearest = [known for known in nearest if _is_left_of(word, known)] or nearest
    meanings = {(m.kind, str(m.value)) for m in (phrases.meanings[(known,)] for known in nearest)}
    return (nearest[0], phrases.meanings[(nearest[0],)]) if len(meanings) == 1 else None


def nearest_words(word: str, known: Collection[str]) -> list[str]:
    """Known words within a typo of an unknown one, the nearest first."""
    allowed = 1 if len(word) <= 6 else 2
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=3)
    return [name for name, _, _ in found if name[:1] == word[:1] and len(name) >= SHORTEST]


def _is_too_far(word: str, known: str, distance: float, phrases: PhraseTable) -> bool:
    """Short words turn into others by one letter, and a word that is dropped must not stand for one that counts."""
    is_filler = phrases.meanings[(known,)].kind == "filler"
    if is_filler and (len(word) < 6 or distance > 1):
        return True
    return len(word) <= SHORTEST and not (_is_left_of(word, known) or sorted(word) == sorted(known))


def _is_left_of(word: str, known: str) -> bool:
    """A letter left out or typed twice is the likelier slip: 'contry' is 'country' rather than 'contra'."""
    return _within(word, known) or _within(known, word)


def _within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
