"""The guard's rules as data: ``rules.yml`` under a strict schema."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kpi.errors import DefinitionError


def _words(lines: object) -> object:
    """Names may stand one a line or many on a line with blanks between them."""
    if isinstance(lines, list):
        return frozenset(word.strip('"') for line in lines for word in str(line).split())
    return lines


Words = Annotated[frozenset[str], BeforeValidator(_words)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Strict):
    """Sizes a statement must stay below; each is explained in ``rules.yml``."""

    characters: int
    tokens: int
    nesting: int
    parser_steps: int
    writer_steps: int
    relations: int
    rows: int
    written_out: int
    pivot_columns: int
    series_values: int
    series_product: int
    padded_length: int
    value_size: int


class Relation(_Strict):
    """The one view that may be read, with DuckDB types."""

    schema_name: str
    name: str
    columns: dict[str, str]


class BareWords(_Strict):
    allowed: frozenset[str]
    refused: frozenset[str]


class Growing(_Strict):
    """Functions whose result may be longer than their arguments together."""

    by_format: frozenset[str]
    by_date_format: frozenset[str]
    by_separator: frozenset[str]
    by_product: frozenset[str]


class SqlglotNodes(_Strict):
    calls: frozenset[str]
    structure: Words
    functions: Words


class DuckdbNodes(_Strict):
    nodes: frozenset[str]
    expressions: frozenset[str]
    operators: frozenset[str]


class Rules(_Strict):
    limits: Limits
    relation: Relation
    reserved_names: frozenset[str]
    words: BareWords
    first_words: frozenset[str]
    functions: Words
    read_as_written: frozenset[str]
    copying: frozenset[str]
    growing: Growing
    table_functions: frozenset[str]
    types: frozenset[str]
    sqlglot: SqlglotNodes
    duckdb: DuckdbNodes


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Raises DefinitionError where ``rules.yml`` is malformed."""
    text = resources.files("kpi.guard").joinpath("rules.yml").read_text("utf-8")
    try:
        return Rules.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"kpi/guard/rules.yml is malformed: {error}") from error
