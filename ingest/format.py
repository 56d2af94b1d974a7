"""Formats and shared spellings as data: the schemas of ``formats/*.yml``, ``vocabulary.yml``, ``countries.yml``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from kpi.errors import DefinitionError

Dimension = Literal["platform", "account", "campaign", "ad_group", "ad", "country", "device"]
Measure = Literal["spend", "revenue", "clicks", "impressions", "conversions"]
FieldName = Literal["date", "currency", Dimension, Measure]
DIMENSIONS: tuple[Dimension, ...] = ("platform", "account", "campaign", "ad_group", "ad", "country", "device")
MEASURES: tuple[Measure, ...] = ("spend", "revenue", "clicks", "impressions", "conversions")
MONEY = frozenset({"spend", "revenue"})
COUNTS = frozenset({"clicks", "impressions"})

_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """Where a field stands: accepted headers by preference, and what an empty cell of a measure means."""

    headers: tuple[str, ...] = Field(min_length=1)
    required: bool = False
    blank: Literal["reject", "zero", "unknown"] | None = None


class Format(_Strict):
    """One way a file is laid out; ``formats/README.md`` explains each key."""

    name: str = Field(pattern="^[a-z0-9_]+$")
    label: str
    platform: str | None = None
    signature: tuple[tuple[str, ...], ...] = ()
    columns: dict[FieldName, Column]
    known: tuple[str, ...] = ()
    several: Literal["first", "refuse"] = "first"
    date_patterns: tuple[str, ...] = Field(min_length=1)
    placeholders: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    no_data: tuple[str, ...] = ()
    how_to_export: str

    @model_validator(mode="after")
    def _complete(self) -> Format:
        if not {"date", "spend"} <= {name for name, column in self.columns.items() if column.required}:
            raise ValueError("date and spend must be required columns")
        wrong = [name for name, column in self.columns.items() if (name in MEASURES) != (column.blank is not None)]
        if wrong:
            raise ValueError(f"`blank` belongs to every measure and to nothing else: {', '.join(wrong)}")
        for pattern in (*self.totals, *self.footers, *self.no_data):
            re.compile(pattern)
        return self


class DatePattern(_Strict):
    regex: str
    strptime: tuple[str, ...] = Field(min_length=1)


class _NotText(_Strict):
    starts_with: str = Field(pattern="^([0-9a-f]{2})+$")
    advice: str


class Vocabulary(_Strict):
    """Spellings that all formats share."""

    platforms: dict[str, tuple[str, ...]]
    devices: dict[str, tuple[str, ...]]
    date_patterns: dict[str, DatePattern]
    earliest_day: date
    currency_symbols: dict[str, str | None]
    currencies: frozenset[str]
    not_text: tuple[_NotText, ...]


@dataclass(frozen=True)
class Rules:
    """Everything a load is decided by. ``version`` is a digest of the definitions, kept with every batch."""

    formats: tuple[Format, ...]
    vocabulary: Vocabulary
    countries: dict[str, tuple[str, ...]]
    version: str

    def platform(self, text: str) -> str:
        """The one name of a platform, or the text itself where we don't know it."""
        return spellings(self.vocabulary.platforms).get(normal(text), text.strip())


def normal(text: str) -> str:
    """How headers and names are compared: no case, underscores and runs of blanks as one space."""
    return " ".join(text.replace("_", " ").split()).casefold()


def spellings(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Every accepted spelling, in normal form, with the name it stands for; a name stands for itself."""
    return {normal(text): name for name, others in names.items() for text in (name, *others)}


@cache
def rules() -> Rules:
    """All definitions, read once. Raises DefinitionError naming the file and the key that is wrong."""
    folder = resources.files("ingest")
    files = sorted((f for f in folder.joinpath("formats").iterdir() if f.name.endswith(".yml")), key=lambda f: f.name)
    files += [folder / "vocabulary.yml", folder / "countries.yml"]
    *formats, vocabulary, countries = files
    loaded = Rules(
        formats=tuple(_model(Format, file) for file in formats),
        vocabulary=_model(Vocabulary, vocabulary),
        countries=TypeAdapter(dict[str, tuple[str, ...]]).validate_python(_yaml(countries)),
        version=hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12],
    )
    _check_references(loaded)
    return loaded


def _check_references(loaded: Rules) -> None:
    for one in loaded.formats:
        unknown = set(one.date_patterns) - set(loaded.vocabulary.date_patterns)
        if unknown:
            raise DefinitionError(f"formats/{one.name}.yml: no date pattern is called {', '.join(sorted(unknown))}.")
        if one.platform and one.platform not in loaded.vocabulary.platforms:
            raise DefinitionError(f"formats/{one.name}.yml: no platform is called {one.platform}.")


def _yaml(file: Traversable) -> Any:
    try:
        return yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{file.name} is not valid YAML: {error}") from error


def _model(model: type[_Model], file: Traversable) -> _Model:
    try:
        return model.model_validate(_yaml(file))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(f"{file.name}: {where or 'the file'}: {first['msg']}") from error
