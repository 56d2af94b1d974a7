"""Sixth gate: functions whose argument decides how long a text becomes get that argument as a plain literal."""

from __future__ import annotations

import re

from sqlglot import exp

from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

# A width of four digits, a width taken from an argument ({:{}} or %*d): all let one cell fill the memory.
_WIDE_FORMAT = re.compile(r"\d{4}|\*|\{[^{}]*\{")


def check_arguments(tree: exp.Expr) -> None:
    """Raises SqlRejected for padding and formatting whose size is not plain to see."""
    for node in tree.find_all(exp.Pad, exp.Format, exp.Anonymous):
        if isinstance(node, exp.Pad):
            _check_length(node.expression)
        elif isinstance(node, exp.Format):
            _check_format(node.this)
        elif node.name.lower() in {"printf", "format"}:
            _check_format(node.expressions[0] if node.expressions else None)
        elif node.name.lower() in {"lpad", "rpad"}:
            raise refusal("text_length", rules().limits.padded_length)


def _check_length(length: exp.Expr | None) -> None:
    limit = rules().limits.padded_length
    plain = isinstance(length, exp.Literal) and not length.is_string and length.name.isdigit()
    if not plain or length is None or int(length.name[:9]) > limit or len(length.name) > 9:
        raise refusal("text_length", limit)


def _check_format(text: exp.Expr | None) -> None:
    plain = isinstance(text, exp.Literal) and text.is_string and not isinstance(text.parent, exp.Dot)
    if not plain or text is None or _WIDE_FORMAT.search(text.name.replace("{{", "")):
        raise refusal("text_format")
