"""The strict schema of ``story.yml``: who advertises where, and what happened."""

from __future__ import annotations

from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kpi.errors import DefinitionError

Positive = Annotated[float, Field(gt=0)]
Fraction = Annotated[float, Field(gt=0, le=1)]
DaysBack = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Country(_Strict):
    weight: Positive
    cost: Positive


class Device(_Strict):
    weight: Positive
    converts: Positive


class Platform(_Strict):
    file: str
    devices: list[str] = Field(min_length=1)
    weekdays: list[Positive] = Field(min_length=7, max_length=7)


class Campaign(_Strict):
    """One campaign; ``first_day`` and ``last_day`` count days back from the last day of the data."""

    platform: str
    account: str
    name: str
    countries: list[str] = Field(min_length=1)
    budget: Positive
    cpm: Positive
    ctr: Fraction
    cvr: Fraction
    value: Positive
    first_day: DaysBack | None = None
    last_day: DaysBack = 0


class Sale(_Strict):
    days_before: DaysBack
    days_after: DaysBack
    spend: Positive
    cost: Positive
    conversion_rate: Positive


class Outage(_Strict):
    platform: str
    first_day: DaysBack
    last_day: DaysBack
    recorded: Fraction


class Fatigue(_Strict):
    platform: str
    campaign: str
    days: int = Field(ge=2)
    cost: Positive
    conversion_rate: Positive


class Story(_Strict):
    seed: int
    currency: str
    months: int = Field(ge=1)
    growth_per_month: float
    season: list[Positive] = Field(min_length=12, max_length=12)
    countries: dict[str, Country]
    devices: dict[str, Device]
    platforms: dict[str, Platform]
    campaigns: list[Campaign]
    sale: Sale
    outage: Outage
    fatigue: Fatigue

    @model_validator(mode="after")
    def _names_exist(self) -> Story:
        for campaign in self.campaigns:
            unknown = {campaign.platform} - self.platforms.keys() | set(campaign.countries) - self.countries.keys()
            if unknown:
                raise ValueError(f"campaign {campaign.name} names {sorted(unknown)}, which the story doesn't define")
        if (self.fatigue.platform, self.fatigue.campaign) not in {(c.platform, c.name) for c in self.campaigns}:
            raise ValueError(f"fatigue names the campaign {self.fatigue.campaign}, which doesn't exist")
        return self


def read_story() -> Story:
    """The story of this package. Raises DefinitionError where the YAML doesn't fit the schema."""
    text = resources.files("ingest.sample_data").joinpath("story.yml").read_text("utf-8")
    try:
        return Story.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"ingest/sample_data/story.yml is malformed: {error}") from error
