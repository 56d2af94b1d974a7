"""KPI cards: one row of numbers, each with its change against the previous period."""

from __future__ import annotations

import re
from typing import Any

from assistant import formats
from assistant.charts import panels, theme
from assistant.charts.data import ChartData
from assistant.charts.wording import safe
from kpi.result import Column

_HEIGHT, _HEIGHT_WITH_REMARK = 90, 104  # px
_PARTS = re.compile(rf"^{formats.MINUS}?(?P<prefix>\D*)[\d,]+(?:\.(?P<decimals>\d+))?(?P<suffix>\D*)$")
_LONG, _SIZE, _SIZE_OF_LONG = 9, 28, 22  # a card on a phone is 180 px wide


def build(data: ChartData) -> dict[str, Any]:
    """Two cards beside each other; a single one takes the whole width."""
    cards = [*data.measures, *data.shares]
    across = min(2, len(cards))
    down = -(-len(cards) // across)
    height = _HEIGHT_WITH_REMARK if any(_remark(data, column) for column in cards) else _HEIGHT
    frame = panels.Frame(heights=[down * height], headings=[""], note=data.label(data.rows[0]))
    longest = max(len(data.text(data.rows[0].get(column.name), column)) for column in cards)
    size = _SIZE_OF_LONG if longest > _LONG else _SIZE
    traces = [_card(data, column, size, *_place(i, across, down)) for i, column in enumerate(cards)]
    return {"data": traces, "layout": panels.layout(data, frame)}


def _place(position: int, across: int, down: int) -> tuple[list[float], list[float]]:
    """Where a card stands, as shares of width and height: left to right, then downwards."""
    row, column = divmod(position, across)
    space = 0.06
    x = [column / across, (column + 1) / across - (space / 2 if column + 1 < across else 0)]
    y = [1 - (row + 1) / down + (space / 2 if row + 1 < down else 0), 1 - row / down]
    return x, y


def _card(data: ChartData, column: Column, size: int, x: list[float], y: list[float]) -> dict[str, Any]:
    row, remark = data.rows[0], _remark(data, column)
    now, before = row.get(column.name), row.get(f"{column.name}_previous")
    small = f'<br><span style="font-size:{theme.SMALL_SIZE}px">{remark}</span>' if remark else ""
    card: dict[str, Any] = {
        "type": "indicator",
        "mode": "number",
        "value": now,
        "align": "left",
        "title": {"text": safe(column.label) + small, "align": "left", "font": {"size": 14}},
        "number": {**_number_format(data.text(now, column), column), "font": {"size": size}},
        "domain": {"x": x, "y": y},
    }
    if now is not None and before:
        card |= {"mode": "number+delta", "delta": _delta(data, column, before)}
    return card


def _remark(data: ChartData, column: Column) -> str:
    """What a card says where a number is missing."""
    row = data.rows[0]
    if row.get(column.name) is None:
        return "no value"
    is_compared = data.query.comparison is not None and column.name in data.query.metrics
    return "no earlier value" if is_compared and not row.get(f"{column.name}_previous") else ""


def _delta(data: ChartData, column: Column, before: float) -> dict[str, Any]:
    """The relative change, which Plotly computes from the unrounded numbers, and what it was before."""
    better = data.better(column)
    return {
        "reference": before,
        "relative": True,
        "valueformat": "+.1%",
        "suffix": f" vs {safe(data.text(before, column))}",
        "position": "bottom",
        "increasing": {"color": theme.change_colour(1, better)},
        "decreasing": {"color": theme.change_colour(-1, better)},
        "font": {"size": 13},
    }


def _number_format(text: str, column: Column) -> dict[str, str]:
    """Plotly's way to say what ``formats.value`` wrote: as many decimals, the same signs around."""
    parts = _PARTS.match(text)
    if parts is None:
        return {}
    decimals = len(parts["decimals"] or "")
    if column.unit == "percent":
        return {"valueformat": f",.{decimals}%"}
    return {"valueformat": f",.{decimals}f", "prefix": safe(parts["prefix"])}
