"""Small pieces of SQL text: literals and the expressions that read one cell."""

from __future__ import annotations

from collections.abc import Iterable


def literal(text: str) -> str:
    """A DuckDB string literal of any text; without backslash escapes only the quote needs doubling."""
    return "'" + text.replace("'", "''") + "'"


def one_of(texts: Iterable[str]) -> str:
    return "(" + ", ".join(literal(text) for text in texts) + ")"


def cell(column: str, placeholders: Iterable[str]) -> str:
    """The cell's text without spaces around it, NULL where it says nothing.

    The apostrophe that our rejects file puts before a formula is taken off again.
    """
    text = f"trim({column})"
    formula = f"starts_with({column}, {literal(chr(39))}) AND regexp_matches({text}, {literal('^.[=+@-]')})"
    empty = one_of(("", *(text.strip() for text in placeholders)))
    return f"CASE WHEN {formula} THEN {text}[2:] WHEN {text} NOT IN {empty} THEN {text} END"


def any_match(text: str, patterns: Iterable[str]) -> str:
    """True where the whole text matches one of the regular expressions, without case; false for NULL."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return f"coalesce(regexp_full_match({text}, {literal(joined)}, 'i'), false)" if joined else "false"
