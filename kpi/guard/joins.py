"""Seventh gate: rows of ``kpi_daily`` are not multiplied with each other without a condition on equal columns."""

from __future__ import annotations

from sqlglot import exp

from kpi.guard.refusals import refusal
from kpi.guard.relations import is_kpi_daily


def check_joins(tree: exp.Expr) -> None:
    """Raises SqlRejected where one SELECT reads several ungrouped copies of the rows that nothing ties together."""
    for select in tree.find_all(exp.Select):
        rows = [source for source in _sources(select) if _holds_rows(source)]
        if not all(_is_tied(source, select) for source in rows[1:]):
            raise refusal("join")


def _joins(select: exp.Select) -> list[exp.Join]:
    """The joins of this SELECT, those in brackets too, but not those of a SELECT inside it."""
    return [join for join in select.find_all(exp.Join) if join.find_ancestor(exp.Select) is select]


def _sources(select: exp.Select) -> list[exp.Expr]:
    source = select.args.get("from_")
    first: list[exp.Expr] = [source.this] if source else []
    return [_without_brackets(s) for s in first + [join.this for join in _joins(select)]]


def _without_brackets(source: exp.Expr) -> exp.Expr:
    while isinstance(source, exp.Subquery) and isinstance(source.this, (exp.Table, exp.Subquery)) and not source.alias:
        source = source.this
    return source


def _holds_rows(source: exp.Expr) -> bool:
    """Whether a source is long: ``kpi_daily`` not grouped, limited or made distinct on the way, or a series."""
    if isinstance(source, exp.Table):
        return is_kpi_daily(source) or isinstance(source.this, exp.GenerateSeries) or _is_long_step(source)
    if isinstance(source, (exp.Subquery, exp.Lateral)):
        return _holds_rows(source.this)
    if isinstance(source, exp.SetOperation):
        return _holds_rows(source.left) or _holds_rows(source.right)
    return isinstance(source, exp.Select) and not _is_short(source) and any(map(_holds_rows, _sources(source)))


def _is_short(select: exp.Select) -> bool:
    summed = any(p.find(exp.AggFunc) and not p.find(exp.Window) for p in select.expressions)
    return summed or any(select.args.get(key) for key in ("group", "limit", "distinct"))


def _is_long_step(table: exp.Table) -> bool:
    """The step that ``table`` names, looked up from the inside out. A step that reads itself counts as long."""
    node = table.parent
    while node is not None:
        for step in node.args["with_"].expressions if node.args.get("with_") else []:
            if step.alias.lower() == table.name.lower():
                return table.find_ancestor(exp.CTE) is step or _holds_rows(step.this)
        node = node.parent
    return False


def _is_tied(source: exp.Expr, select: exp.Select) -> bool:
    """Whether USING, NATURAL or an equality of columns ties the source to another one of the same SELECT."""
    join = source.parent
    if isinstance(join, exp.Join) and (join.args.get("using") or join.args.get("method") == "NATURAL"):
        return True
    name = source.alias_or_name.lower()
    conditions = [join.args.get("on") for join in _joins(select)] + [select.args.get("where")]
    return any(_ties(equal, name) for condition in conditions if condition for equal in condition.find_all(exp.EQ))


def _ties(equal: exp.EQ, name: str) -> bool:
    left, right = ({c.table.lower() for c in side.find_all(exp.Column)} for side in (equal.this, equal.expression))
    return left.isdisjoint(right) and bool(left and right) and name in left | right
