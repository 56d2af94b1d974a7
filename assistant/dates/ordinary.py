"""The lists of ``context.yml``: words that only sometimes are dates, and how their neighbours tell."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kpi.definitions import from_yaml
from kpi.errors import DefinitionError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordRule(_Strict):
    """``only_after``: a date only behind these words, or as the text's last word."""

    never_before: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    only_after: frozenset[str] | None = None


class BareYears(_Strict):
    first: int
    ahead: int


class Ordinary(_Strict):
    """The lists of ``context.yml``, which explains each."""

    words: dict[str, WordRule]
    never: frozenset[str]
    not_typos: frozenset[str]
    amount_before: frozenset[str]
    amount_unless: dict[str, frozenset[str]]
    amount_after: frozenset[str]
    counted_nouns: frozenset[str]
    bare_years: BareYears
    year_prepositions: frozenset[str]
    day_prepositions: frozenset[str]
    unit_prepositions: frozenset[str]
    unit_never_after: frozenset[str]
    compare_words: frozenset[str]
    each_words: frozenset[str]
    list_joiners: frozenset[str]
    container_prepositions: frozenset[str]
    quantity_never_before: frozenset[str]
    quantity_never_after: frozenset[str]

    def is_ordinary(self, word: str) -> bool:
        return word in self.not_typos or word in self.words


@lru_cache(maxsize=1)
def ordinary() -> Ordinary:
    """Raises DefinitionError where ``context.yml`` is malformed."""
    text = resources.files(__package__).joinpath("context.yml").read_text("utf-8")
    try:
        return Ordinary.model_validate(from_yaml(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise DefinitionError(f"dates/context.yml: {error}") from error
