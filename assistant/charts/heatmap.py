"""One metric over two dimensions: a field of cells, darker where the number is larger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.charts import panels, theme
from assistant.charts.data import ChartData, weekdays_first
from assistant.charts.wording import compact, safe, shorten

_MOST_ACROSS, _MOST_DOWN = 7, 15  # what a phone holds
_ROW = 34  # px
_LONGEST_ACROSS, _LONGEST_DOWN = 12, 18
_SCALE = [[0, theme.CELL_LIGHTEST], [1, theme.CELL_DARKEST]]  # opaque, so that it is the same on both pages


def suits(data: ChartData) -> bool:
    """One metric over two dimensions, with most of the cells filled; else bars say it better."""
    query = data.query
    if len(query.dimensions) != 2 or len(data.measures) != 1 or query.comparison or query.limit:
        return False
    first, second = (_members(data, name) for name in query.dimensions)
    return min(len(first), len(second)) >= 2 and 2 * len(data.rows) > len(first) * len(second)


def build(data: ChartData) -> dict[str, Any]:
    """The dimension with more members goes down, the other across."""
    down, across = sorted(data.query.dimensions, key=lambda name: -len(_members(data, name)))
    all_down, all_across = _members(data, down), _members(data, across)
    ys, xs = all_down[:_MOST_DOWN], all_across[:_MOST_ACROSS]
    cut = len(ys) < len(all_down) or len(xs) < len(all_across)
    note = f"{len(ys)} × {len(xs)} of {len(all_down)} × {len(all_across)}" if cut else ""
    frame = panels.Frame(heights=[_ROW * len(ys)], headings=[""], below=52, note=note)
    layout = panels.layout(data, frame)
    layout["yaxis"] = {**_axis(ys, _LONGEST_DOWN), "autorange": "reversed"}
    layout["xaxis"] = _axis(xs, _LONGEST_ACROSS)
    return {"data": [_cells(data, (down, ys), (across, xs))], "layout": layout}


def _members(data: ChartData, dimension: str) -> list[str]:
    """In the order in which the rows name them, which is that of the table."""
    return weekdays_first(list(dict.fromkeys(row[dimension] for row in data.rows)))


def _cells(data: ChartData, down: tuple[str, Sequence[str]], across: tuple[str, Sequence[str]]) -> dict[str, Any]:
    column = data.measures[0]
    rows = {(row[down[0]], row[across[0]]): row for row in data.rows}
    grid = [[rows.get((y, x), {}).get(column.name) for x in across[1]] for y in down[1]]
    return {
        "type": "heatmap",
        "z": grid,
        "x": list(range(len(across[1]))),
        "y": list(range(len(down[1]))),
        "text": [["" if z is None else compact(z, column.unit) for z in line] for line in grid],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "color": theme.CELL_TEXT},
        "hovertext": [
            [
                f"{safe(f'{y} · {x}')}<br>{safe(column.label)}: {safe(data.text(z, column))}"
                for x, z in zip(across[1], line, strict=True)
            ]
            for y, line in zip(down[1], grid, strict=True)
        ],
        "hoverinfo": "text",
        "colorscale": _SCALE,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }


def _axis(members: Sequence[str], longest: int) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(members))),
        "ticktext": [safe(shorten(member, longest)) for member in members],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
