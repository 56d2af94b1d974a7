"""Small pieces of SQL as sqlglot nodes, over the shape of a query: its values come later (``kpi/slots.py``)."""

from __future__ import annotations

from collections.abc import Collection

from sqlglot import exp, parse_one

from kpi.query import AnyOf, Grain, MemberFilter, MetricFilter
from kpi.semantic import Dimension, Metric, SemanticModel
from kpi.slots import slot, slot_text, values_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sql(text: str) -> exp.Expr:
    """Parse a fixed piece of our own SQL."""
    return parse_one(text, read="duckdb")


def within(span: str) -> exp.Expr:
    """The days of a span of the query: ``NOW`` or ``BEFORE``."""
    return exp.column("date").between(slot("start", span), slot("end", span))


def relation(span: str) -> exp.Table:
    """What is read for a span: ``kpi_daily`` in the SQL that people see."""
    return exp.Table(this=exp.Var(this=slot_text("relation", span)))


def dimension_expression(dimension: Dimension) -> exp.Expr:
    return sql(dimension.column)


def member_condition(column: exp.Expr, condition: MemberFilter) -> exp.Expr:
    """``column [NOT] IN (values)``; members are never null in kpi_daily, so NOT IN keeps ``(not reported)``."""
    inside = exp.In(this=column, expressions=[values_of(condition)])
    return inside if condition.op == "in" else exp.not_(inside)


def filter_condition(model: SemanticModel, condition: MemberFilter) -> exp.Expr:
    """The member filter over rows that still have the columns of kpi_daily."""
    return member_condition(dimension_expression(model.dimensions[condition.dimension]), condition)


def metric_condition(condition: MetricFilter | AnyOf, metrics: Collection[str]) -> exp.Expr:
    """``cac > 30`` on the measured metrics; a missing value never meets a condition."""
    if isinstance(condition, AnyOf):
        return exp.Paren(this=exp.or_(*(metric_condition(one, metrics) for one in condition.any_of)))
    compare = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}[condition.op]
    metric = condition.metric.removesuffix("_change")
    is_change = condition.metric not in metrics and metric in metrics
    value = exp.Paren(this=relative_change(metric)) if is_change else exp.column(condition.metric)
    return compare(this=value, expression=values_of(condition))


def bucket(grain: Grain, day_expression: exp.Expr, week_start: str) -> exp.Expr:
    """First day of the bucket a day falls in."""
    if grain == "day":
        return day_expression
    if grain == "week" and week_start == "sunday":  # DuckDB's weeks start on Monday
        shifted = exp.Add(this=day_expression, expression=sql("INTERVAL 1 DAY"))
        return exp.cast(exp.Sub(this=_truncated("week", shifted), expression=sql("INTERVAL 1 DAY")), "DATE")
    return exp.cast(_truncated(grain, day_expression), "DATE")


def metric_expression(metric: Metric, suffix: str = "") -> exp.Expr:
    """The metric over the columns of ``totals``: ``sum(spend) / sum(clicks)`` -> ``spend / NULLIF(clicks, 0)``."""

    tree = sql(metric.expression)
    for division in list(tree.find_all(exp.Div)):
        division.set("expression", exp.func("NULLIF", division.expression, exp.Literal.number(0)))
    return tree.transform(lambda node: exp.column(node.this.name + suffix) if isinstance(node, exp.Sum) else node)


def relative_change(column: str) -> exp.Expr:
    """(now - before) / |before|, null where there is no value before or it is 0."""
    return sql(f'("{column}" - "{column}_previous") / NULLIF(ABS("{column}_previous"), 0)')


def sort_key(column: str, descending: bool) -> exp.Ordered:
    """Missing values last in either direction; weekdays in the order of the week."""
    key: exp.Expr = exp.column(column, quoted=False)
    if column == "day_of_week":
        key = sql(f"LIST_POSITION({list(WEEKDAYS)!r}, day_of_week)")
    return exp.Ordered(this=key, desc=descending, nulls_first=False)


def _truncated(grain: str, expression: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="DATE_TRUNC", expressions=[exp.Literal.string(grain), expression])
