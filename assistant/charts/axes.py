"""The axes of a trend: time below, values to the left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.charts import buckets, panels, theme
from assistant.charts.data import ChartData
from kpi.query import Grain
from kpi.result import Column

_HOVER_HEAD: dict[Grain, str] = {
    "day": "%-d %B %Y",
    "week": "Week of %-d %B %Y",
    "month": "%B %Y",
    "quarter": "Quarter from %B %Y",
    "year": "%Y",
}


def time(starts: Sequence[date], grain: Grain, panel: int, *, is_lowest: bool) -> dict[str, Any]:
    labels = buckets.tick_labels(starts, grain)
    first, last = buckets.around(starts, grain)
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "anchor": panels.axis("y", panel),
        "tickvals": [start.isoformat() for start in labels],
        "ticktext": list(labels.values()),
        "showticklabels": is_lowest,
        "hoverformat": _HOVER_HEAD[grain],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "showline": True,
        "linecolor": theme.GRID,
    }


def values(data: ChartData, column: Column, domain: tuple[float, float], panel: int) -> dict[str, Any]:
    """From zero for sums; a ratio moves within a narrow band that a scale from zero would flatten."""
    money = {"tickprefix": data.currency_mark()} if column.unit == "currency" else {}
    percent = {"tickformat": "~%"} if column.unit == "percent" else {}
    metric = data.model.metrics.get(column.name)
    return {
        "domain": list(domain),
        "anchor": panels.axis("x", panel),
        "rangemode": "tozero" if metric is None or metric.is_sum else "normal",
        "nticks": 5,
        **money,
        **percent,
        "gridcolor": theme.GRID,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }
