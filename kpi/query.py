"""The typed metric query: what every question becomes before anything is computed.

Field for field the contract in ``docs/contracts.md``. Names of metrics and dimensions are checked against the
semantic model by ``kpi.compiler``; this module holds shape and consistency only.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

Grain = Literal["day", "week", "month", "quarter", "year"]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Comparator = Literal["<", "<=", ">", ">="]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Strict):
    """Whole days, both ends inclusive."""

    start: date
    end: date

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        return self

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


class MemberFilter(_Strict):
    """Keep (``in``) or leave out (``not in``) members of a dimension. ``(not reported)`` is a member too."""

    dimension: str
    op: Literal["in", "not in"] = "in"
    values: tuple[str, ...] = Field(min_length=1)


class MetricFilter(_Strict):
    """Keep the result rows whose value compares so with one number (in the column's own unit; 5 % is 0.05).

    ``metric`` is a metric, ``<metric>_change`` beside a comparison, or the column of one of the query's extras.
    """

    metric: str
    op: Comparator
    values: tuple[Finite] = Field(description="exactly one number")


class AnyOf(_Strict):
    """Keep the result rows that meet at least one of the conditions."""

    any_of: tuple[MetricFilter, ...] = Field(min_length=2)


class Order(_Strict):
    """Sort key: a metric, ``<metric>_change``, a dimension or ``period``."""

    by: str
    descending: bool = True


class Top(_Strict):
    """Keep the ``n`` members of a dimension that lead by a metric: over the whole period, for results with a grain.

    ``within`` extends the contract: the leaders of each member of these dimensions (or of each ``period``), by rows.
    """

    dimension: str
    by: str
    descending: bool = True
    n: int = Field(ge=1)
    within: tuple[str, ...] = ()

    @model_serializer(mode="wrap")
    def _contract_shape(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without_empty(handler(self), "within")


class Extra(_Strict):
    """A column ``<metric>_<kind>`` beside a metric; the kinds are explained in ``kpi/extras.py``."""

    kind: Literal[
        "share", "per_day", "per_week", "per_month", "running", "growth", "contribution", "rank", "rank_change"
    ]
    metric: str

    @property
    def column(self) -> str:
        return f"{self.metric}_{self.kind}"


class MetricQuery(_Strict):
    """One question in typed form. ``extras`` extends the contract and is left out of the JSON where empty."""

    metrics: tuple[str, ...] = Field(min_length=1)
    dimensions: tuple[str, ...] = ()
    grain: Grain | None = None
    filters: tuple[MemberFilter | MetricFilter | AnyOf, ...] = ()
    period: Period
    comparison: Period | None = None
    order: Order | None = None
    limit: int | None = Field(default=None, ge=1)
    top: Top | None = None
    extras: tuple[Extra, ...] = ()

    @model_serializer(mode="wrap")
    def _contract_shape(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without_empty(handler(self), "extras")

    @property
    def member_filters(self) -> tuple[MemberFilter, ...]:
        return tuple(f for f in self.filters if isinstance(f, MemberFilter))

    @property
    def conditions(self) -> tuple[MetricFilter | AnyOf, ...]:
        """What the values of a result row must meet, all of it."""
        return tuple(f for f in self.filters if isinstance(f, MetricFilter | AnyOf))

    @property
    def metric_filters(self) -> tuple[MetricFilter, ...]:
        """Every single condition, those of an ``any_of`` too."""
        return tuple(one for f in self.conditions for one in (f.any_of if isinstance(f, AnyOf) else (f,)))

    @property
    def order_metric(self) -> str | None:
        """The metric that results are sorted by, where they are not sorted by a dimension, time or an extra."""
        others = {*self.dimensions, "period", *(extra.column for extra in self.extras)}
        return self.order.by.removesuffix("_change") if self.order and self.order.by not in others else None

    def metric_of(self, column: str) -> str:
        """The metric behind a column that conditions may name."""
        behind = {extra.column: extra.metric for extra in self.extras}
        return behind.get(column) or column.removesuffix("_change")

    @property
    def metrics_used(self) -> tuple[str, ...]:
        """Every metric the answer depends on: shown, in a condition, beside an extra, sorted by or leading by."""
        named = [*self.metrics, *(self.metric_of(f.metric) for f in self.metric_filters)]
        named += [extra.metric for extra in self.extras]
        more = [self.order_metric, self.top.by if self.top else None]
        return tuple(dict.fromkeys([*named, *(name for name in more if name)]))


def _without_empty(shape: dict[str, Any], extension: str) -> dict[str, Any]:
    """What extends the contract is left out of the JSON where nothing uses it."""
    return {name: value for name, value in shape.items() if name != extension or value}
