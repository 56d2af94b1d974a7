"""Loaded days as SQL rows, so that what is asked of days (weekends, Sundays) holds for empty days too."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.coverage import LoadedRange, loaded_days, loaded_members, loaded_runs
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel


def day_rows(
    loaded: Sequence[LoadedRange],
    period: Period,
    split: Sequence[str],
    columns: Sequence[exp.Expr],
    conditions: Sequence[exp.Expr],
) -> exp.Query:
    """``columns`` (over ``date``) and the ``split`` members, a row for each loaded day that meets the conditions."""
    parts: list[exp.Query] = []
    for members, first, last in loaded_runs(loaded, period, split):
        days = f"SELECT CAST(UNNEST(GENERATE_SERIES(DATE '{first}', DATE '{last}', INTERVAL 1 DAY)) AS DATE) AS date"
        parts.append(_part(days, dict(zip(split, members, strict=True)), columns, conditions))
    if not parts:  # nothing loaded: a relation of the right shape without rows
        return _part("SELECT CAST(NULL AS DATE) AS date WHERE FALSE", dict.fromkeys(split, ""), columns, conditions)
    rows = parts[0]
    for part in parts[1:]:
        rows = exp.union(rows, part, distinct=False)
    return rows


def day_count(query: MetricQuery, model: SemanticModel, loaded: Sequence[LoadedRange], table: str) -> exp.Expr:
    """How many loaded days the sums in a row of ``table`` are of: a number, or a count where weekdays matter."""
    of_row: list[exp.Expr] = [
        exp.EQ(this=sp.dimension_expression(model.dimensions[name]), expression=exp.column(name, table=table))
        for name in query.dimensions
        if model.dimensions[name].is_of_date
    ]
    conditions = day_conditions(query, model) + of_row
    if not conditions:
        return exp.Literal.number(max(1, loaded_days(loaded, query.period)))
    rows = day_rows(loaded, query.period, (), [exp.column("date")], conditions)
    count = select(sp.sql("NULLIF(COUNT(*), 0)")).from_(exp.Subquery(this=rows).as_("loaded"))
    return exp.Subquery(this=count)


def day_conditions(query: MetricQuery, model: SemanticModel) -> list[exp.Expr]:
    """The query's filters that speak of days."""
    return [sp.filter_condition(model, f) for f in query.member_filters if model.dimensions[f.dimension].is_of_date]


def was_loaded(loaded: Sequence[LoadedRange], period: Period, split: Sequence[str]) -> exp.Expr:
    """Condition on the ``split`` dimensions: does any file speak for this member in the period?"""
    members = loaded_members(loaded, period, split)
    if not members or not split:
        return exp.convert(bool(members))
    if len(split) == 1:
        return exp.column(split[0]).isin(*(exp.Literal.string(member) for (member,) in members))
    pairs = (exp.Tuple(expressions=[exp.Literal.string(name) for name in names]) for names in members)
    return exp.In(this=exp.Tuple(expressions=[exp.column(name) for name in split]), expressions=list(pairs))


def _part(
    days: str, members: dict[str, str], columns: Sequence[exp.Expr], conditions: Sequence[exp.Expr]
) -> exp.Select:
    named = [exp.alias_(exp.Literal.string(member), name) for name, member in members.items()]
    rows = select(*(column.copy() for column in columns), *named).from_(exp.Subquery(this=sp.sql(days)).as_("days"))
    return rows.where(*(condition.copy() for condition in conditions))
