"""The gates of the guard in order, cheap and strict first: each sees only what the ones before let by."""

from __future__ import annotations

from kpi.guard.arguments import check_arguments
from kpi.guard.expansion import check_expansion
from kpi.guard.growth import check_growth
from kpi.guard.joins import check_joins
from kpi.guard.mirror import mirror
from kpi.guard.parsing import Query, parse
from kpi.guard.refusals import refusal
from kpi.guard.relations import check_relations
from kpi.guard.rewrite import capped, regenerate
from kpi.guard.second_opinion import check_by_duckdb, check_nothing_lost
from kpi.guard.series import check_series
from kpi.guard.shape import check_shape
from kpi.guard.text_rules import read_tokens


def run(sql: str) -> str:
    """The SQL text to run. Raises SqlRejected."""
    try:
        tokens = read_tokens(sql)
        tree = parse(sql, tokens)
        _check_tree(tree)
        return _agreed_text(sql[: tokens[-1].end + 1], tree)
    except RecursionError as error:
        raise refusal("nested_too_deep") from error


def _check_tree(tree: Query) -> None:
    check_shape(tree)
    check_relations(tree)
    check_expansion(tree)
    check_series(tree)
    check_growth(tree)
    check_arguments(tree)
    check_joins(tree)


def _agreed_text(written: str, tree: Query) -> str:
    """The rewritten text, where DuckDB accepts both it and the one that came in, and finds them alike."""
    written_tree = check_by_duckdb(written)
    check_nothing_lost(written_tree, check_by_duckdb(regenerate(tree)))
    rewritten = regenerate(capped(tree))
    check_by_duckdb(rewritten)
    if mirror().bind(written) != mirror().bind(rewritten):
        raise refusal("rewritten")
    return rewritten
