"""Finding members of dimensions in a message, as people write them.

In order: the exact name, an alias or group, the name written without its separators, a word that occurs in names, a
typo close to one name. Nothing is chosen silently: several candidates are all returned.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from assistant.understand.lexicon import load_lexicon
from assistant.understand.spans import MemberMatch, PartMatch
from assistant.understand.tokens import Token, phrase_key
from kpi.catalogue import Catalogue
from kpi.semantic import Dimension, SemanticModel
from kpi.warehouse import NOT_REPORTED

LONGEST_NAME = 12  # words looked at for one member
TYPO_SCORE = 84  # rapidfuzz ratio (0 to 100) from which a name counts as meant
TYPO_LEAD = 4  # by how much the nearest must beat the second nearest
SHORT_WORDS = load_lexicon().closed.short_words  # names only where they are written in capitals
_ABBREVIATIONS = load_lexicon().abbreviations.words
_PIECE = re.compile(r"(?:(?<=[a-z])[A-Z]|\d+)$")  # what tells names like AcctA, Account2 apart
NAMED_FREELY = ("campaign", "ad_group", "ad", "account")  # free names: single words of them may be said alone

Pair = tuple[str, str]


class MemberIndex:
    """Lookup tables over one catalogue; built once a data version."""

    def __init__(self, model: SemanticModel, catalogue: Catalogue) -> None:
        self._names: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
        self._aliases: set[tuple[str, ...]] = set()
        self._absent: dict[tuple[str, ...], Pair] = {}
        self._groups: dict[tuple[str, ...], MemberMatch] = {}
        self._parts: dict[tuple[str, ...], PartMatch] = {}
        self._squashed: dict[str, list[Pair]] = defaultdict(list)
        self._by_word: dict[str, list[Pair]] = defaultdict(list)
        grouped = {group.split_by for d in model.dimensions.values() for group in d.groups.values()}
        for dimension in model.dimensions.values():
            if dimension.name not in grouped:  # its members are the groups: 'weekend' names the days
                self._add_loaded(dimension.name, catalogue.members[dimension.name])
            present = set(dimension.members) if catalogue.is_empty else set(catalogue.members[dimension.name])
            self._add_known(dimension, present)
        self._stems = _stems(catalogue)
        self._typo_names = [name for name in self._squashed if len(name) >= 4]

    def exact(self, tokens: Sequence[Token], at: int) -> tuple[int, MemberMatch | PartMatch] | None:
        """The longest name, alias, group or part that starts at a token."""
        for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            found = self._look_up(tokens[at : at + length])
            if found:
                return length, found
        return None

    def loose(self, tokens: Sequence[Token]) -> tuple[int, MemberMatch] | None:
        """A word of some names, or the name nearest to the leading words; for words that mean nothing else."""
        for length in range(len(tokens), 0, -1):
            words = [token.norm for token in tokens[:length]]
            group = self._nearest_group("".join(words))
            if group:
                return length, group
            found = self._sharing(words) or self._nearest("".join(words))
            if found:
                return length, MemberMatch(tuple(found))
        return self._abbreviated(tokens[0]) if tokens else None

    def _abbreviated(self, token: Token) -> tuple[int, MemberMatch] | None:
        """'pmax' for Performance_Max."""
        words = phrase_key(_ABBREVIATIONS.get(token.norm, ""))
        found = words and (self._squashed.get("".join(words), []) or self._sharing(words))
        return (1, MemberMatch(tuple(found))) if found else None

    def numbered(self, word: str) -> str | None:
        """The dimension of a word made like names of its members: 'AcctD' beside AcctA and AcctB."""
        for (stem, by_number), dimension in self._stems.items():
            tail = word[len(stem) :]
            is_letter = len(tail) == 1 and tail.isalpha() and tail != "s"  # 's' makes a plural
            if word.lower().startswith(stem) and (tail.isdecimal() if by_number else is_letter):
                return dimension
        return None

    def knows(self, word: str) -> bool:
        """Whether the word occurs in a name that is loaded."""
        return word in self._by_word or (word,) in self._names

    @cached_property
    def alias_words(self) -> frozenset[str]:
        """Every word of an alias, a group or a part: not of the thousands of names that may be loaded."""
        keys = (*self._aliases, *self._groups, *self._parts, *self._absent)
        return frozenset(word for key in keys for word in key)

    def suggestions(self, text: str, count: int = 3) -> list[Pair]:
        """The loaded names most like a text, for 'did you mean'."""
        if len(text) < 3:
            return []
        found = process.extract("".join(phrase_key(text)), list(self._squashed), scorer=fuzz.ratio, limit=count)
        return [self._squashed[name][0] for name, score, _ in found if score >= 65]

    def _look_up(self, tokens: Sequence[Token]) -> MemberMatch | PartMatch | None:
        key = tuple(token.norm for token in tokens)
        if len(key) == 1 and key[0] in SHORT_WORDS and not tokens[0].text.isupper():
            return None
        if key in self._groups:
            return self._groups[key]
        if key in self._names:
            return MemberMatch(tuple(self._names[key]))
        if key in self._parts:
            return self._parts[key]
        squashed = "".join(key)
        if len(squashed) >= 4 and squashed in self._squashed:
            return MemberMatch(tuple(self._squashed[squashed]))
        if key in self._absent:
            dimension, member = self._absent[key]
            return MemberMatch(((dimension, member),), absent=member)
        return None

    def _sharing(self, words: Sequence[str]) -> list[Pair]:
        if any(len(word) < 3 for word in words):
            return []
        shared = set(self._by_word.get(words[0], ()))
        for word in words[1:]:
            shared &= set(self._by_word.get(word, ()))
        return sorted(shared)

    def _nearest_group(self, word: str) -> MemberMatch | None:
        if len(word) < 5:
            return None
        names = {"".join(key): key for key in self._groups}
        found = process.extractOne(word, list(names), scorer=fuzz.ratio, score_cutoff=TYPO_SCORE)
        return self._groups[names[found[0]]] if found else None

    def _nearest(self, word: str) -> list[Pair]:
        if len(word) < 4:
            return []
        found = process.extract(word, self._typo_names, scorer=fuzz.ratio, limit=2, score_cutoff=TYPO_SCORE)
        found = [one for one in found if _digits(one[0]) == _digits(word)]  # a number tells names apart
        if not found or (len(found) == 2 and found[0][1] - found[1][1] < TYPO_LEAD):
            return []
        return self._squashed[found[0][0]]

    def _add_loaded(self, dimension: str, members: Iterable[str]) -> None:
        for member in members:
            key = phrase_key(member) if member != NOT_REPORTED else ("not", "reported")
            pair = (dimension, member)
            self._names[key].append(pair)
            self._squashed["".join(key)].append(pair)
            if dimension in NAMED_FREELY and (last := _PIECE.search(member)) and member != last.group():
                self._names[(dimension, last.group().lower())].append(pair)  # 'account B' for AcctB
            if dimension in NAMED_FREELY and len(key) > 1 and member != NOT_REPORTED:
                for word in set(key):
                    self._by_word[word].append(pair)

    def _add_known(self, dimension: Dimension, loaded: set[str]) -> None:
        for name, member in dimension.members.items():
            for alias in (name, *member.aliases):
                self._add_alias(phrase_key(alias), (dimension.name, name), name in loaded)
            for part in member.parts:
                self._parts[phrase_key(part)] = PartMatch(dimension.name, name, part, name in loaded)
        for group in dimension.groups.values():
            match = MemberMatch(
                tuple((dimension.name, m) for m in group.members), is_group=True, split_by=group.split_by
            )
            self._groups.update({phrase_key(name): match for name in group.names})

    def _add_alias(self, key: tuple[str, ...], pair: Pair, is_loaded: bool) -> None:
        self._aliases.add(key)
        if not is_loaded:
            self._absent[key] = pair
        elif pair not in self._names[key]:
            self._names[key].append(pair)
            if pair not in self._squashed["".join(key)]:
                self._squashed["".join(key)].append(pair)


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdigit())


def _stems(catalogue: Catalogue) -> dict[tuple[str, bool], str]:
    """What names like AcctA and Account2 begin with, and whether a number follows; their dimension. Longest first."""
    found: dict[tuple[str, bool], str] = {}
    for dimension in NAMED_FREELY:
        for member in catalogue.members[dimension]:
            last = _PIECE.search(member)
            if last and member[: last.start()].isalpha():
                found[(member[: last.start()].lower(), last.group().isdecimal())] = dimension
    return dict(sorted(found.items(), key=lambda item: -len(item[0][0])))
