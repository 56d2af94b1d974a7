"""All definitions, read and checked once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from ingest.format import Format, OtherExport, Vocabulary
from ingest.names import normal, spellings
from kpi.definitions import from_yaml
from kpi.errors import DefinitionError

_T = TypeVar("_T")


@dataclass(frozen=True)
class Rules:
    """Everything a load is decided by. ``version`` is a digest of the definitions, kept with every batch."""

    formats: tuple[Format, ...]
    other_exports: tuple[OtherExport, ...]
    vocabulary: Vocabulary
    countries: dict[str, tuple[str, ...]]
    version: str

    def platform(self, text: str) -> str:
        """The one name of a platform, or the text itself where we don't know it."""
        return spellings(self.vocabulary.platforms).get(normal(text), text.strip())

    def currency(self, text: str) -> str | None:
        """The code that a code or sign stands for; None for what is no currency or could be several."""
        code = self.vocabulary.currency_symbols.get(text.strip(), text.strip().upper()) or ""
        return code if code in self.vocabulary.currencies else None


@cache
def rules() -> Rules:
    """Raises DefinitionError naming the file and the key that is wrong."""
    folder = resources.files("ingest")
    formats = sorted((f for f in folder.joinpath("formats").iterdir() if f.name.endswith(".yml")), key=lambda f: f.name)
    others, vocabulary, countries = (folder / f"{name}.yml" for name in ("other_exports", "vocabulary", "countries"))
    files = (*formats, others, vocabulary, countries)
    own = [_read(file, Format) for file in formats]
    shared = _with_platforms(_read(vocabulary, Vocabulary), own)
    loaded = Rules(
        formats=tuple(_with_shared(one, shared) for one in own),
        other_exports=_read(others, tuple[OtherExport, ...]),
        vocabulary=shared,
        countries=_read(countries, dict[str, tuple[str, ...]]),
        version=hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12],
    )
    check_references(loaded)
    return loaded


def check_references(loaded: Rules) -> None:
    """Raises DefinitionError for a format of a platform that the vocabulary doesn't have."""
    for one in loaded.formats:
        if one.platform and one.platform not in loaded.vocabulary.platforms:
            raise DefinitionError(f"formats/{one.name}.yml: no platform is called {one.platform}.")


def _with_platforms(vocabulary: Vocabulary, formats: Iterable[Format]) -> Vocabulary:
    """A format may bring a platform of its own."""
    brought = {one.platform: one.platform_aliases for one in formats if one.platform and one.platform_aliases}
    return vocabulary.model_copy(update={"platforms": {**vocabulary.platforms, **brought}})


def _with_shared(one: Format, vocabulary: Vocabulary) -> Format:
    shared = {"totals": (*one.totals, *vocabulary.totals), "no_data": (*one.no_data, *vocabulary.no_data)}
    return one.model_copy(update=shared)


def _read(file: Traversable, kind: type[_T]) -> _T:
    try:
        return TypeAdapter(kind).validate_python(_yaml(file))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(f"{file.name}: {where or 'the file'}: {first['msg']}") from error


def _yaml(file: Traversable) -> Any:
    try:
        return from_yaml(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{file.name} is not valid YAML: {error}") from error
