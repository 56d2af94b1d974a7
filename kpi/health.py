"""How healthy the rows behind a result are: assumed revenue, unreported members, days that were never loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.catalogue import Catalogue
from kpi.coverage import LoadedRange, days_of, relevant
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel
from kpi.warehouse import NOT_REPORTED, Warehouse


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


def read_health(warehouse: Warehouse, model: SemanticModel, query: MetricQuery, catalogue: Catalogue) -> Health:
    """One small query over the facts (files' own revenue) and kpi_daily (revenue in force)."""
    named = {*query.dimensions, *(f.dimension for f in query.member_filters)}
    used = sorted(name for name in named if not model.dimensions[name].is_of_date)
    row = warehouse.query(_statement(model, query, used).sql(dialect="duckdb"))[0]
    spend = float(row["spend"] or 0)
    loaded = relevant(catalogue.loaded, query)
    return Health(
        rows=row["row_count"],
        spend=spend,
        revenue_known=row["known_rows"] > 0,
        assumed_revenue_share=_share(row["assumed_revenue"], row["revenue"]),
        spend_without_revenue_share=_share(row["unknown_spend"], spend),
        unreported_share={name: _share(row[f"unreported_{name}"], spend) or 0.0 for name in used},
        missing_days=_missing(loaded, query.period),
        comparison_missing_days=_missing(loaded, query.comparison) if query.comparison else (),
    )


def _statement(model: SemanticModel, query: MetricQuery, used: list[str]) -> exp.Select:
    columns = [
        sp.sql("COUNT(*) AS row_count"),
        sp.sql("SUM(spend) AS spend"),
        sp.sql("SUM(revenue) AS revenue"),
        sp.sql("COUNT(revenue) AS known_rows"),
        sp.sql("SUM(revenue) FILTER (WHERE file_revenue IS NULL) AS assumed_revenue"),
        sp.sql("SUM(spend) FILTER (WHERE revenue IS NULL) AS unknown_spend"),
    ]
    for name in used:
        column = model.dimensions[name].column
        columns.append(sp.sql(f"SUM(spend) FILTER (WHERE {column} = '{NOT_REPORTED}') AS unreported_{name}"))
    statement = select(*columns).from_("kpi_revenue").where(sp.within(query.period))
    return statement.where(*(sp.filter_condition(model, f) for f in query.member_filters))


def _share(part: object, whole: object) -> float | None:
    return float(part or 0) / float(whole) if whole else None  # type: ignore[arg-type]


def _missing(loaded: list[LoadedRange], period: Period) -> tuple[date, ...]:
    covered = days_of(loaded, period)
    return tuple(d for d in (period.start + timedelta(days=n) for n in range(period.days)) if d not in covered)
