"""What the periods of a list or a comparison take from each other: 'Q1 and Q2 2024', 'May 2025 vs 2024'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.dates.mention import Mention
from assistant.dates.ordinary import ordinary
from assistant.dates.tokens import plain

Read = Callable[[str], list[Mention]]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Neighbours:
    """The mentions of ``text`` in order; ``read`` reads another text in the same way, without looking at neighbours."""

    text: str
    read: Read

    def settle(self, mentions: list[Mention]) -> list[Mention]:
        """Each mention with what its neighbour says about it, from right to left."""
        settled, tail = list(mentions), ""
        for at in range(len(mentions) - 2, -1, -1):
            left, right = settled[at], settled[at + 1]
            if not (left.period and right.period and self._joined(left, right)):
                tail = ""
                continue
            tail = tail or self._tail(right, beside=left)
            if left.comes_again:
                settled[at] = self._with_tail(left, tail) or left
            elif right.comes_again and (own := self._tail(left, beside=right)):
                settled[at + 1] = self._of_one_year(left, right, own)
            elif self._is_year(right) and not self._is_year(left):
                settled[at + 1] = self._in_year(left, right) or right
        return settled

    def _joined(self, left: Mention, right: Mention) -> bool:
        between = plain(" ".join(self.text[left.end : right.start].split()))
        return between in ordinary().list_joiners

    def _words(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end]

    def _one(self, words: str) -> Mention | None:
        """The mention that all of ``words`` make."""
        found = self.read(words)
        return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(words)) else None

    def _tail(self, mention: Mention, beside: Mention) -> str:
        """' 2024' of 'Q2 2024', ' of last week' of 'Tuesday of last week': what says which one is meant.

        None of 'May vs May last year', which names the same thing twice to tell two of them apart.
        """
        words = self._words(mention)
        for cut in _cuts(words):
            head, tail = words[:cut], words[cut:]
            if mention.comes_again and tail.split()[0].lower() not in ordinary().container_prepositions:
                continue
            part = self._one(head)
            if part and part.comes_again:
                return "" if plain(head) == plain(self._words(beside)) else tail
        return ""

    def _with_tail(self, mention: Mention, tail: str) -> Mention | None:
        whole = self._one(self._words(mention) + tail) if tail else None
        return replace(mention, period=whole.period, comes_again=False) if whole and whole.period else None

    def _of_one_year(self, left: Mention, right: Mention, tail: str) -> Mention:
        """'May 2024 vs June': June 2024 or the latest one?"""
        near = self._with_tail(right, tail)
        if not (near and near.period and left.period and right.period) or near.period.start < left.period.start:
            return right
        if near.period.start == right.period.start:
            return right
        words = self._words(right)
        return replace(right, period=None, problem=f"Which “{words}”: {near.period.start} or {right.period.start}?")

    def _is_year(self, mention: Mention) -> bool:
        return _YEAR.fullmatch(self._words(mention)) is not None

    def _in_year(self, left: Mention, right: Mention) -> Mention | None:
        """'Black Friday 2024 vs 2023': the same of another year, not all of it."""
        words, year = self._words(left), self._words(right)
        written = _YEAR.findall(words)
        whole = self._one(words.replace(written[0], year)) if len(set(written)) == 1 else None
        return replace(right, period=whole.period) if whole and whole.period else None


def _cuts(words: str) -> Iterator[int]:
    """Places of spaces, the last first."""
    return (found.start() for found in reversed(list(re.finditer(r"\s+", words))))
