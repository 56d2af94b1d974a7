"""The rows of an answer as cells of text, and as a table in letters of one width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant import formats
from assistant.answer import Answer
from kpi.result import Column

_MOST_COLUMNS = 8
_WIDEST_CELL = 40


@dataclass(frozen=True)
class Grid:
    """Headings and rows of text; ``right`` says which columns are numbers. ``total`` counts the rows left out too."""

    headings: list[str]
    rows: list[list[str]]
    right: list[bool]
    total: int


def grid(answer: Answer, currency: str | None, most_rows: int) -> Grid | None:
    """None where there is no table to show: the text of a single number says it already."""
    if not answer.rows or (len(answer.rows) == 1 and len(answer.columns) == 1):
        return None
    columns = answer.columns[:_MOST_COLUMNS]
    rows = [[_cell(row.get(c.name), c, answer, currency) for c in columns] for row in answer.rows[:most_rows]]
    right = [column.unit not in ("text", "date") for column in columns]
    return Grid([_short(column.label) for column in columns], rows, right, len(answer.rows))


def in_letters(table: Grid) -> str:
    """The table with its columns lined up, for a font of one width."""
    lines = [table.headings, *table.rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(table.headings))]
    laid = ["  ".join(_aligned(line[n], widths[n], table.right[n]) for n in range(len(widths))) for line in lines]
    return "\n".join(line.rstrip() for line in [laid[0], "  ".join("─" * width for width in widths), *laid[1:]])


def _aligned(cell: str, width: int, right: bool) -> str:
    return cell.rjust(width) if right else cell.ljust(width)


def _cell(value: Any, column: Column, answer: Answer, currency: str | None) -> str:
    grain = answer.query.grain if answer.query else None
    if column.name == "period" and grain and value is not None:
        return formats.bucket(value, grain)
    if column.name.endswith("_change"):
        return formats.change(value)
    return _short(formats.value(value, column.unit, currency))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _WIDEST_CELL else f"{plain[: _WIDEST_CELL - 1]}…"
