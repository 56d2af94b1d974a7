"""Third gate: only node types and functions that ``rules.yml`` names may stand in the tree."""

from __future__ import annotations

from sqlglot import exp

from kpi.guard.refusals import refusal
from kpi.guard.rules import rules


def check_shape(tree: exp.Expr) -> None:
    """Raises SqlRejected at the first node that is not on an allow-list."""
    for node in tree.walk():
        _check_node(node)
    _check_renamed(tree)


def _check_node(node: exp.Expr) -> None:
    kind = type(node).__name__
    if isinstance(node, exp.Anonymous):
        _check_function(node)
    elif kind not in rules().sqlglot.structure and kind not in rules().sqlglot.functions:
        raise refusal("function", node.sql_name()) if isinstance(node, exp.Func) else refusal("syntax")
    if isinstance(node, exp.Column) and not node.table and node.name.lower() in rules().words.refused:
        raise refusal("word", node.name)
    if isinstance(node, exp.Pivot) and node.args.get("using") and _without_values(node):
        raise refusal("pivot")


def _check_renamed(tree: exp.Expr) -> None:
    """``* RENAME (hidden AS x)``: DuckDB passes over a name it doesn't know, so it must be a column or an alias."""
    known = {alias.alias.lower() for alias in tree.find_all(exp.Alias)} | rules().relation.columns.keys()
    known |= {column.name.lower() for alias in tree.find_all(exp.TableAlias) for column in alias.columns}
    for star in tree.find_all(exp.Star):
        for renamed in star.args.get("rename") or []:
            if renamed.this.name.lower() not in known:
                raise refusal("word", renamed.this.name)


def _check_function(node: exp.Anonymous) -> None:
    if node.name.lower() not in rules().functions:
        raise refusal("function", node.name)


def _without_values(pivot: exp.Pivot) -> bool:
    return any(not isinstance(column, exp.In) for column in pivot.expressions)
