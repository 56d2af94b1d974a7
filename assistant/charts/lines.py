"""Trends: one line a member, the previous period dashed on the same axis, and never a line across a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant import formats
from assistant.charts import axes, buckets, panels, theme
from assistant.charts.data import ChartData, Row
from assistant.charts.wording import safe, shorten
from kpi.query import Grain
from kpi.result import Column

_MOST_LINES, _MOST_LINES_WITH_PREVIOUS = 8, 4
_HEIGHT, _HEIGHT_OF_SEVERAL = 260, 130  # px
_MOST_DOTTED, _DOT = 31, 6  # a line of more points shows dots only where nothing else would be seen
_LONGEST_NAME = 24


@dataclass(frozen=True)
class _Member:
    """The rows of one member by the first day of their bucket; ``name`` is empty where there is no breakdown."""

    name: str
    colour: str
    rows: Mapping[date, Row]


@dataclass(frozen=True)
class _Time:
    """All buckets from first to last, and those of which only a part is loaded."""

    starts: Sequence[date]
    partial: frozenset[date]

    @classmethod
    def of(cls, members: Sequence[_Member], grain: Grain, loaded: frozenset[date] | None) -> _Time:
        with_rows = {start for member in members for start in member.rows}
        partial = buckets.partial(with_rows, grain, loaded) if loaded is not None else set()
        return cls(buckets.without_gaps(with_rows, grain), frozenset(partial))


def build(data: ChartData, grain: Grain) -> dict[str, Any]:
    """One panel a measure over a common time axis."""
    members, notes = _members(data)
    measures = data.measures
    time = _Time.of(members, grain, data.loaded_days)
    notes += [f"○ part of a {grain}"] if time.partial else []
    frame = panels.Frame(
        heights=[_HEIGHT if len(measures) == 1 else _HEIGHT_OF_SEVERAL] * len(measures),
        headings=[column.label for column in measures],
        below=44,
        legend=_legend(data, members),
        note=" · ".join(notes),
    )
    layout = panels.layout(data, frame)
    layout["hovermode"] = "x unified"
    traces: list[dict[str, Any]] = []
    for panel, (column, domain) in enumerate(zip(measures, panels.domains(frame), strict=True)):
        drawn = [line for member in members for line in _lines(data, member, column, time, panel)]
        traces += drawn
        layout[panels.axis_key("x", panel)] = axes.time(time.starts, grain, panel, is_lowest=panel == len(measures) - 1)
        layout[panels.axis_key("y", panel)] = axes.values(data, column, domain, panel)
    return {"data": traces, "layout": layout}


def _members(data: ChartData) -> tuple[list[_Member], list[str]]:
    """Those with the highest peaks, as many as can be told apart, with notes on what they show."""
    rows: dict[str, dict[date, Row]] = {}
    for row in data.rows:
        rows.setdefault(data.member(row), {})[formats.as_date(row["period"])] = row
    first = data.measures[0].name
    peaks = {name: max(r.get(first) or 0 for r in of.values()) for name, of in rows.items()}
    ranked = sorted(rows, key=lambda name: (-peaks[name], name))
    shown = ranked[: _MOST_LINES_WITH_PREVIOUS if data.query.comparison else _MOST_LINES]
    members = [_Member(name, colour, rows[name]) for name, colour in zip(shown, theme.PALETTE, strict=False)]
    notes = [f"{len(shown)} of {len(ranked)} {data.members_called()}"] if len(shown) < len(ranked) else []
    if data.query.comparison and data.query.dimensions:
        notes.append(f"dashed: {formats.days(data.query.comparison)}")
    return members, notes


def _legend(data: ChartData, members: Sequence[_Member]) -> list[str]:
    if data.query.dimensions:
        return [shorten(member.name, _LONGEST_NAME) for member in members]
    query = data.query
    return [formats.days(query.period), formats.days(query.comparison)] if query.comparison else []


def _lines(data: ChartData, member: _Member, column: Column, time: _Time, panel: int) -> list[dict[str, Any]]:
    name = shorten(member.name, _LONGEST_NAME) or formats.days(data.query.period)
    now = {
        **_line(data, member, column, column.name, time, panel),
        "name": safe(name),
        "legendgroup": safe(name),
        "showlegend": panel == 0 and bool(member.name or data.query.comparison),
    }
    if data.query.comparison is None or column.name not in data.query.metrics:
        return [now]
    earlier = formats.days(data.query.comparison)
    before = {
        **_line(data, member, column, f"{column.name}_previous", replace(time, partial=frozenset()), panel),
        "name": safe(earlier),
        "legendgroup": safe(name if member.name else earlier),
        "showlegend": panel == 0 and not member.name,
    }
    now["legendrank"] = 1  # first in the legend, though drawn last, over the dashed line
    before["line"] = {"color": member.colour if member.name else theme.PREVIOUS, "width": 2, "dash": "dash"}
    before["marker"] = {**before["marker"], "color": before["line"]["color"]}
    return [before, now]


def _line(data: ChartData, member: _Member, column: Column, key: str, time: _Time, panel: int) -> dict[str, Any]:
    values = [member.rows.get(start, {}).get(key) for start in time.starts]
    who = safe(" ".join(part for part in (member.name, data.columns[key].label) if part))
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [start.isoformat() for start in time.starts],
        "y": values,
        "connectgaps": False,
        "line": {"color": member.colour, "width": 2},
        "marker": {**_dots(values, time), "color": member.colour, "opacity": 1},
        "hovertext": ["" if value is None else f"{who}: {safe(data.text(value, column))}" for value in values],
        "hoverinfo": "text",
        "xaxis": panels.axis("x", panel),
        "yaxis": panels.axis("y", panel),
    }


def _dots(values: Sequence[float | None], time: _Time) -> dict[str, Any]:
    """A dot on each point of a short line; on a long one only where a point has no neighbour to be joined to.

    Parts of a bucket have a hollow one: they are low because days are missing, not because business was bad.
    """
    around = [None, *values, None]
    alone = [before is None and after is None for before, after in zip(around, around[2:], strict=False)]
    short = len(values) <= _MOST_DOTTED
    if not time.partial:
        return {"size": _DOT if short else [_DOT if lone else 0 for lone in alone], "line": {"width": 0}}
    hollow = [start in time.partial for start in time.starts]
    return {
        "size": [_DOT if short or lone or part else 0 for lone, part in zip(alone, hollow, strict=True)],
        "symbol": ["circle-open" if part else "circle" for part in hollow],
        "line": {"width": [2 if part else 0 for part in hollow]},
    }
