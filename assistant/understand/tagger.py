"""Words -> spans. At each place the longest meaning wins: a date, a member's name, a phrase of the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assistant.dates import Calendar, Mention, find_mentions, leans_on_a_unit
from assistant.understand.amounts import read_amount
from assistant.understand.lettered import lettered
from assistant.understand.lexicon import load_lexicon
from assistant.understand.members import MemberIndex
from assistant.understand.spans import MemberMatch, PartMatch, Span
from assistant.understand.tokens import Token, tokenize
from assistant.understand.typos import nearest_phrase, nearest_words
from assistant.understand.vocabulary import Meaning, PhraseTable

SHORTEST_PART = 5  # letters of a misspelled word of a longer phrase
LONGEST_GUESS = 3  # words read together as one misspelled or shortened name
_QUOTES = {'"': '"', "'": "'", "`": "`"}
_CLOSED = load_lexicon().closed
_NUMBERED = re.compile(r"(\w*?[^\W\d_])(?:\d+|(?<=[a-z])[A-Z])")  # 'campaign7', 'AcctD'
_DECORATION = frozenset({"So", "Sk", "Cf", "Mn", "Me"})  # emojis and what modifies them


@dataclass(frozen=True)
class Candidate:
    """One way to read the next ``length`` tokens; of equally long ones the greatest ``precedence`` wins."""

    length: int
    precedence: int
    kind: str
    value: Any
    reading: str = ""


@dataclass(frozen=True)
class Words:
    """The tokens of one message, and the date phrases in it by the token they start at, with their length."""

    tokens: Sequence[Token]
    dates: dict[int, tuple[int, Mention]]

    @classmethod
    def of(cls, text: str, calendar: Calendar) -> Words:
        tokens = [part for token in tokenize(text) for part in _apart(token)]
        if text.isupper():  # then capitals don't tell the country IN from 'in'
            tokens = [replace(token, text=token.text.lower()) for token in tokens]
        dates: dict[int, tuple[int, Mention]] = {}
        for mention in find_mentions(text, calendar):
            inside = [n for n, token in enumerate(tokens) if token.start < mention.end and token.end > mention.start]
            if inside:
                dates[inside[0]] = (len(inside), mention)
        return cls(tokens, dates)

    def from_token(self, at: int, text: str, calendar: Calendar) -> Words:
        """The same words, with the date phrases found anew from a token on."""
        start = self.tokens[at].start if at < len(self.tokens) else len(text)
        dates: dict[int, tuple[int, Mention]] = {}
        for found in find_mentions(text[start:], calendar):
            first, last = found.start + start, found.end + start
            inside = [n for n, token in enumerate(self.tokens) if token.start < last and token.end > first]
            if inside:
                dates[inside[0]] = (len(inside), replace(found, start=first, end=last))
        return Words(self.tokens, dates)


@dataclass(frozen=True)
class Tagger:
    """Tags messages against the fixed phrases and the members of one catalogue."""

    phrases: PhraseTable
    members: MemberIndex

    def tag(self, text: str, calendar: Calendar) -> list[Span]:
        """Spans in text order; every token is in exactly one."""
        words = self._spelled(Words.of(text, calendar))
        spans: list[Span] = []
        at = 0
        while at < len(words.tokens):
            if (
                spans
                and spans[-1].kind == "comparator"
                and at in words.dates
                and self._is_a_limit(words, at, spans[-1])
            ):
                words = words.from_token(at + 1, text, calendar)
            best = self._best(words, at)
            start, end = words.tokens[at].start, words.tokens[at + best.length - 1].end
            spans.append(Span(best.kind, best.value, text[start:end], start, end, best.reading))
            cuts = any(at < begun < at + best.length < begun + length for begun, (length, _) in words.dates.items())
            at += best.length
            if cuts:  # 'row as last month': what is left of a date phrase may be one
                words = words.from_token(at, text, calendar)
        return lettered(spans, text)

    def _is_a_limit(self, words: Words, at: int, before: Span) -> bool:
        """'above 3 last month', 'abve three last quarter': the number is the limit; 'over 3 months' is a period."""
        compares = before.kind == "comparator" and before.text.lower() != "over"
        return compares and read_amount(words.tokens, at) is not None

    def _spelled(self, words: Words) -> Words:
        """Misspelled words that make a longer phrase or name with their neighbours: 'cusyomer acquisition cost'."""
        tokens = list(words.tokens)
        dated = {n for begun, (length, _) in words.dates.items() for n in range(begun, begun + length)}
        for at, token in enumerate(tokens):
            if len(token.norm) < SHORTEST_PART or at in dated or self._is_known(token.norm):
                continue
            for known in nearest_words(token.norm, self.known_words):
                corrected = [*tokens[:at], replace(token, norm=known), *tokens[at + 1 :]]
                if self._makes_a_longer_phrase(corrected, at):
                    tokens = corrected
                    break
        return Words(tokens, words.dates)

    def _is_known(self, word: str) -> bool:
        return word in self.known_words or self.members.knows(word) or not word.isalpha()

    def _makes_a_longer_phrase(self, tokens: Sequence[Token], at: int) -> bool:
        for start in range(max(0, at - LONGEST_GUESS), at + 1):
            for found in (self.phrases.match(tokens, start), self.members.exact(tokens, start)):
                if found and found[0] > 1 and start <= at < start + found[0]:
                    return True
        return False

    @cached_property
    def known_words(self) -> frozenset[str]:
        return frozenset(word for key in self.phrases.meanings for word in key) | self.members.alias_words

    def _best(self, words: Words, at: int) -> Candidate:
        certain = [*self._quoted(words.tokens, at), *self._dates(words, at), *self._members(words.tokens, at)]
        certain += [*self._phrases(words.tokens, at), *self._amounts(words.tokens, at)]
        if not certain:
            return self._guess(words, at)
        best = max(certain, key=lambda c: (c.length, c.precedence))
        if best.length == 1 and words.tokens[at].norm in _CLOSED.verb_or_name:
            return self._verb_or_name(words.tokens, at)
        return self._longer_name(words, at, best) if best.kind == "member" else best

    # -- what words certainly are ------------------------------------------------------------------------------------
    def _quoted(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        """A name in quotation marks is a member or nothing."""
        closing = _QUOTES.get(tokens[at].norm)
        ends = [n for n in range(at + 2, len(tokens)) if tokens[n].norm == closing]
        if not closing or not ends:
            return
        inside = tokens[at + 1 : ends[0]]
        found = self.members.exact(inside, 0)
        if found and found[0] == len(inside):
            yield Candidate(len(inside) + 2, 9, _kind_of(found[1]), found[1])
        elif tokens[at].norm == '"':
            yield Candidate(len(inside) + 2, 9, "unknown", None)

    def _dates(self, words: Words, at: int) -> Iterator[Candidate]:
        if at in words.dates and not self._is_named_like_a_date(words, at):
            length, mention = words.dates[at]
            yield Candidate(length, 4, "period", mention)

    def _is_named_like_a_date(self, words: Words, at: int) -> bool:
        """'the Black Friday campaign', where one is called so."""
        end = at + words.dates[at][0]
        names = [(start, self.members.exact(words.tokens, start)) for start in (at, at + 1) if start < end]
        return any(
            start + found[0] == end and self._is_introduced(words.tokens, start, found)
            for start, found in names
            if found
        )

    def _members(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        found = self.members.exact(tokens, at)
        short = found is not None and found[0] == 1 and len(tokens[at].norm) <= 2 and tokens[at].text.islower()
        short = short and not (at and tokens[at - 1].norm in _CLOSED.listing)  # 'us and de'
        if found is None and at and tokens[at - 1].norm == "in" and tokens[at].norm in _CLOSED.codes_after_in:
            found = self.members.exact([replace(tokens[at], text=tokens[at].text.upper())], 0)
        if found is None and tokens[at].norm == "us" and not (at and tokens[at - 1].norm in _CLOSED.people_after):
            found = self.members.exact([replace(tokens[at], text="US")], 0)
        if found:
            is_group = isinstance(found[1], MemberMatch) and found[1].is_group  # 'weekends', not the last one
            surely = is_group or self._is_introduced(tokens, at, found)
            yield Candidate(found[0], 0 if short else 5 if surely else 2, _kind_of(found[1]), found[1])

    def _is_introduced(self, tokens: Sequence[Token], at: int, found: tuple[int, MemberMatch | PartMatch]) -> bool:
        """'the Black Friday campaign': the word beside a name says of what it is, so that it is no date."""
        length, match = found
        if not isinstance(match, MemberMatch):
            return False
        beside = [place for place in (at - 1, at + length) if 0 <= place < len(tokens)]
        named = [self.phrases.match(tokens, place) for place in beside]
        return any(phrase[1].kind == "dimension" and phrase[1].value == match.dimension for phrase in named if phrase)

    def _phrases(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        found = self.phrases.match(tokens, at)
        if found:
            length, meaning = found
            if (
                length > 1
                and tokens[at].norm == "or"
                and at + length < len(tokens)
                and tokens[at + length].norm == "than"
            ):
                length, meaning = self.phrases.match(tokens[: at + 1], at) or found  # 'or more than' is no 'or more'
            yield Candidate(length, _precedence(meaning), meaning.kind, meaning.value)

    def _amounts(self, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
        found = read_amount(tokens, at)
        if found:
            yield Candidate(found[0], 3, "number", found[1])

    def _verb_or_name(self, tokens: Sequence[Token], at: int) -> Candidate:
        """'please display spend' shows it; 'Google display spend' is a campaign's; 'display spend' may be both."""
        named = self.members.exact(tokens[at : at + 1], 0) or self.members.loose(tokens[at : at + 1])
        lead, before, after = (tokens[n].norm if 0 <= n < len(tokens) else "" for n in (at - 2, at - 1, at + 1))
        shown = lead in _CLOSED.verb_said  # 'show me display'
        if (before in _CLOSED.verb_after and not shown) or after in _CLOSED.verb_before:
            return Candidate(1, 0, "filler", None)
        opens = all(token.norm in _CLOSED.polite - _CLOSED.verb_said for token in tokens[:at])
        if opens and after and after not in _CLOSED.name_before:
            return Candidate(1, 0, "verb_or_name", named[1]) if named else Candidate(1, 0, "filler", None)
        if named and isinstance(named[1], MemberMatch):
            return _named(tokens, at, (1, named[1]))
        return Candidate(1, 0, "unknown", None)

    # -- what they may be --------------------------------------------------------------------------------------------
    def _guess(self, words: Words, at: int) -> Candidate:
        """A word that means nothing as it stands: part of a name, a typo, or unknown."""
        token = words.tokens[at]
        if len(token.norm) == 1 and unicodedata.category(token.norm) in _DECORATION:
            return Candidate(1, 0, "filler", None)
        unheard = self._unheard(token)
        if unheard:
            return Candidate(1, 0, "member", unheard)
        phrase = None if leans_on_a_unit(token.norm) else nearest_phrase(self.phrases, token.norm)
        loose = self.members.loose([token, *self._meaningless(words, at + 1)])
        if loose and (phrase is None or loose[0] > 1 or not loose[1].is_certain):
            return _named(words.tokens, at, loose)
        if phrase:
            word, meaning = phrase
            reading = "" if meaning.kind == "filler" else f"“{token.text}” read as {word}"
            return Candidate(1, 0, meaning.kind, meaning.value, reading)
        return Candidate(1, 0, "unknown", None)

    def _unheard(self, token: Token) -> MemberMatch | None:
        """A name made like those of members, none of which it is: 'AcctD', 'campaign7'. Never a typo of a dimension."""
        made_alike = self.members.numbered(token.text)
        named = _NUMBERED.fullmatch(token.text)
        meaning = self.phrases.meanings.get((named.group(1).lower(),)) if named else None
        if made_alike:
            return MemberMatch(((made_alike, token.text),), absent=token.text)
        if meaning and meaning.kind == "dimension":
            return MemberMatch(((meaning.value, token.text),), absent=token.text)
        return None

    def _longer_name(self, words: Words, at: int, best: Candidate) -> Candidate:
        """'Prospecting lookalik' is not the campaign Prospecting and an unknown word."""
        behind = self._meaningless(words, at + best.length)
        loose = self.members.loose([*words.tokens[at : at + best.length], *behind]) if behind else None
        if loose is None or loose[0] <= best.length or getattr(best.value, "candidates", ()) == loose[1].candidates:
            return best
        return _named(words.tokens, at, loose)

    def _meaningless(self, words: Words, at: int) -> Sequence[Token]:
        """The next words, up to the first that means something by itself."""
        end = at
        while end < min(at + LONGEST_GUESS - 1, len(words.tokens)) and not self._means_something(words, end):
            end += 1
        return words.tokens[at:end]

    def _means_something(self, words: Words, at: int) -> bool:
        known = self.phrases.match(words.tokens, at) or self.members.exact(words.tokens, at)
        return at in words.dates or known is not None or read_amount(words.tokens, at) is not None


def _apart(token: Token) -> tuple[Token, ...]:
    """'nonbrand' as 'non' and 'brand'."""
    if not token.norm.startswith("non") or len(token.norm) < 7:
        return (token,)
    at = token.start + 3
    return Token("non", token.text[:3], token.start, at), Token(token.norm[3:], token.text[3:], at, token.end)


def _named(tokens: Sequence[Token], at: int, loose: tuple[int, MemberMatch]) -> Candidate:
    length, match = loose
    said = " ".join(token.text for token in tokens[at : at + length])
    reading = f"“{said}” read as {match.members[0]}" if match.is_certain else ""
    return Candidate(length, 0, "member", match, reading)


def _kind_of(match: MemberMatch | PartMatch) -> str:
    return "part" if isinstance(match, PartMatch) else "member"


def _precedence(meaning: Meaning) -> int:
    """A filler gives way to a member of the same length; 'month by month' is ours even where dates know it too."""
    return {"filler": 1, "periodwise": 5, "rhythm": 5}.get(meaning.kind, 3)
