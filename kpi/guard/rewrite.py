"""The text that runs: written again from the tree, without comments, with a cap on the rows that come back."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.generators.duckdb import DuckDBGenerator

from kpi.errors import PlatformError
from kpi.guard.parsing import Query
from kpi.guard.refusals import refusal
from kpi.guard.rules import rules


class _BoundedGenerator(DuckDBGenerator):
    """Gives up on a text that outgrows its tree: sqlglot writes some arguments several times, 2^n times when nested."""

    visits_left = 0

    def sql(self, expression: str | exp.Expr | None, key: str | None = None, comment: bool = True) -> str:
        self.visits_left -= 1
        text = super().sql(expression, key, comment) if self.visits_left > 0 else ""
        if self.visits_left <= 0 or len(text) > 2 * rules().limits.characters:
            raise _TooLong
        return text


class _TooLong(PlatformError):
    """Not an error of sqlglot's, so that none of its own fallbacks swallows it."""


def regenerate(tree: exp.Expr) -> str:
    """SQL of the tree. Raises SqlRejected where sqlglot can't write it, or would only by leaving something out."""
    generator = _BoundedGenerator(dialect=DuckDB(), comments=False, unsupported_level=ErrorLevel.IMMEDIATE)
    generator.visits_left = 1000 + rules().limits.writer_steps * sum(1 for _ in tree.walk())
    try:
        return generator.generate(tree)
    except (_TooLong, RecursionError) as error:
        raise refusal("nested_too_deep") from error
    except (SqlglotError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise refusal("rewritten") from error


def capped(tree: Query) -> exp.Expr:
    """The same query, giving back at most the allowed number of rows."""
    cap = rules().limits.rows
    limit = tree.args.get("limit")
    if isinstance(tree, exp.Select) and limit is None:
        return tree.limit(cap)
    wanted = _plain_rows(limit)
    if isinstance(limit, exp.Limit) and wanted is not None:
        limit.set("expression", exp.Literal.number(min(cap, wanted)))
        return tree
    whole = exp.Subquery(this=tree, alias=exp.TableAlias(this=exp.to_identifier("result")))
    return exp.select("*").from_(whole).limit(cap)


def _plain_rows(limit: exp.Expr | None) -> int | None:
    """The number of rows of a plain ``LIMIT 10``; None for none, a share of the rows or a computed limit."""
    count = limit.expression if isinstance(limit, exp.Limit) and not limit.args.get("limit_options") else None
    if isinstance(count, exp.Literal) and not count.is_string and count.name.isdigit() and len(count.name) < 19:
        return int(count.name)
    return None
