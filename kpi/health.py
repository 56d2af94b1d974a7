"""How healthy the rows behind a result are: assumed revenue, unreported members, days that were never loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.catalogue import Catalogue
from kpi.coverage import LoadedRange, days_of, relevant
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel
from kpi.slots import NOW, Filling, Relation, shape_of
from kpi.warehouse import NOT_REPORTED, Warehouse

_SHAPES = 500  # compiled statements that are kept, the ones used last
_SUMS = ("row_count", "spend", "revenue", "assumed_revenue", "spend_without_revenue")


@dataclass(frozen=True)
class Health:
    """Over the rows of the query's period. Shares are fractions of spend or revenue, null where that is 0.

    ``missing_days``: days of the period that no file covers; ``comparison_missing_days``: the same of the comparison.
    """

    rows: int
    spend: float
    revenue_known: bool
    assumed_revenue_share: float | None
    spend_without_revenue_share: float | None
    unreported_share: dict[str, float] = field(default_factory=dict)
    missing_days: tuple[date, ...] = ()
    comparison_missing_days: tuple[date, ...] = ()


class HealthReader:
    """Compiles the health query of each shape of query once."""

    def __init__(self, model: SemanticModel) -> None:
        self._model = model
        self._template = lru_cache(maxsize=_SHAPES)(self._compile)

    def read(self, warehouse: Warehouse, query: MetricQuery, catalogue: Catalogue, relation: Relation) -> Health:
        """One small query over ``relation``, which has the columns of the view ``kpi_health``."""
        statement, used = self._template(shape_of(query))
        row = warehouse.query(Filling(query, (), "", relation).fill(statement))[0]
        spend = float(row["spend"] or 0)
        loaded = relevant(catalogue.loaded, query)
        return Health(
            rows=int(row["row_count"] or 0),
            spend=spend,
            revenue_known=row["revenue"] is not None,
            assumed_revenue_share=_share(row["assumed_revenue"], row["revenue"]),
            spend_without_revenue_share=_share(row["spend_without_revenue"], spend),
            unreported_share={name: _share(row[f"unreported_{name}"], spend) or 0.0 for name in used},
            missing_days=self._asked_about(_missing(loaded, query.period), query, warehouse),
            comparison_missing_days=self._asked_about(
                _missing(loaded, query.comparison) if query.comparison else (), query, warehouse
            ),
        )

    def _asked_about(self, days: tuple[date, ...], query: MetricQuery, warehouse: Warehouse) -> tuple[date, ...]:
        """Of the missing days those that filters on days keep: a missing Tuesday is none of the weekends asked for."""
        of_days = [f for f in query.member_filters if self._model.dimensions[f.dimension].is_of_date]
        if not days or not of_days:
            return days
        listed = sp.sql(f"SELECT CAST(UNNEST({[day.isoformat() for day in days]!r}) AS DATE) AS date")
        kept = select("date").from_(exp.Subquery(this=listed).as_("days"))
        for condition in of_days:
            column = sp.dimension_expression(self._model.dimensions[condition.dimension])
            inside = column.isin(*(exp.Literal.string(value) for value in condition.values))
            kept = kept.where(inside if condition.op == "in" else exp.not_(inside))
        return tuple(sorted(row["date"] for row in warehouse.query(kept.sql(dialect="duckdb"))))

    def _compile(self, query: MetricQuery) -> tuple[str, list[str]]:
        """The statement of a shape, and the dimensions whose unreported share it gives."""
        named = {*query.dimensions, *(f.dimension for f in query.member_filters)}
        used = sorted(name for name in named if not self._model.dimensions[name].is_of_date)
        columns = [sp.sql(f"SUM({name}) AS {name}") for name in _SUMS]
        for name in used:
            column = self._model.dimensions[name].column
            columns.append(sp.sql(f"SUM(spend) FILTER (WHERE {column} = '{NOT_REPORTED}') AS unreported_{name}"))
        statement = select(*columns).from_(sp.relation(NOW)).where(sp.within(NOW))
        statement = statement.where(*(sp.filter_condition(self._model, f) for f in query.member_filters))
        return statement.sql(dialect="duckdb"), used


def _share(part: object, whole: object) -> float | None:
    return float(part or 0) / float(whole) if whole else None  # type: ignore[arg-type]


def _missing(loaded: list[LoadedRange], period: Period) -> tuple[date, ...]:
    covered = days_of(loaded, period)
    return tuple(d for d in (period.start + timedelta(days=n) for n in range(period.days)) if d not in covered)
