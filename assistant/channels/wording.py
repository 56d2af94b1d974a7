"""The texts of ``texts.yml`` under a strict schema."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kpi.errors import DefinitionError


class Wording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    not_here: str
    empty: str
    too_slow: str
    more_rows: str
    no_picture: str
    no_address: str
    chart_title: str
    ask_next: str
    choose: str
    digest_title: str
    digest_nothing: str
    alert_title: str


@cache
def wording() -> Wording:
    """Raises DefinitionError where ``texts.yml`` doesn't fit the schema."""
    source = resources.files("assistant.channels").joinpath("texts.yml").read_text("utf-8")
    try:
        return Wording.model_validate(yaml.safe_load(source))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"assistant/channels/texts.yml is malformed: {error}") from error
