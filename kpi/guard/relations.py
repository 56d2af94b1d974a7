"""Fourth gate: what is read is ``kpi_daily`` or a step (CTE) that is in scope just there, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

# Each step in scope with its weight: how many relations reading it comes down to, steps in it and every * counted in.
Steps = Mapping[str, int]


def check_relations(tree: exp.Expr) -> None:
    """Raises SqlRejected with the same line for a hidden relation and for one that doesn't exist."""
    _weigh(tree, {})


def _weigh(node: exp.Expr, steps: Steps) -> int:
    """Check everything below ``node`` and give back its weight: steps that double each other make 2^n columns."""
    weight = _weight_of_table(node, steps) if isinstance(node, exp.Table) else 0
    with_clause = node.args.get("with_")
    inner = _with_steps(with_clause, steps) if isinstance(with_clause, exp.With) else steps
    weight += sum(_weigh(child, inner) for child in children(node) if child is not with_clause)
    if isinstance(node, exp.Select):
        weight *= max(1, _stars(node))
    if weight > rules().limits.relations:
        raise refusal("too_many_relations")
    return weight


def _stars(select: exp.Select) -> int:
    """How often the select list repeats all columns; ``count(*)`` does not."""
    found = (star for column in select.expressions for star in column.find_all(exp.Star, exp.Columns))
    return sum(not isinstance(star.parent, exp.Count) for star in found)


def _with_steps(with_clause: exp.With, steps: Steps) -> Steps:
    """The steps in scope after the clause. Each sees the ones before it, and itself where it is recursive."""
    for step in with_clause.expressions:
        name = step.alias.lower()
        if name in rules().reserved_names:
            raise refusal("step_name", name)
        weight = _weigh(step.this, {**steps, name: 1} if with_clause.recursive else steps)
        steps = {**steps, name: weight}
    return steps


def _weight_of_table(table: exp.Table, steps: Steps) -> int:
    name = table.name.lower()
    is_step = isinstance(table.this, exp.Identifier) and not table.db and not table.catalog and name in steps
    if not (is_step or is_kpi_daily(table) or _is_series(table)):
        raise refusal("relation")
    return max(1, steps[name] if is_step else 1)


def _is_series(table: exp.Table) -> bool:
    return isinstance(table.this, (exp.GenerateSeries, exp.Unnest, exp.Explode)) and not table.db and not table.catalog


def is_kpi_daily(table: exp.Table) -> bool:
    relation = rules().relation
    schema_fits = table.db.lower() in {"", relation.schema_name}
    plain = isinstance(table.this, exp.Identifier) and not table.catalog
    return plain and schema_fits and table.name.lower() == relation.name


def children(node: exp.Expr) -> Iterator[exp.Expr]:
    """The nodes right below ``node``."""
    for value in node.args.values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                yield child
