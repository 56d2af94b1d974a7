"""Last gate: DuckDB reads the text with its own parser, and its tree must pass the same allow-lists.

It sees what sqlglot doesn't: arguments that sqlglot dropped, names that end elsewhere, statements inside a step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kpi.guard.mirror import mirror
from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

Node = dict[str, Any]
Names = frozenset[str]


def check_by_duckdb(sql: str) -> Node:
    """DuckDB's tree of ``sql``. Raises SqlRejected unless it is one SELECT made of allowed parts only."""
    statements = mirror().statements(sql)
    if len(statements) != 1:
        raise refusal("one_statement")
    if statements[0].get("named_param_map"):
        raise refusal("syntax")
    tree: Node = statements[0]["node"]
    _check(tree, frozenset())
    return tree


def check_nothing_lost(written: Node, rewritten: Node) -> None:
    """Raises SqlRejected where the rewritten statement reads fewer columns or values than the one that came in."""
    if _columns(written) - _columns(rewritten) or _values(written) > _values(rewritten):
        raise refusal("rewritten")


def _check(node: Node, steps: Names) -> None:
    if "class" in node:
        _check_expression(node)
    elif isinstance(node.get("type"), str):
        _check_node(node, steps)
    for entry in node.get("cte_map", {}).get("map", []):
        name = entry["key"].lower()
        recursive = entry["value"]["query_node"]["type"] == "RECURSIVE_CTE_NODE"
        _check(entry["value"], steps | {name} if recursive else steps)
        steps = steps | {name}
    for key, value in node.items():
        if key not in {"cte_map", "literal"}:
            for child in _dicts(value):
                _check(child, steps)


def _check_node(node: Node, steps: Names) -> None:
    kind = node["type"]
    if kind == "BASE_TABLE":
        _check_table([name.lower() for name in node["qualified_name"]["path"]], steps)
    elif kind == "TABLE_FUNCTION":
        _check_table_function(node["function"])
    elif kind not in rules().duckdb.nodes:
        raise refusal("only_questions")


def _check_table(path: list[str], steps: Names) -> None:
    relation = rules().relation
    known = path in ([relation.name], [relation.schema_name, relation.name])
    if not known and not (len(path) == 1 and path[0] in steps):
        raise refusal("relation")


def _check_table_function(call: Node) -> None:
    if (
        call["qualified_name"]["path"] != [call["function_name"]]
        or call["function_name"].lower() not in rules().table_functions
    ):
        raise refusal("relation")


def _check_expression(node: Node) -> None:
    kind = node["class"]
    if kind not in rules().duckdb.expressions:
        raise refusal("syntax")
    if kind in {"FUNCTION", "WINDOW"}:
        _check_function(node)
    elif kind == "OPERATOR" and node["type"] not in rules().duckdb.operators:
        raise refusal("syntax")
    elif kind == "TYPE" and (node["type_name"].upper() not in rules().types or len(node["qualified_name"]["path"]) > 1):
        raise refusal("type")
    elif kind == "COLUMN_REF" and len(node["column_names"]) == 1:
        _check_word(node["column_names"][0])


def _check_function(node: Node) -> None:
    """The last part of the name is the function; one part before it may only be the column it is called on."""
    path = [name.lower() for name in node["qualified_name"]["path"]]
    called_on_column = len(path) == 2 and path[0] in rules().relation.columns
    if path[-1] not in rules().functions or not (len(path) == 1 or called_on_column):
        raise refusal("syntax") if node.get("is_operator") else refusal("function", path[-1])


def _check_word(name: str) -> None:
    if name.lower() in rules().words.refused:
        raise refusal("word", name)


def _dicts(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _dicts(item)


def _columns(tree: Node) -> Counter[str]:
    found = (node["column_names"][-1].lower() for node in _walk(tree) if node.get("class") == "COLUMN_REF")
    return Counter(name for name in found if name not in rules().words.allowed)


def _values(tree: Node) -> int:
    return sum(node.get("class") == "CONSTANT" for node in _walk(tree))


def _walk(tree: Node) -> Iterator[Node]:
    """All nodes but those inside a type: sqlglot leaves out lengths that DuckDB ignores, as in VARCHAR(10)."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if node.get("class") != "TYPE":
            waiting.extend(child for value in node.values() for child in _dicts(value))
