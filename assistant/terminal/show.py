"""An answer for a person at a terminal: text, table with bars or spark lines, notes, options, what was understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant import formats
from assistant.answer import Answer
from assistant.terminal.bars import bar, spark_line
from kpi.query import MetricQuery
from kpi.result import Column

MOST_ROWS = 50
_WIDTH_IN_A_PIPE = 160
# Escape sequences and text direction overrides in a campaign's name must not reach the terminal.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console(**options: Any) -> Console:
    """A console that colours only on a terminal and doesn't squeeze tables into 80 columns in a pipe."""
    made = Console(highlight=False, markup=False, emoji=False, **options)
    return made if made.is_terminal or "width" in options else console(width=_WIDTH_IN_A_PIPE, **options)


def show(answer: Answer, out: Console, currency: str | None) -> None:
    """``currency`` is the ISO code of values in the unit currency."""
    out.print(Text(printable(answer.text), style="bold red" if answer.status == "error" else "bold"))
    if answer.rows:
        out.print(_table(answer, currency))
        for line in _spark_lines(answer, currency, out.width):
            out.print(line)
    for note in (note for note in answer.notes if note.text not in answer.text):
        out.print(Text(f"! {printable(note.text)}", style="yellow"))
    for number, option in enumerate(answer.options, 1):
        asks = "" if option.question == option.label else f": {printable(option.question)}"
        out.print(Text(f"{number}. {printable(option.label)}{asks}"))
    if answer.interpretation:
        out.print(Text(printable(answer.interpretation), style="dim"))


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _table(answer: Answer, currency: str | None) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for column in answer.columns:
        table.add_column(Text(printable(column.label)), justify="left" if column.unit in {"text", "date"} else "right")
    largest = _largest_bar(answer)
    if largest is not None:
        table.add_column("")
    for row in answer.rows[:MOST_ROWS]:
        cells = [Text(_cell(row.get(column.name), column, answer.query, currency)) for column in answer.columns]
        if largest is not None and answer.query is not None:
            cells.append(Text(bar(row.get(answer.query.metrics[0]), largest), style="cyan"))
        table.add_row(*cells)
    left = len(answer.rows) - MOST_ROWS
    table.caption = f"and {left:,} more rows (--json prints all)" if left > 0 else None
    table.caption_justify = "left"
    return table


def _cell(value: Any, column: Column, query: MetricQuery | None, currency: str | None) -> str:
    if column.name == "period" and query is not None and query.grain and value is not None:
        return formats.bucket(value, query.grain)
    if column.name.endswith("_change"):
        return formats.NOTHING if value is None else formats.change(value)
    return printable(formats.value(value, column.unit, currency))


def _largest_bar(answer: Answer) -> float | None:
    """What bars are measured against; None where the rows are no breakdown by one dimension."""
    query = answer.query
    if query is None or len(query.dimensions) != 1 or query.grain or len(answer.rows) < 2:
        return None
    return max((row.get(query.metrics[0]) or 0 for row in answer.rows), default=None)


def _spark_lines(answer: Answer, currency: str | None, width: int) -> Iterator[Text]:
    """A line a metric for a trend without a breakdown, where it fits."""
    query = answer.query
    if query is None or not query.grain or query.dimensions or not 2 <= len(answer.rows) <= width // 2:
        return
    for column in (column for column in answer.columns if column.name in query.metrics):
        values = [row.get(column.name) for row in answer.rows]
        known = [value for value in values if value is not None]
        if known:
            low, high = (formats.value(value, column.unit, currency) for value in (min(known), max(known)))
            yield Text.assemble(f"{column.label}  ", (spark_line(values), "cyan"), (f"  {low} to {high}", "dim"))
