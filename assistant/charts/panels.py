"""The frame of a chart: title, one panel under the other (one a measure, so that no axis has two units), legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.charts import theme, wording
from assistant.charts.data import ChartData

_HEADING = 26  # px over each panel, where there are several
_TITLE_LINE, _SUBTITLE_LINE = 21, 16
_LEGEND_ROW, _LEGEND_WIDTH, _LETTER, _KEY = 20, 360, 7, 44  # px: how many rows a legend takes on a phone


@dataclass(frozen=True)
class Frame:
    """Sizes in px. ``below``: room for tick labels of the lowest panel."""

    heights: Sequence[int]
    headings: Sequence[str]
    gap: int = 10
    below: int = 10
    legend: Sequence[str] = ()
    note: str = ""


def axis(kind: str, panel: int) -> str:
    """The name a trace uses for its axis: x, x2, x3 …"""
    return kind if panel == 0 else f"{kind}{panel + 1}"


def axis_key(kind: str, panel: int) -> str:
    """The name the layout uses for the same axis: xaxis, xaxis2 …"""
    return f"{kind}axis" if panel == 0 else f"{kind}axis{panel + 1}"


def layout(data: ChartData, frame: Frame) -> dict[str, Any]:
    """Title, margins and legend. The panels are laid over it with ``place``."""
    lines, small = wording.title(data.query, data.model, frame.note)
    top = 14 + _TITLE_LINE * len(lines) + _SUBTITLE_LINE * len(small) + 8
    legend = _LEGEND_ROW * _legend_rows(frame.legend)
    below = frame.below + (legend + 8 if legend else 0)
    subtitle = f'<span style="font-size:{theme.SMALL_SIZE}px">{"<br>".join(small)}</span>'
    return {
        **theme.base_layout(),
        "title": {
            "text": "<br>".join([*lines, subtitle]),
            "font": {"size": theme.TITLE_SIZE, "color": theme.TEXT},
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"t": 24, "l": 8},  # where Plotly puts the first line's baseline
        },
        "height": top + _inner_height(frame) + below,
        "margin": {"t": top, "b": below, "l": 12, "r": 12, "autoexpand": True},
        "showlegend": bool(frame.legend),
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": theme.SMALL_SIZE},
            "tracegroupgap": 0,
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "annotations": _headings(frame),
    }


def domains(frame: Frame) -> list[tuple[float, float]]:
    """The share of the plot's height that each panel takes, from below, first panel on top."""
    inner, over = _inner_height(frame), _heading_height(frame)
    places, used = [], 0
    for height in frame.heights:
        used += over
        places.append((1 - (used + height) / inner, 1 - used / inner))
        used += height + frame.gap
    return [(max(0.0, low), high) for low, high in places]


def _inner_height(frame: Frame) -> int:
    count = len(frame.heights)
    return sum(frame.heights) + _heading_height(frame) * count + frame.gap * (count - 1)


def _heading_height(frame: Frame) -> int:
    return _HEADING if len(frame.heights) > 1 else 0


def _headings(frame: Frame) -> list[dict[str, Any]]:
    if len(frame.heights) == 1:
        return []
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom", "showarrow": False}
    return [
        {**place, "y": high, "text": f"<b>{wording.safe(heading)}</b>", "font": {"size": 13}}
        for heading, (_, high) in zip(frame.headings, domains(frame), strict=True)
    ]


def _legend_rows(names: Sequence[str]) -> int:
    """How many rows the names take; Plotly gives each entry the width of the longest."""
    if not names:
        return 0
    widest = max(len(name) for name in names) * _LETTER + _KEY
    in_a_row = max(1, _LEGEND_WIDTH // widest)
    return -(-len(names) // in_a_row)
