"""Fifth gate: values made out of nothing (range, generate_series, counting recursion) stay few.

A time or memory limit of DuckDB does not stop ``range(0, 300000000)``, so its size must be plain to see.
"""

from __future__ import annotations

import math

from sqlglot import exp

from kpi.guard.positions import loaded_day, position, step
from kpi.guard.refusals import refusal
from kpi.guard.rules import rules


def check_series(tree: exp.Expr) -> None:
    """Raises SqlRejected where a series, or all of them multiplied, could grow beyond the limits."""
    lengths = [series_length(series) for series in tree.find_all(exp.GenerateSeries)]
    for with_clause in tree.find_all(exp.With):
        if with_clause.recursive:
            lengths += [_recursion_length(cte) for cte in with_clause.expressions if _reads(cte.this, cte.alias)]
    if math.prod(max(length, 1) for length in lengths) > rules().limits.series_product:
        raise refusal("series")


def series_length(series: exp.GenerateSeries) -> float:
    """How many values it gives. Raises SqlRejected where that is not plain to see, or too many."""
    start, end = position(series.args.get("start")), position(series.args.get("end"))
    by = step(series.args["step"]) if series.args.get("step") else 1.0
    if isinstance(series.parent, exp.Dot) or start is None or end is None or not by:
        raise refusal("series")
    return _bounded((end - start) / by, "series")


def _bounded(length: float, code: str) -> float:
    if not length <= rules().limits.series_values:
        raise refusal(code)
    return length


def _reads(body: exp.Expr, name: str) -> bool:
    return any(table.name.lower() == name.lower() for table in body.find_all(exp.Table))


def _recursion_length(cte: exp.CTE) -> float:
    """Rounds of ``SELECT start UNION ALL SELECT counter + step FROM itself WHERE counter < end``."""
    union, name = cte.this, cte.alias
    if not isinstance(union, exp.Union) or not isinstance(union.this, exp.Select) or _reads(union.this, name):
        raise refusal("recursion")
    first, again = union.this, union.expression
    if not isinstance(again, exp.Select) or not _only_counts(again, name):
        raise refusal("recursion")
    names = [c.name.lower() for c in cte.args["alias"].columns] or [p.alias_or_name.lower() for p in first.expressions]
    rounds = [_rounds(first, again, names, bound) for bound in _bounds(again)]
    fixed = [r for r in rounds if r is not None]
    if not fixed:
        raise refusal("recursion")
    return _bounded(min(fixed), "recursion")


def _only_counts(again: exp.Select, name: str) -> bool:
    """It reads itself once and nothing else but bounds, and each column is kept or moved by a fixed step."""
    source = again.args["from_"].this if again.args.get("from_") else None
    allowed = {"expressions", "from_", "where", "kind"}
    plain = all(key in allowed for key, value in again.args.items() if value)
    itself = isinstance(source, exp.Table) and source.name.lower() == name.lower() and not source.args.get("joins")
    tables = [t for t in again.find_all(exp.Table) if t.name.lower() == name.lower()]
    return plain and itself and len(tables) == 1 and all(_is_step(p.unalias()) for p in again.expressions)


def _is_step(projection: exp.Expr) -> bool:
    return isinstance(projection, (exp.Column, exp.Literal)) or _step_of(projection) is not None


def _step_of(projection: exp.Expr) -> tuple[str, float] | None:
    """Column and distance of ``column + 1``, ``column - INTERVAL 1 DAY`` or a cast of these."""
    while isinstance(projection, (exp.Cast, exp.Paren)):
        projection = projection.this
    if not isinstance(projection, (exp.Add, exp.Sub)) or not isinstance(projection.this, exp.Column):
        return None
    distance = step(projection.expression)
    if distance is None:
        return None
    return projection.this.name.lower(), distance if isinstance(projection, exp.Add) else -distance


def _bounds(again: exp.Select) -> list[exp.Expr]:
    condition = again.args["where"].this if again.args.get("where") else exp.true()
    return list(condition.flatten()) if isinstance(condition, exp.And) else [condition]


def _rounds(first: exp.Select, again: exp.Select, names: list[str], bound: exp.Expr) -> float | None:
    """How often ``bound`` lets the recursion go round, or None where it is no fixed end of a counter."""
    if not isinstance(bound, (exp.LT, exp.LTE, exp.GT, exp.GTE)) or bound.this.name.lower() not in names:
        return None
    index = names.index(bound.this.name.lower())
    if index >= min(len(first.expressions), len(again.expressions)):
        return None
    moved, start, end = _step_of(again.expressions[index].unalias()), _start(first, index), position(bound.expression)
    if moved is None or start is None or end is None or moved[0] != names[index]:
        return None
    forward = isinstance(bound, (exp.LT, exp.LTE))
    return (end - start) / moved[1] if moved[1] and (moved[1] > 0) == forward else None


def _start(first: exp.Select, index: int) -> float | None:
    projection = first.expressions[index].unalias()
    fixed = position(projection)
    return loaded_day(first, projection) if fixed is None else fixed
