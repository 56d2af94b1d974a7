"""A model's summary as tokens: names of the result, numbers, words with a meaning, breaks. Anything else is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from assistant import formats
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel

Kind = Literal[
    "metric", "member", "bucket", "now_period", "before_period", "name", "number", "word", "break", "end", "unknown"
]
_NUMBER = r"[+\-−–—]?(?:[$€£¥₹]|[A-Z]{3} )?[\-−]?\d(?:[\d.,]*\d)?(?: ?%)?"
_SENTENCE_ENDS, _BREAKS, _NEUTRAL = frozenset(".!?"), frozenset(",;:—–()"), frozenset("'’\"“”")


@dataclass(frozen=True)
class Token:
    """``value``: a metric's name, (dimension, member), a bucket's first day, a number's text, or a word's roles."""

    kind: Kind
    value: Any = None


@lru_cache(maxsize=1)
def roles() -> dict[str, frozenset[str]]:
    """Role -> words, of ``prose.yml``."""
    text = resources.files("assistant.llm").joinpath("prose.yml").read_text("utf-8")
    return {role: frozenset(words) for role, words in yaml.load(text, Loader=yaml.BaseLoader).items()}  # noqa: S506


def vocabulary() -> frozenset[str]:
    return frozenset().union(*roles().values())


def tokenize(text: str, query: MetricQuery, rows: Sequence[Any], model: SemanticModel) -> Iterator[Token]:
    """Names first, the longest first, so that numbers inside a campaign's name or a date are no claims."""
    names = dict(_names(query, rows, model))
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join([*(f"(?<!\\w)(?:{name})(?!\\w)" for name in longest_first), _NUMBER, r"[^\W\d_]+", r"\S"])
    meanings = [(re.compile(name), names[name]) for name in longest_first]
    for found in re.finditer(pattern, text):
        yield _token(found.group(), meanings)


def _token(text: str, meanings: Sequence[tuple[re.Pattern[str], Token]]) -> Token:
    for name, token in meanings:
        if name.fullmatch(text):
            return token
    if text[-1].isdigit() or text[-1] == "%":
        return Token("number", number_text(text))
    if text in _SENTENCE_ENDS:
        return Token("end")
    word = text.casefold()
    held = frozenset(role for role, words in roles().items() if word in words)
    if text in _BREAKS or "breaks" in held:
        return Token("break")
    if held or text in _NEUTRAL:
        return Token("word", held)
    return Token("unknown", word)


def number_text(shown: str) -> str:
    """A number as tables show it, whatever its spaces and its minus."""
    return shown.replace("−", "-").replace(" ", "").replace("\xa0", "")


def _names(query: MetricQuery, rows: Sequence[Any], model: SemanticModel) -> Iterator[tuple[str, Token]]:
    """Regular expressions of everything the result has a name for; of equal names the last one counts."""
    yield from _names_of_model(model)
    yield from _names_of_query(query)
    for row in rows:
        if query.grain:
            yield _loosely(formats.bucket(row["period"], query.grain)), Token("bucket", row["period"])
        for name in query.dimensions:
            yield re.escape(str(row[name])), Token("member", (name, row[name]))


def _names_of_model(model: SemanticModel) -> Iterator[tuple[str, Token]]:
    for dimension in model.dimensions.values():
        yield from ((_loosely(label), Token("name")) for label in (dimension.label, dimension.plural))
    for metric in model.metrics.values():
        labels = (metric.label, metric.name, *filter(_says_nothing_else, metric.synonyms))
        yield from ((_loosely(label), Token("metric", metric.name)) for label in labels)


def _says_nothing_else(synonym: str) -> bool:
    """'dropped on' may mean spend in a question; in a summary 'dropped' is a claim."""
    claims = vocabulary() - roles()["plain"] - roles()["skipped"] - roles()["per"] - roles()["before"]
    return claims.isdisjoint(synonym.casefold().split())


def _names_of_query(query: MetricQuery) -> Iterator[tuple[str, Token]]:
    yield _loosely(f"{query.period.days} days"), Token("name")
    yield re.escape(formats.days(query.period)), Token("now_period")
    if query.comparison:
        yield re.escape(formats.days(query.comparison)), Token("before_period")
    for condition in query.member_filters:
        yield from ((re.escape(value), Token("name")) for value in condition.values)


def _loosely(label: str) -> str:
    return f"(?i:{re.escape(label)})"
