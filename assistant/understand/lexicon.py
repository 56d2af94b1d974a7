"""The word lists of ``lexicon/*.yml`` under a strict schema."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant.understand.spans import ROLES
from kpi.errors import DefinitionError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ignorable(_Strict):
    words: tuple[str, ...]


class Grammar(_Strict):
    """role -> value -> phrases; the value is '' where a role knows only one."""

    roles: dict[str, dict[str, tuple[str, ...]]]

    @field_validator("roles")
    @classmethod
    def _known_roles(cls, roles: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, dict[str, tuple[str, ...]]]:
        strange = set(roles) ^ set(ROLES)
        if strange:
            raise ValueError(f"roles and spans.ROLES differ: {sorted(strange)}")
        return roles


class Topic(_Strict):
    """Something the data doesn't hold, why, and what can be asked instead."""

    words: tuple[str, ...]
    reason: str
    instead: tuple[str, ...]
    quoted: bool = True  # whether the refusal repeats the word


class OutOfReach(_Strict):
    topics: tuple[Topic, ...]


class Ambiguous(_Strict):
    words: dict[str, tuple[str, ...]]


class Lexicon(_Strict):
    ignorable: Ignorable
    grammar: Grammar
    out_of_reach: OutOfReach
    ambiguous: Ambiguous


M = TypeVar("M", bound=BaseModel)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Raises DefinitionError naming the file that is malformed."""
    return Lexicon(
        ignorable=_read("ignorable", Ignorable),
        grammar=_read("grammar", Grammar),
        out_of_reach=_read("out_of_reach", OutOfReach),
        ambiguous=_read("ambiguous", Ambiguous),
    )


def _read(name: str, schema: type[M]) -> M:
    text = resources.files("assistant.understand").joinpath("lexicon", f"{name}.yml").read_text("utf-8")
    try:
        # BaseLoader keeps every scalar a text: 'no', 'on' and 'y' are words here, not booleans.
        return schema.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506
    except (ValidationError, yaml.YAMLError) as error:
        raise DefinitionError(f"assistant/understand/lexicon/{name}.yml is malformed: {error}") from error
