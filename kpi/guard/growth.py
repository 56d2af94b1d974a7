"""How large one value may become: short nested calls such as ``replace(replace(…))`` write gigabytes, 10^n characters.

DuckDB works some constants out while it binds, where none of its limits holds. The sizes here are upper bounds, in
characters of a text and elements of a list; what reads pairs of characters or runs once an element counts as much.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from sqlglot import exp

from kpi.guard.expansion import names_of
from kpi.guard.refusals import refusal
from kpi.guard.relations import children
from kpi.guard.rules import rules
from kpi.guard.series import series_length

Sizes = Mapping[str, int]
_OF_A_CELL = 100  # a campaign's name, or a result of a subquery
_OF_A_DATE_PART = 20  # characters of a whole date, which %c writes
_OF_A_NUMBER = 20
_PLACES = re.compile(r"[%{]")
_WIDTH = re.compile(r"\d{1,3}")


def check_growth(tree: exp.Expr) -> None:
    """Raises SqlRejected where a value could outgrow the limit. Series must have been checked before."""
    for select in tree.find_all(exp.Select):
        aliases: dict[str, int] = {}
        for projection in select.expressions:
            aliases[projection.alias_or_name.lower()] = _checked(projection, aliases)
        for clause in children(select):
            if clause.arg_key in {"where", "having", "qualify", "group", "order", "limit", "offset"}:
                _checked(clause, aliases)


def _checked(node: exp.Expr, aliases: Sizes) -> int:
    size = _size(node, aliases)
    if size > rules().limits.value_size:
        raise refusal("growth")
    return size


def _size(node: exp.Expr, aliases: Sizes) -> int:
    if isinstance(node, exp.Column):
        return aliases.get(node.name.lower(), _OF_A_CELL) if node.table.lower() in {"", "alias"} else _OF_A_CELL
    if isinstance(node, (exp.Literal, exp.Identifier, exp.DataType)):
        return max(1, len(node.name))
    if isinstance(node, (exp.Query, exp.Window)):
        return _OF_A_CELL
    if isinstance(node, exp.GenerateSeries):
        return max(1, math.ceil(series_length(node)))
    return _of_call(node, [(child, _size(child, aliases)) for child in children(node)])


def _of_call(node: exp.Expr, parts: list[tuple[exp.Expr, int]]) -> int:
    """The size of a call whose arguments have these sizes."""
    sizes = [size for _, size in parts]
    names = names_of(node)
    if isinstance(node, (exp.Replace, exp.RegexpReplace)):
        return _replaced(node, {str(child.arg_key): size for child, size in parts})
    if isinstance(node, exp.Pad):
        return sum(sizes) + rules().limits.padded_length
    if names & rules().growing.by_format:
        return _formatted(node, sizes)
    if names & rules().growing.by_date_format:
        return sum(sizes) * _OF_A_DATE_PART
    if names & rules().growing.by_separator:
        return sum(sizes) * (1 + max(sizes, default=0))
    if names & rules().growing.by_product or isinstance(node, exp.Comprehension):
        return math.prod(sizes)
    return 1 + sum(sizes)


def _replaced(node: exp.Expr, sizes: Mapping[str, int]) -> int:
    """Every match becomes the new text; a literal of the same length or shorter lets nothing grow."""
    old, new = node.args["expression"], sizes.get("replacement", 1)
    is_plain = isinstance(node, exp.Replace) and isinstance(old, exp.Literal)
    return sizes["this"] * max(1, math.ceil(new / max(1, len(old.name))) if is_plain else new)


def _formatted(node: exp.Expr, sizes: list[int]) -> int:
    """Each place of the format may hold the longest argument (``{0}{0}``), and fill up to its width."""
    text = next((part.name for part in node.find_all(exp.Literal) if part.is_string), "")
    widest = max((int(width) for width in _WIDTH.findall(text)), default=0)
    return len(text) + len(_PLACES.findall(text)) * (_OF_A_NUMBER + max(sizes) + widest)
