"""A small line plot as SVG, both axes logarithmic: cost by number of facts."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 760, 380, 70, 20, 300, 50
_COLOURS = ("#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#475569")
Series = dict[str, list[list[float]]]


class _Axis:
    """Powers of ten from the least to the greatest value, laid over so many pixels."""

    def __init__(self, values: list[float], first_pixel: float, last_pixel: float) -> None:
        self.first = math.floor(math.log10(min(values)))
        self.last = max(self.first + 1, math.ceil(math.log10(max(values))))
        self._from, self._to = first_pixel, last_pixel

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return round(self._from + share * (self._to - self._from), 1)

    @property
    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.first, self.last + 1)]


def plot(series: Series) -> str:
    """``series``: a name with its unit -> points (facts, value above 0)."""
    points = [point for line in series.values() for point in line]
    across = _Axis([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Axis([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    parts = [*_grid(across, up)]
    for number, (name, line) in enumerate(series.items()):
        parts += _line(name, [(across.at(x), up.at(y)) for x, y in line], number)
    view = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12"'
    parts.insert(0, f'<svg xmlns="http://www.w3.org/2000/svg" {view}>\n<rect width="100%" height="100%" fill="white"/>')
    return "\n".join([*parts, "</svg>\n"])


def _grid(across: _Axis, up: _Axis) -> list[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    lines = []
    for x in across.ticks:
        lines.append(f'<line x1="{across.at(x)}" y1="{_TOP}" x2="{across.at(x)}" y2="{bottom}" stroke="#e5e7eb"/>')
        lines.append(f'<text x="{across.at(x)}" y="{bottom + 18}" text-anchor="middle">{_short(x)}</text>')
    for y in up.ticks:
        lines.append(f'<line x1="{_LEFT}" y1="{up.at(y)}" x2="{right}" y2="{up.at(y)}" stroke="#e5e7eb"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{up.at(y) + 4}" text-anchor="end">{_short(y)}</text>')
    lines.append(f'<text x="{(_LEFT + right) / 2}" y="{bottom + 38}" text-anchor="middle">facts</text>')
    return lines


def _line(name: str, points: list[tuple[float, float]], number: int) -> list[str]:
    colour, label = _COLOURS[number % len(_COLOURS)], _WIDTH - _RIGHT + 16
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
    text = f'<text x="{label}" y="{_TOP + 18 + 20 * number}" fill="{colour}">{escape(name)}</text>'
    return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots, text]


def _short(value: float) -> str:
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
