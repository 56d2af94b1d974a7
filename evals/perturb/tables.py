"""The schema of ``tables.yml``: what each kind of change may do to a question."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kpi.errors import DefinitionError


class Kind(BaseModel):
    """One way of changing questions; its parts are explained at the top of ``tables.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    replace: dict[str, tuple[str, ...]] = {}
    move: frozenset[str] = frozenset()
    typos: int = Field(0, ge=0)
    plain: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """By name, in the order of the file. Raises DefinitionError where it doesn't fit the schema."""
    try:
        text = Path(__file__).with_name("tables.yml").read_text("utf-8")
        return {name: Kind.model_validate(entry) for name, entry in yaml.safe_load(text).items()}
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"evals/perturb/tables.yml is malformed: {error}") from error
