"""Expressions that DuckDB copies while it reads them must not double on the way: 30 short steps make 2^30 copies.

It copies what stands for an alias (``a + a AS b, b + b AS c``), the operand of BETWEEN and CASE, the arguments of some
functions, and everything once for each column of COLUMNS(…) and each value of a PIVOT. No limit of DuckDB's stops that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sqlglot import exp

from kpi.guard.refusals import refusal
from kpi.guard.relations import children
from kpi.guard.rules import rules

Sizes = Mapping[str, int]
_COLUMNS_OF_A_RELATION = 50


def check_expansion(tree: exp.Expr) -> None:
    """Raises SqlRejected where an expression or a PIVOT would grow beyond the limits when it is written out."""
    for pivot in tree.find_all(exp.Pivot):
        lists = [len(values.expressions) for values in pivot.find_all(exp.In)]
        if math.prod(lists) > rules().limits.pivot_columns:
            raise refusal("expansion")
    for select in tree.find_all(exp.Select):
        _check_select(select)


def _check_select(select: exp.Select) -> None:
    aliases: dict[str, int] = {}
    total = 0
    for projection in select.expressions:
        size = _size(projection, aliases)
        aliases[projection.alias_or_name.lower()] = size
        total += size
    clauses = (clause for clause in children(select) if clause.arg_key != "expressions")
    if total + sum(_size(clause, aliases) for clause in clauses) > rules().limits.written_out:
        raise refusal("expansion")


def _size(node: exp.Expr, aliases: Sizes) -> int:
    """Nodes of the expression with every copy written out. Python's integers keep what doubles exact."""
    if isinstance(node, exp.Column):
        return aliases.get(node.name.lower(), 1) if node.table.lower() in {"", "alias"} else 1
    copies = _copies(node)
    operand_copies = max(1, len(node.args["ifs"])) if isinstance(node, exp.Case) else copies
    sizes = (
        (operand_copies if child.arg_key == "this" else copies) * _size(child, aliases) for child in children(node)
    )
    return 1 + sum(sizes)


def _copies(node: exp.Expr) -> int:
    """How often DuckDB writes what is right below ``node``. Asked once a node: the look below it is long."""
    if isinstance(node, (exp.Explode, exp.Unnest)):
        return max(1, sum(len(struct.expressions) for struct in node.find_all(exp.Struct)))
    if isinstance(node, (exp.Alias, exp.Case)) or not isinstance(node, (exp.Between, exp.Func, exp.Binary)):
        return 1
    if not isinstance(node.parent, (exp.Func, exp.Binary)) and node.find(exp.Columns):
        return _COLUMNS_OF_A_RELATION
    return 2 if isinstance(node, exp.Between) or not rules().copying.isdisjoint(names_of(node)) else 1


def names_of(node: exp.Expr) -> set[str]:
    """What DuckDB may call the function that ``node`` is, small; nothing for another node."""
    if isinstance(node, exp.Anonymous):
        return {node.name.lower()}
    return {name.lower() for name in node.sql_names()} if isinstance(node, exp.Func) else set()
