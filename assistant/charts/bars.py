"""Horizontal bars: one a row, beside it the previous period where there is a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant import formats
from assistant.charts import panels, theme
from assistant.charts.data import ChartData, Row
from assistant.charts.wording import safe, shorten
from kpi.result import Column

_MOST_ROWS, _MOST_ROWS_OF_SEVERAL = 15, 8
_ROW, _ROW_WITH_PREVIOUS = 28, 42  # px
_LONGEST_LABEL = 20
_WIDTH, _LETTER = 360, 8  # px on a phone, for labels, bars and the values behind the ends of the bars
_TAG = re.compile(r"<[^>]*>")


def build(data: ChartData) -> dict[str, Any]:
    """One panel a measure, rows in the order of the table (weekdays in the order of the week)."""
    measures, rows = data.measures, data.in_weekday_order
    shown = rows[: _MOST_ROWS if len(measures) == 1 else _MOST_ROWS_OF_SEVERAL]
    height = len(shown) * (_ROW_WITH_PREVIOUS if data.query.comparison else _ROW)
    frame = panels.Frame(
        heights=[height] * len(measures),
        headings=[column.label for column in measures],
        legend=_periods(data),
        note=f"{len(shown)} of {len(rows)} {'rows' if data.query.grain else data.members_called()}"
        if len(shown) < len(rows)
        else "",
    )
    layout = panels.layout(data, frame)
    layout.update(barmode="group", bargap=0.28, bargroupgap=0.06)
    longest_label = max(len(_short_label(data, row)) for row in shown)
    traces: list[dict[str, Any]] = []
    for panel, (column, domain) in enumerate(zip(measures, panels.domains(frame), strict=True)):
        drawn = _traces(data, shown, column, panel)
        traces += drawn
        layout[panels.axis_key("x", panel)] = _value_axis(drawn, longest_label, panel)
        layout[panels.axis_key("y", panel)] = _label_axis(data, shown, domain, panel)
        layout["annotations"] += _missing(data, shown, column, panel)
    return {"data": traces, "layout": layout}


def _periods(data: ChartData) -> list[str]:
    query = data.query
    return [formats.days(query.period), formats.days(query.comparison)] if query.comparison else []


def _traces(data: ChartData, rows: Sequence[Row], column: Column, panel: int) -> list[dict[str, Any]]:
    now = {
        **_bars(data, rows, column, column.name, panel),
        "text": [_beside(data, row, column) for row in rows],
        "marker": {"color": theme.PALETTE[0]},
    }
    periods = _periods(data)
    if not periods:
        return [now]
    before = _bars(data, rows, column, f"{column.name}_previous", panel)
    before["marker"] = {"color": theme.PREVIOUS}
    return [
        {**trace, "name": name, "legendgroup": name, "showlegend": panel == 0}
        for trace, name in zip((now, before), periods, strict=True)
    ]


def _bars(data: ChartData, rows: Sequence[Row], column: Column, key: str, panel: int) -> dict[str, Any]:
    values = [row.get(key) for row in rows]
    texts = [data.text(value, column) for value in values]
    said = safe(data.columns[key].label)
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),  # positions, not names: two long names may look alike once shortened
        "text": [safe(text) for text in texts],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": theme.SMALL_SIZE, "color": theme.TEXT},
        "cliponaxis": False,
        "hovertext": [
            f"{safe(data.label(row))}<br>{said}: {safe(text)}" for row, text in zip(rows, texts, strict=True)
        ],
        "hoverinfo": "text",
        "xaxis": panels.axis("x", panel),
        "yaxis": panels.axis("y", panel),
    }


def _beside(data: ChartData, row: Row, column: Column) -> str:
    """What stands behind a bar: the value, then its share of the whole or its change, in the colour of good or bad."""
    text = safe(data.text(row.get(column.name), column))
    if (share := row.get(f"{column.name}_share")) is not None:
        text += f" ({formats.value(share, 'percent', None)})"
    if (change := row.get(f"{column.name}_change")) is not None:
        colour = theme.change_colour(change, data.better(column))
        text += f' <span style="color:{colour}">{formats.change(change)}</span>'
    return text


def _value_axis(traces: Sequence[dict[str, Any]], longest_label: int, panel: int) -> dict[str, Any]:
    """No ticks, since each bar carries its value; wide enough for that text behind the longest bar."""
    values = [value for trace in traces for value in trace["x"] if value is not None]
    letters = max(len(_TAG.sub("", text)) for trace in traces for text in trace["text"])
    for_text = min(0.7, letters * _LETTER / (_WIDTH - longest_label * _LETTER))
    low, high = min([0, *values]), max([0, *values])
    room = (high - low or 1) / (1 - for_text) * for_text
    return {
        "range": [low - (room if low < 0 else 0), high + room],
        "anchor": panels.axis("y", panel),
        "showticklabels": False,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": theme.GRID,
        "fixedrange": True,
    }


def _label_axis(data: ChartData, rows: Sequence[Row], domain: tuple[float, float], panel: int) -> dict[str, Any]:
    return {
        "domain": list(domain),
        "anchor": panels.axis("x", panel),
        "tickvals": list(range(len(rows))),
        "ticktext": [safe(_short_label(data, row)) for row in rows],
        "range": [len(rows) - 0.5, -0.5],  # first row on top
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "outside",  # unseen: they keep the names off the bars
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
    }


def _short_label(data: ChartData, row: Row) -> str:
    return shorten(data.label(row), _LONGEST_LABEL)


def _missing(data: ChartData, rows: Sequence[Row], column: Column, panel: int) -> list[dict[str, Any]]:
    """A dash where a row has no value: no bar must not look like a bar of 0."""
    axes = {"xref": panels.axis("x", panel), "yref": panels.axis("y", panel), "xanchor": "left", "showarrow": False}
    above_previous = 0.18 if data.query.comparison else 0
    return [
        {**axes, "x": 0, "y": position - above_previous, "text": formats.NOTHING}
        for position, row in enumerate(rows)
        if row.get(column.name) is None
    ]
