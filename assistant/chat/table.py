"""The result's table as Markdown: labels for headings, values as people read them, text that can't be markup."""

from __future__ import annotations

from typing import Any

from assistant import formats
from assistant.answer import Answer
from assistant.chat.safe_text import line, plain
from assistant.chat.texts import texts
from kpi.result import Column

_MOST_ROWS = 100
_LEFT, _RIGHT = ":---", "---:"


def table(answer: Answer, currency: str | None) -> str | None:
    """Markdown, or None where the text already says it all. A single row is shown upright, a metric a line."""
    if not answer.rows or (len(answer.rows) == 1 and len(answer.columns) == 1):
        return None
    if len(answer.rows) == 1 and answer.kind == "metrics":
        return _upright(answer, currency)
    return _grid(answer, currency)


def _grid(answer: Answer, currency: str | None) -> str:
    shown = answer.rows[:_MOST_ROWS]
    aligned = [_LEFT if column.unit in ("text", "date") else _RIGHT for column in answer.columns]
    cells = [[_cell(row.get(column.name), column, answer, currency) for column in answer.columns] for row in shown]
    markdown = _markdown([line(column.label) for column in answer.columns], aligned, cells)
    if len(shown) == len(answer.rows):
        return markdown
    return f"{markdown}\n\n{texts().answer.more_rows.format(shown=len(shown), total=len(answer.rows))}"


def _upright(answer: Answer, currency: str | None) -> str:
    """One row as lines; with a comparison, a metric's value, its earlier value and the change stand side by side."""
    row, columns = answer.rows[0], {column.name: column for column in answer.columns}
    parts = ["", "_previous", "_change"] if answer.query and answer.query.comparison else [""]
    heads = [name for name in columns if not name.endswith(("_previous", "_change"))]
    cells = []
    for head in heads:
        group = [columns.get(head + part) for part in parts]
        values = [_cell(row.get(c.name), c, answer, currency) if c else "" for c in group]
        cells.append([line(columns[head].label), *values])
    return _markdown(["", *_period_heads(answer)], [_LEFT] + [_RIGHT] * len(parts), cells)


def _period_heads(answer: Answer) -> list[str]:
    if answer.query is None:
        return [texts().answer.value]
    now = formats.days(answer.query.period)
    if answer.query.comparison is None:
        return [now]
    return [now, formats.days(answer.query.comparison), texts().answer.change]


def _cell(value: Any, column: Column, answer: Answer, currency: str | None) -> str:
    grain = answer.query.grain if answer.query else None
    if column.name == "period" and grain and value is not None:
        return plain(formats.bucket(value, grain))
    if column.name.endswith("_change"):
        return formats.change(value)
    return line(formats.value(value, column.unit, currency))


def _markdown(headings: list[str], aligned: list[str], cells: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [headings, aligned, *cells])
