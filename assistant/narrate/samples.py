"""Ratios that rest on few events: a CAC on 2 conversions says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant import formats
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel
from tools.base import Note

Row = Mapping[str, Any]
ENOUGH = 10  # events; below it one more or less moves a ratio by a tenth and more
_MOST_NAMED = 3
MOST_ROWS = 500  # results beyond it are too long for a person to weigh row by row


def counting(query: MetricQuery, model: SemanticModel) -> MetricQuery | None:
    """The same rows with the counts that the query's ratios rest on; None where it has no ratio."""
    counts = [model.metrics[name].rests_on for name in query.metrics if model.metrics[name].rests_on]
    if not counts:
        return None
    named = [name for name in dict.fromkeys(counts) if name]
    return query.model_copy(update={"metrics": tuple(dict.fromkeys([*query.metrics, *named]))})


def small_sample_notes(query: MetricQuery, counted: Sequence[Row], model: SemanticModel) -> list[Note]:
    """One note for each kind of event that is too rare; ``counted`` are the rows of ``counting``."""
    notes = []
    for event in dict.fromkeys(model.metrics[name].rests_on for name in query.metrics):
        ratios = [name for name in query.metrics if model.metrics[name].rests_on == event]
        few = [row for row in counted if event and _is_few(row, event, ratios)]
        if event and few:
            notes.append(Note(code="small_sample", text=_said(query, few, len(counted), event, ratios, model)))
    return notes


def _is_few(row: Row, event: str, ratios: Sequence[str]) -> bool:
    count = row.get(event)
    return count is not None and count < ENOUGH and any(row.get(name) is not None for name in ratios)


def _said(
    query: MetricQuery, few: Sequence[Row], rows: int, event: str, ratios: Sequence[str], model: SemanticModel
) -> str:
    labels = " and ".join(model.metrics[name].label for name in ratios)
    events = model.metrics[event].label.lower()
    verb = "rest" if len(ratios) > 1 else "rests"
    if not (query.dimensions or query.grain):
        return f"{labels} {verb} on {_count(few[0][event], events)} only: one more or less changes much."
    named = ", ".join(f"{_name(query, row)} {few_events}" for row in few[:_MOST_NAMED] for few_events in [row[event]])
    more = f" and {len(few) - _MOST_NAMED} more" if len(few) > _MOST_NAMED else ""
    return f"{labels} {verb} on fewer than {ENOUGH} {events} in {len(few)} of {rows} rows: {named}{more}."


def _count(count: float, events: str) -> str:
    return f"{count:g} {events.removesuffix('s') if count == 1 else events}"


def _name(query: MetricQuery, row: Row) -> str:
    parts = [str(row[name]) for name in query.dimensions]
    if query.grain:
        parts.append(formats.bucket(row["period"], query.grain))
    return " / ".join(parts)
