"""Which members lead, and in which order rows come."""

from __future__ import annotations

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.query import MetricQuery, Top
from kpi.semantic import SemanticModel
from kpi.slots import NOW, slot


def leaders(query: MetricQuery, top: Top, model: SemanticModel) -> exp.Select:
    """The ``n`` members that lead over the whole period; members without a value come last."""
    name = sp.dimension_expression(model.dimensions[top.dimension])
    sums = {measure: exp.func("SUM", exp.column(measure)) for measure in model.metrics[top.by].measures}
    rank_by = sp.metric_expression(model.metrics[top.by]).transform(
        lambda node: sums[node.name] if isinstance(node, exp.Column) else node
    )
    members = select(name).from_(sp.relation(NOW)).where(sp.within(NOW))
    members = members.where(*(sp.filter_condition(model, f) for f in query.member_filters)).group_by(name.copy())
    order = exp.Ordered(this=rank_by, desc=top.descending, nulls_first=False)
    return members.order_by(order, name.copy()).limit(slot("leading"))


def leads_within(top: Top) -> exp.Expr:
    """Condition on result rows: among the first ``n`` of their own group; ties by name."""
    order = [sp.sort_key(top.by, top.descending), sp.sort_key(top.dimension, False)]
    place = exp.Window(
        this=exp.Anonymous(this="ROW_NUMBER"),
        partition_by=[exp.column(name) for name in top.within],
        order=exp.Order(expressions=order),
    )
    return exp.LTE(this=place, expression=slot("leading"))


def sort_keys(query: MetricQuery, keys: list[str], model: SemanticModel) -> list[exp.Ordered]:
    """What was asked for, else time, else the first metric; ties by name, so that the order never varies."""
    asked = query.order.by if query.order else None
    first: list[exp.Ordered] = []
    if query.order:
        first = [sp.sort_key(query.order.by, query.order.descending)]
    elif query.top and query.top.within:  # group by group, the leader of each first
        first = [sp.sort_key(name, False) for name in query.top.within]
        first.append(sp.sort_key(query.top.by, query.top.descending))
    elif keys and not query.grain:
        lead = model.metrics[query.metrics[0]]
        first = [sp.sort_key(lead.name, lead.sorts_descending)]
    used = {asked, *(query.top.within if query.top and not query.order else ())}
    ties = [sp.sort_key(key, False) for key in sorted(keys, key=lambda k: k != "period") if key not in used]
    return first + ties
