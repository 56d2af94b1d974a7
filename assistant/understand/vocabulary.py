"""Every phrase with a fixed meaning, found by its longest match: metrics, dimensions, grammar, what we don't hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from assistant.understand.lexicon import Lexicon, load_lexicon
from assistant.understand.tokens import Token, phrase_key
from kpi.semantic import SemanticModel

FORGIVEN_KINDS = frozenset(
    {"metric", "dimension", "superlative", "by", "versus", "compare", "trend", "rhythm", "unit", "performance", "share"}
    | {"average", "exclude", "comparator", "comparative", "change", "filler"}
)


@dataclass(frozen=True)
class Meaning:
    kind: str
    value: Any = ""


@dataclass
class PhraseTable:
    """Phrases as tuples of words. The first meaning given to a phrase wins; ``longest`` is the longest in words."""

    meanings: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    longest: int = 1

    def add(self, phrases: Iterable[str], meaning: Meaning) -> None:
        for phrase in phrases:
            key = phrase_key(phrase)
            self.meanings.setdefault(key, meaning)
            self.longest = max(self.longest, len(key))

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, Meaning] | None:
        """The longest phrase that starts at a token: how many tokens, and what it means."""
        for length in range(min(self.longest, len(tokens) - at), 0, -1):
            meaning = self.meanings.get(tuple(token.norm for token in tokens[at : at + length]))
            if meaning:
                return length, meaning
        return None

    @cached_property
    def forgivable(self) -> list[str]:
        """The words that a misspelled one may stand for: not those that refuse or change a question."""
        return [
            key[0]
            for key, meaning in self.meanings.items()
            if len(key) == 1 and key[0].isalpha() and meaning.kind in FORGIVEN_KINDS
        ]


@lru_cache(maxsize=1)
def fixed_phrases() -> PhraseTable:
    """The phrases that don't depend on loaded data."""
    return build_fixed_phrases(SemanticModel.load(), load_lexicon())


def build_fixed_phrases(model: SemanticModel, lexicon: Lexicon) -> PhraseTable:
    table = PhraseTable()
    for metric in model.metrics.values():
        spelled = (
            [sign.join(metric.label) + end for sign, end in ((" ", ""), (".", "."), (".", ""))]
            if metric.label.isupper()
            else []
        )
        names = (metric.name, metric.label, *metric.synonyms, *metric.stands_in_for, *spelled)
        table.add(names, Meaning("metric", metric.name))
    for word, metrics in lexicon.ambiguous.words.items():
        table.add([word], Meaning("ambiguous", metrics))
    for dimension in model.dimensions.values():
        names = (dimension.name, dimension.label, dimension.plural, *dimension.synonyms)
        table.add(names, Meaning("dimension", dimension.name))
        table.add([f"all {dimension.plural} except"], Meaning("exclude"))
        label = dimension.label.lower()
        several = [f"those {dimension.plural}", f"these {dimension.plural}"]
        several += [f"{those} two {dimension.plural}" for those in ("those", "these")]
        table.add([f"that {label}", f"this {label}", f"the same {label}", *several], Meaning("pronoun", dimension.name))
    for role, values in lexicon.grammar.roles.items():
        for value, phrases in values.items():
            table.add(phrases, Meaning(role, value))
    for unit in lexicon.grammar.roles["unit"]:
        table.add(
            [f"that {unit}", f"that same {unit}", f"in that {unit}", f"on that {unit}"], Meaning("that_period", unit)
        )
    for topic in lexicon.out_of_reach.topics:
        table.add(topic.words, Meaning("out_of_reach", topic))
    table.add(lexicon.ignorable.words, Meaning("filler"))
    return table


def _spelled(label: str) -> list[str]:
    """An acronym letter by letter, as a voice input may write it: 'c a c', 'C.A.C.'."""
    if not label.isupper():
        return []
    return [" ".join(label), ".".join(label), ".".join(label) + "."]


@lru_cache(maxsize=16)
def leaning_phrases(role: str) -> PhraseTable:
    """The phrases of one role of lexicon/conversation.yml."""
    table = PhraseTable()
    for value, phrases in load_lexicon().conversation.roles[role].items():
        table.add(phrases, Meaning(role, value))
    return table
