"""The word lists of ``lexicon/*.yml`` under a strict schema."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant.understand.spans import LEANING_ROLES, ROLES
from kpi.errors import DefinitionError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ignorable(_Strict):
    words: tuple[str, ...]


class _Roles(_Strict):
    """role -> value -> phrases; the value is '' where a role knows only one."""

    known: ClassVar[tuple[str, ...]]
    roles: dict[str, dict[str, tuple[str, ...]]]

    @field_validator("roles")
    @classmethod
    def _known_roles(cls, roles: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, dict[str, tuple[str, ...]]]:
        strange = set(roles) ^ set(cls.known)
        if strange:
            raise ValueError(f"the roles here and in spans.py differ: {sorted(strange)}")
        return roles


class Grammar(_Roles):
    """Words that build a question."""

    known = ROLES


class Leaning(_Roles):
    """Words by which a message leans on the ones before."""

    known = LEANING_ROLES


class Topic(_Strict):
    """Something the data doesn't hold, why, and what can be asked instead."""

    words: tuple[str, ...]
    reason: str
    instead: tuple[str, ...]
    asks: bool = False  # a question back instead of a refusal: what is offered may well be what was meant
    for_model: bool = False  # a language model, where there is one, may know what the words stand for, or write SQL
    quoted: bool = True  # whether the refusal repeats the word


class OutOfReach(_Strict):
    topics: tuple[Topic, ...]


class Ambiguous(_Strict):
    words: dict[str, tuple[str, ...]]


class Closed(_Strict):
    """Small closed classes of words, each used in one place."""

    or_words: frozenset[str]
    yes_or_no: frozenset[str]
    every_one: frozenset[str]
    listing: frozenset[str]
    people_after: frozenset[str]
    short_words: frozenset[str]
    romance: frozenset[str]
    polite: frozenset[str]
    verb_or_name: frozenset[str]
    verb_after: frozenset[str]
    verb_before: frozenset[str]
    verb_said: frozenset[str]
    name_before: frozenset[str]
    apart_from: frozenset[str]
    it_words: frozenset[str]
    several: frozenset[str]
    empty: frozenset[str]
    codes_after_in: frozenset[str]
    all_of_them: frozenset[str]
    exceptions: frozenset[str]
    any_one: frozenset[str]
    whole: frozenset[str]
    inside_each: frozenset[str]


class Numbers(_Strict):
    """Numbers as words (of one word or several), scales behind a number, and signs that may stand beside one."""

    words: dict[str, float]
    misheard: dict[str, int]
    misheard_after: frozenset[str]
    scales: dict[str, float]
    money: frozenset[str]
    percent: frozenset[str]


class Replies(_Strict):
    """How people answer a question back."""

    accept: frozenset[str]
    everything: frozenset[str]
    refuse: frozenset[str]
    places: dict[str, int]
    last: frozenset[str]
    around: frozenset[str]
    thanks: frozenset[str]


class Abbreviations(_Strict):
    """A short form -> the words it stands for in names."""

    words: dict[str, str]


class Lexicon(_Strict):
    ignorable: Ignorable
    grammar: Grammar
    conversation: Leaning
    out_of_reach: OutOfReach
    ambiguous: Ambiguous
    closed: Closed
    numbers: Numbers
    replies: Replies
    abbreviations: Abbreviations


M = TypeVar("M", bound=BaseModel)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Raises DefinitionError naming the file that is malformed."""
    return Lexicon(
        ignorable=_read("ignorable", Ignorable),
        grammar=_read("grammar", Grammar),
        conversation=_read("conversation", Leaning),
        out_of_reach=_read("out_of_reach", OutOfReach),
        ambiguous=_read("ambiguous", Ambiguous),
        closed=_read("closed", Closed),
        numbers=_read("numbers", Numbers),
        replies=_read("replies", Replies),
        abbreviations=_read("abbreviations", Abbreviations),
    )


def _read(name: str, schema: type[M]) -> M:
    text = resources.files("assistant.understand").joinpath("lexicon", f"{name}.yml").read_text("utf-8")
    try:
        # CBaseLoader keeps every scalar a text: 'no', 'on' and 'y' are words here, not booleans.
        return schema.model_validate(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506
    except (ValidationError, yaml.YAMLError) as error:
        raise DefinitionError(f"assistant/understand/lexicon/{name}.yml is malformed: {error}") from error
