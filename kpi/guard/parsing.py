"""Second gate: a sqlglot tree of exactly one query, from a parser that can't be sent round in circles."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError
from sqlglot.parsers.duckdb import DuckDBParser
from sqlglot.tokenizer_core import Token, TokenType

from kpi.errors import PlatformError
from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

Query = exp.Query | exp.Values | exp.Pivot
_SORTING = {TokenType.ORDER_BY, TokenType.LIMIT, TokenType.OFFSET}


class _BoundedParser(DuckDBParser):
    """Gives up after a fixed number of token visits.

    Nested type names and some keywords make sqlglot try two readings at every level: 24 times ``date(`` takes hours.
    """

    steps_left = 0

    def _advance(self, times: int = 1) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise _TooManySteps
        super()._advance(times)

    def _parse_as_command(self, start: Token) -> exp.Command:
        raise ParseError("a statement that is not a query")

    def _parse_simplified_pivot(self, is_unpivot: bool | None = None) -> Any:
        """``PIVOT … ORDER BY … LIMIT …``: sqlglot reads the PIVOT alone, and stops at what sorts it."""
        pivot = super()._parse_simplified_pivot(is_unpivot)
        if not self._curr or self._curr.token_type not in _SORTING:
            return pivot
        return self._parse_query_modifiers(exp.select("*").from_(exp.Subquery(this=pivot)))


@lru_cache
def _parser_of_allowed_functions() -> type[_BoundedParser]:
    """Only allowed functions get sqlglot's own reading: some others copy their arguments, 2^n times when nested."""
    allowed = {name.upper() for name in (rules().functions | rules().sqlglot.calls) - rules().read_as_written}

    class AllowedParser(_BoundedParser):
        FUNCTIONS: ClassVar[dict[str, Any]] = {
            name: build for name, build in DuckDBParser.FUNCTIONS.items() if name in allowed
        }
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: read for name, read in DuckDBParser.FUNCTION_PARSERS.items() if name in allowed
        }
        # a copy of our own, since CONNECT BY writes into it while it is being read
        NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = dict(DuckDBParser.NO_PAREN_FUNCTION_PARSERS)

    return AllowedParser


class _TooManySteps(PlatformError):
    """Not an error of sqlglot's, so that none of its own retries swallows it."""


def parse(sql: str, tokens: list[Token]) -> Query:
    """The tree of the one statement. Raises SqlRejected for anything else, also where parsing would not end."""
    parser = _parser_of_allowed_functions()(dialect=DuckDB(), error_level=ErrorLevel.IMMEDIATE)
    parser.steps_left = 1000 + rules().limits.parser_steps * len(tokens)
    try:
        trees: list[Any] = parser.parse(tokens, sql)
    except (_TooManySteps, RecursionError) as error:
        raise refusal("nested_too_deep") from error
    except (SqlglotError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise refusal("not_sql") from error  # sqlglot meets some malformed texts with plain Python errors
    if len(trees) != 1 or not isinstance(trees[0], Query):
        raise refusal("only_questions")
    tree: Query = trees[0]
    return tree
