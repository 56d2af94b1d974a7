"""Loaded days as SQL rows, so that what is asked of days (weekends, Sundays) holds for empty days too."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel
from kpi.slots import NOW, slot, slot_text


def day_rows(
    span: str, split: Sequence[str], columns: Sequence[exp.Expr], conditions: Sequence[exp.Expr]
) -> exp.Select:
    """``columns`` (over ``date``) and the ``split`` members, a row for each loaded day that meets the conditions."""
    named = "".join(f"{name}, " for name in split)
    runs = f"(VALUES {slot_text('runs', span, *split)}) AS loaded({named}first_day, last_day)"
    days = f"{named}CAST(UNNEST(GENERATE_SERIES(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS date"
    source = select(exp.Var(this=days)).from_(exp.Table(this=exp.Var(this=runs)))
    rows = select(*(column.copy() for column in columns), *(exp.column(name) for name in split))
    return rows.from_(exp.Subquery(this=source).as_("days")).where(*(condition.copy() for condition in conditions))


def day_count(query: MetricQuery, model: SemanticModel, table: str) -> exp.Expr:
    """How many loaded days the sums in a row of ``table`` are of: a number, or a count where weekdays matter."""
    of_row: list[exp.Expr] = [
        exp.EQ(this=sp.dimension_expression(model.dimensions[name]), expression=exp.column(name, table=table))
        for name in query.dimensions
        if model.dimensions[name].is_of_date
    ]
    conditions = day_conditions(query, model) + of_row
    if not conditions:
        return slot("loaded_days")
    rows = day_rows(NOW, (), [exp.column("date")], conditions)
    count = select(sp.sql("NULLIF(COUNT(*), 0)")).from_(exp.Subquery(this=rows).as_("loaded"))
    return exp.Subquery(this=count)


def day_conditions(query: MetricQuery, model: SemanticModel) -> list[exp.Expr]:
    """The query's filters that speak of days."""
    return [sp.filter_condition(model, f) for f in query.member_filters if model.dimensions[f.dimension].is_of_date]
