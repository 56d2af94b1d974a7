"""What a chart is drawn from: the query, its rows, and the words and formats for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant import formats
from kpi.query import MetricQuery
from kpi.result import Column
from kpi.semantic import SemanticModel

Row = Mapping[str, Any]
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class ChartData:
    """``rows`` are in the order of the answer's table; ``columns`` describe their keys."""

    query: MetricQuery
    columns: Mapping[str, Column]
    rows: Sequence[Row]
    model: SemanticModel
    currency: str | None
    loaded_days: frozenset[date] | None = None

    @property
    def measures(self) -> list[Column]:
        """The columns to draw: metrics, and averages a day. Shares and ranks are about rows that are drawn already."""
        return [self.columns[name] for name in self.query.metrics] + self._extras("per_day")

    @property
    def shares(self) -> list[Column]:
        return self._extras("share")

    @property
    def in_weekday_order(self) -> Sequence[Row]:
        """The rows, Monday first where they are by day of week alone: a week has a shape that a ranking hides."""
        if self.query.dimensions != ("day_of_week",):
            return self.rows
        return sorted(self.rows, key=lambda row: _place_in_week(row["day_of_week"]))

    @property
    def is_trend(self) -> bool:
        """Whether the rows follow each other in time; the best three months don't, and one month is no trend."""
        query = self.query
        is_ranking = query.limit is not None and query.order is not None and query.order.by != "period"
        return query.grain is not None and not is_ranking and len({row["period"] for row in self.rows}) > 1

    def has_numbers(self) -> bool:
        names = [name + suffix for name in (m.name for m in self.measures) for suffix in ("", "_previous")]
        return any(row.get(name) is not None for row in self.rows for name in names)

    def member(self, row: Row) -> str:
        """The members that a row is about: 'Meta · US'."""
        return " · ".join(str(row[name]) for name in self.query.dimensions)

    def label(self, row: Row) -> str:
        """What a row is about, with its bucket where there is a grain."""
        bucket = formats.bucket(row["period"], self.query.grain) if self.query.grain else ""
        return " · ".join(part for part in (self.member(row), bucket) if part)

    def text(self, number: float | None, column: Column) -> str:
        return formats.value(number, column.unit, self.currency)

    def better(self, column: Column) -> Literal["higher", "lower"] | None:
        """The good direction of a column, which is that of its metric."""
        of_extra = {extra.column: extra.metric for extra in self.query.extras}
        return self.model.metrics[of_extra.get(column.name, column.name)].better

    def currency_mark(self) -> str:
        """What stands in front of money on an axis."""
        return formats.value(0, "currency", self.currency).partition("0")[0]

    def members_called(self) -> str:
        """The plural for what ``member`` names: 'campaigns'."""
        dimensions = self.query.dimensions
        return self.model.dimensions[dimensions[0]].plural if len(dimensions) == 1 else "combinations"

    def _extras(self, kind: str) -> list[Column]:
        return [self.columns[extra.column] for extra in self.query.extras if extra.kind == kind]


def weekdays_first(members: list[str]) -> list[str]:
    """Monday to Sunday where the members are days of the week; others keep their order."""
    return sorted(members, key=_place_in_week)


def _place_in_week(member: str) -> int:
    return _WEEK.index(member) if member in _WEEK else len(_WEEK)
