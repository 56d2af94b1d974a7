"""The semantic model: metrics and dimensions as data, read from ``metrics.yml`` and ``dimensions.yml``.

Adding a metric, a dimension, a synonym or an alias is an edit of these two files and of nothing else.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal, TypeVar

import sqlglot
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlglot import exp

from kpi.definitions import from_yaml
from kpi.errors import DefinitionError
from kpi.result import Unit

D = TypeVar("D", bound="Metric | Dimension")
MEASURES = ("spend", "revenue", "clicks", "impressions", "conversions")


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Metric(_Definition):
    """A number of the business: arithmetic over sums of ``MEASURES``."""

    name: str = ""
    label: str
    expression: str
    unit: Unit
    better: Literal["higher", "lower"] | None
    order: Literal["largest_first", "bad_first"]
    description: str
    rests_on: str | None = None  # the count that a ratio needs enough of to mean something
    synonyms: tuple[str, ...] = ()
    stands_in_for: tuple[str, ...] = ()

    @field_validator("expression")
    @classmethod
    def _only_sums_of_measures(cls, text: str) -> str:
        tree = sqlglot.parse_one(text, read="duckdb")
        allowed = (exp.Sum, exp.Column, exp.Identifier, exp.Div, exp.Mul, exp.Add, exp.Sub, exp.Literal, exp.Paren)
        strange = [node.sql() for node in tree.walk() if not isinstance(node, allowed)]
        bare = [c.sql() for c in tree.find_all(exp.Column) if not isinstance(c.parent, exp.Sum)]
        unknown = [c.name for c in tree.find_all(exp.Column) if c.name not in MEASURES]
        if strange or bare or unknown:
            raise ValueError(f"an expression is arithmetic over sum(measure), not {strange + bare + unknown}")
        return text

    @cached_property
    def measures(self) -> frozenset[str]:
        """The columns of kpi_daily that the metric sums."""
        tree = sqlglot.parse_one(self.expression, read="duckdb")
        return frozenset(column.name for column in tree.find_all(exp.Column))

    @cached_property
    def is_sum(self) -> bool:
        return isinstance(sqlglot.parse_one(self.expression, read="duckdb"), exp.Sum)

    @property
    def sorts_descending(self) -> bool:
        """Whether results that nobody ordered put the largest value first."""
        return self.order == "largest_first" or self.better == "lower"


class Member(_Definition):
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class MemberGroup(_Definition):
    """Several members said in one word; set against another group, both are members of ``split_by``."""

    names: tuple[str, ...]
    members: tuple[str, ...]
    split_by: str | None = None
    as_member: str | None = None  # the one member of ``split_by`` that the group is


class Dimension(_Definition):
    """Something results are broken down by: ``column`` is an SQL expression over kpi_daily."""

    name: str = ""
    label: str
    plural: str
    column: str
    synonyms: tuple[str, ...] = ()
    members: dict[str, Member] = Field(default_factory=dict)
    groups: dict[str, MemberGroup] = Field(default_factory=dict)

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of kpi_daily that the member follows from."""
        tree = sqlglot.parse_one(self.column, read="duckdb")
        return frozenset(column.name for column in tree.find_all(exp.Column))

    @cached_property
    def is_of_date(self) -> bool:
        """Whether the member follows from the day alone, as a weekday does."""
        return self.columns == {"date"}


class SemanticModel(_Definition):
    metrics: dict[str, Metric]
    dimensions: dict[str, Dimension]

    def parts_of(self, name: str) -> list[str]:
        """The sums that a ratio is made of, in the order of its formula; none for a sum."""
        metric = self.metrics[name]
        if metric.is_sum:
            return []
        tree = sqlglot.parse_one(metric.expression, read="duckdb")
        return [column.name for column in tree.find_all(exp.Column, bfs=False)]

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> SemanticModel:
        """The model of this checkout. Raises DefinitionError naming the file and what is wrong with it."""
        try:
            return cls(metrics=_named(Metric, "metrics.yml"), dimensions=_named(Dimension, "dimensions.yml"))
        except (ValidationError, yaml.YAMLError) as error:
            raise DefinitionError(f"kpi/metrics.yml or kpi/dimensions.yml is malformed: {error}") from error


def _named(kind: type[D], file: str) -> dict[str, D]:
    entries = from_yaml(resources.files("kpi").joinpath(file).read_text("utf-8"))
    return {name: kind(**{**entry, "name": name}) for name, entry in entries.items()}
