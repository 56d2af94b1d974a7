"""Words -> spans. At each place the longest meaning wins: a date, a member's name, a phrase of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.dates import Calendar, Mention, find_mentions
from assistant.understand.amounts import read_amount
from assistant.understand.members import MemberIndex
from assistant.understand.spans import PartMatch, Span
from assistant.understand.tokens import Token, tokenize
from assistant.understand.typos import nearest_phrase
from assistant.understand.vocabulary import Meaning, PhraseTable

LONGEST_GUESS = 3  # words read together as one misspelled or shortened name
_QUOTES = {'"': '"', "'": "'", "`": "`"}
_US_THE_COUNTRY_AFTER = frozenset({"in", "the", "from", "only", "vs", "except", "excluding"})


@dataclass(frozen=True)
class Candidate:
    """One way to read the next ``length`` tokens; of equally long ones the greatest ``precedence`` wins."""

    length: int
    precedence: int
    kind: str
    value: Any
    reading: str = ""


@dataclass(frozen=True)
class Tagger:
    """Tags messages against the fixed phrases and the members of one catalogue."""

    phrases: PhraseTable
    members: MemberIndex

    def tag(self, text: str, calendar: Calendar) -> list[Span]:
        """Spans in text order; every token is in exactly one."""
        tokens = tokenize(text)
        mentions = _by_first_token(tokens, find_mentions(text, calendar))
        spans: list[Span] = []
        at = 0
        while at < len(tokens):
            best = self._best(tokens, at, mentions)
            last = tokens[at + best.length - 1]
            start = tokens[at].start
            spans.append(Span(best.kind, best.value, text[start : last.end], start, last.end, best.reading))
            at += best.length
        return spans

    def _best(self, tokens: Sequence[Token], at: int, mentions: dict[int, tuple[int, Mention]]) -> Candidate:
        certain = [*self._quoted(tokens, at), *self._dates(at, mentions), *self._members(tokens, at)]
        certain += [*self._phrases(tokens, at), *self._amounts(tokens, at)]
        if certain:
            return max(certain, key=lambda c: (c.length, c.precedence))
        return self._guess(tokens, at)

    def _quoted(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        """A name in quotation marks is a member or nothing."""
        closing = _QUOTES.get(tokens[at].norm)
        ends = [n for n in range(at + 2, len(tokens)) if tokens[n].norm == closing]
        if not closing or not ends:
            return
        inside = tokens[at + 1 : ends[0]]
        found = self.members.exact(inside, 0)
        if found and found[0] == len(inside):
            yield Candidate(len(inside) + 2, 9, "part" if isinstance(found[1], PartMatch) else "member", found[1])
        elif tokens[at].norm == '"':
            yield Candidate(len(inside) + 2, 9, "unknown", None)

    def _dates(self, at: int, mentions: dict[int, tuple[int, Mention]]) -> Iterator[Candidate]:
        if at in mentions:
            length, mention = mentions[at]
            yield Candidate(length, 4, "period", mention)

    def _members(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        found = self.members.exact(tokens, at)
        short = found is not None and found[0] == 1 and len(tokens[at].norm) <= 2 and tokens[at].text.islower()
        if found is None and tokens[at].norm == "us" and at and tokens[at - 1].norm in _US_THE_COUNTRY_AFTER:
            found = self.members.exact([replace(tokens[at], text="US")], 0)
        if found:
            kind = "part" if isinstance(found[1], PartMatch) else "member"
            yield Candidate(found[0], 0 if short else 2, kind, found[1])

    def _phrases(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        found = self.phrases.match(tokens, at)
        if found:
            length, meaning = found
            yield Candidate(length, _precedence(meaning), meaning.kind, meaning.value)

    def _amounts(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        found = read_amount(tokens, at)
        if found:
            yield Candidate(found[0], 3, "number", found[1])

    def _guess(self, tokens: Sequence[Token], at: int) -> Candidate:
        """A word that means nothing as it stands: part of a name, a typo, or unknown."""
        phrase = nearest_phrase(self.phrases, tokens[at].norm)
        loose = self.members.loose(self._meaningless(tokens, at))
        if loose and (phrase is None or loose[0] > 1 or not loose[1].is_certain):
            length, match = loose
            said = " ".join(token.text for token in tokens[at : at + length])
            reading = f"“{said}” read as {match.members[0]}" if match.is_certain else ""
            return Candidate(length, 0, "member", match, reading)
        if phrase:
            word, meaning = phrase
            reading = "" if meaning.kind == "filler" else f"“{tokens[at].text}” read as {word}"
            return Candidate(1, 0, meaning.kind, meaning.value, reading)
        return Candidate(1, 0, "unknown", None)

    def _meaningless(self, tokens: Sequence[Token], at: int) -> Sequence[Token]:
        """The next words, up to the first that means something by itself."""
        end = at + 1
        while end < min(at + LONGEST_GUESS, len(tokens)) and not self.phrases.match(tokens, end):
            end += 1
        return tokens[at:end]


def _precedence(meaning: Meaning) -> int:
    """A filler gives way to a member of the same length; 'month over month' is ours even where dates know it too."""
    return {"filler": 1, "periodwise": 5}.get(meaning.kind, 3)


def _by_first_token(tokens: Sequence[Token], mentions: Sequence[Mention]) -> dict[int, tuple[int, Mention]]:
    """Date mentions by the token they start at, with their length in tokens."""
    found: dict[int, tuple[int, Mention]] = {}
    for mention in mentions:
        inside = [n for n, token in enumerate(tokens) if token.start < mention.end and token.end > mention.start]
        if inside:
            found[inside[0]] = (len(inside), mention)
    return found
