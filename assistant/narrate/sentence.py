"""The sentence that leads the answer. Every number in it is a cell of the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant import formats
from assistant.narrate.conditions import condition_words
from assistant.narrate.interpretation import join
from kpi.query import MetricQuery
from kpi.semantic import Metric, SemanticModel

Row = Mapping[str, Any]
_PER = {"per_day": "per day", "per_week": "per 7 days", "per_month": "per month"}
SHOWN = 3  # members named in a sentence; the table has them all


def sentence(
    query: MetricQuery, rows: Sequence[Row], model: SemanticModel, currency: str | None, *, has_data: bool = False
) -> str:
    """One or two sentences by the shape of the query. ``has_data``: rows are loaded, be it that none is left."""
    metrics = [model.metrics[name] for name in query.metrics]
    if not rows:
        return _nothing(query, model, currency, has_data=has_data)
    if query.grain:
        return _trend(query, rows, metrics[0], currency)
    if query.dimensions:
        return _ranking(query, rows, metrics[0], currency)
    if query.comparison and all(rows[0][f"{metric.name}_previous"] is None for metric in metrics):
        query = query.model_copy(update={"comparison": None})  # the note says why there is nothing to compare with
    said = "; ".join(_figure(metric, rows[0], query, currency) for metric in metrics)
    return f"{said[0].upper()}{said[1:]}{_extras(query, rows[0], model, currency)}."


def _nothing(query: MetricQuery, model: SemanticModel, currency: str | None, *, has_data: bool) -> str:
    """Why the result is empty: no member meets the conditions, or there is no data at all."""
    when = f"{'on' if query.period.days == 1 else 'in'} {formats.days(query.period)}"
    if not (has_data and query.conditions and (query.dimensions or query.grain)):
        return f"There are no rows for that {when}."
    thing = model.dimensions[query.dimensions[-1]].label.lower() if query.dimensions else str(query.grain)
    met = join([condition_words(condition, query, model, currency) for condition in query.conditions])
    return f"No {thing} meets that {when}: {met}."


def _figure(metric: Metric, row: Row, query: MetricQuery, currency: str | None) -> str:
    now = row[metric.name]
    if now is None:
        return f"{metric.label} is unknown here: there is nothing to divide by or nothing was reported"
    were = "were" if metric.is_sum and metric.label.endswith("s") else "was"
    before = row[f"{metric.name}_previous"] if query.comparison else None
    shown, earlier = formats.values([now, before], metric.unit, currency)
    text = f"{metric.label} {were} {shown}"
    return text + (_moved(metric, row, earlier) if query.comparison else "")


def _moved(metric: Metric, row: Row, earlier: str) -> str:
    """', up 8.3 % from 3.10', or why there is no change to state. ``earlier`` is the value before, in words."""
    before, change = row[f"{metric.name}_previous"], row[f"{metric.name}_change"]
    if before is None:
        return ", with nothing to compare with in the earlier period"
    if change is None:
        return f", after {earlier}"
    if change == 0:
        return f", the same as before ({earlier})"
    return f", {'up' if change > 0 else 'down'} {formats.change(abs(change)).lstrip('+')} from {earlier}"


def _ranking(query: MetricQuery, rows: Sequence[Row], metric: Metric, currency: str | None) -> str:
    if query.order and query.order.by.endswith("_change"):
        return _movement(query, rows, metric, currency)
    figures = formats.values([row[metric.name] for row in rows[:SHOWN]], metric.unit, currency)
    leaders = [_member_figure(query, row, metric, figure, currency) for row, figure in zip(rows, figures, strict=False)]
    more = len(rows) - len(leaders)
    rest = f", and {more} more below" if more else ""
    if len(rows) == 1:
        return f"{leaders[0]}."
    return f"{metric.label}{_how_sorted(query, rows, metric)}: {', '.join(leaders)}{rest}."


def _movement(query: MetricQuery, rows: Sequence[Row], metric: Metric, currency: str | None) -> str:
    """Who moved the way that was asked for, the furthest first; where nobody did, who came nearest."""
    assert query.order
    name = query.order.by.removesuffix("_change")
    upwards, change = query.order.descending, query.order.by
    moved = [row for row in rows if row[change] is not None and (row[change] > 0) == upwards and row[change] != 0]
    word, other = ("rose", "fall") if upwards else ("fell", "rise")
    label = metric.label if name == metric.name else name
    shown = (moved or rows)[:SHOWN]
    cells = formats.values([row[metric.name] for row in shown], metric.unit, currency)
    named = zip(shown, cells, strict=True)
    figures = ", ".join(_member_figure(query, row, metric, cell, currency, by_change=True) for row, cell in named)
    if not moved:
        return f"{label} {word} nowhere; smallest {other} first: {figures}."
    of_all = "" if query.limit or query.conditions else f" It {word} in {len(moved)} of {len(rows)}."
    return f"{label} {word} most in {figures}.{of_all}"


def _member_figure(
    query: MetricQuery, row: Row, metric: Metric, figure: str, currency: str | None, *, by_change: bool = False
) -> str:
    name = " / ".join(str(row[dimension]) for dimension in query.dimensions)
    text = f"{name} {figure}"
    share, part = row.get(f"{metric.name}_share"), row.get(f"{metric.name}_contribution")
    average, rank = _average(query, row, metric, currency), row.get(f"{metric.name}_rank")
    if average:
        text += f" ({average})"
    elif rank is not None:
        text += f" (number {rank}{_places(row.get(f'{metric.name}_rank_change'))})"
    elif share is not None:
        text += f" ({formats.value(share, 'percent', None)} of all)"
    elif part is not None:
        text += f" ({formats.value(part, 'percent', None)} of the change)"
    elif query.comparison and row[f"{metric.name}_change"] is not None:
        text += f" ({formats.change(row[f'{metric.name}_change'])})"
    elif by_change:
        text += " (no earlier value)"
    return text


def _how_sorted(query: MetricQuery, rows: Sequence[Row], metric: Metric) -> str:
    if query.top and query.top.within:
        return ""
    descending = query.order.descending if query.order else metric.sorts_descending
    if query.order and query.order.by != metric.name:
        return ""
    return ", highest first" if descending else ", lowest first"


def _trend(query: MetricQuery, rows: Sequence[Row], metric: Metric, currency: str | None) -> str:
    assert query.grain
    known = [row for row in rows if row[metric.name] is not None]
    if not known:
        return f"{metric.label} has no value in any {query.grain} of {formats.days(query.period)}."
    highest = max(known, key=lambda row: row[metric.name])
    lowest = min(known, key=lambda row: row[metric.name])
    parts = [f"highest {_point(query, highest, metric, currency)}", f"lowest {_point(query, lowest, metric, currency)}"]
    if len(known) == 1:
        return f"{metric.label} was {_point(query, known[0], metric, currency)}."
    return f"{metric.label} per {query.grain}: {join(parts)}{_run_up(query, known[-1], metric, currency)}."


def _run_up(query: MetricQuery, last: Row, metric: Metric, currency: str | None) -> str:
    """What a running total reached."""
    reached = last.get(f"{metric.name}_running")
    if reached is None or query.dimensions:
        return ""
    return f"; {formats.value(reached, metric.unit, currency)} in all"


def _point(query: MetricQuery, row: Row, metric: Metric, currency: str | None) -> str:
    assert query.grain
    where = [str(row[dimension]) for dimension in query.dimensions] + [formats.bucket(row["period"], query.grain)]
    return f"{formats.value(row[metric.name], metric.unit, currency)} ({', '.join(where)})"


def _extras(query: MetricQuery, row: Row, model: SemanticModel, currency: str | None) -> str:
    averages = (_average(query, row, model.metrics[name], currency) for name in query.metrics)
    return "".join(f", {average}" for average in averages if average)


def _average(query: MetricQuery, row: Row, metric: Metric, currency: str | None) -> str:
    """'9,501.20 per day' where an average was asked for."""
    return ", ".join(
        f"{formats.value(row[extra.column], metric.unit, currency)} {_PER[extra.kind]}"
        for extra in query.extras
        if extra.kind in _PER and extra.metric == metric.name and row[extra.column] is not None
    )


def _places(gained: int | None) -> str:
    if not gained:
        return "" if gained is None else ", as before"
    return f", {'up' if gained > 0 else 'down'} {abs(gained)}"
