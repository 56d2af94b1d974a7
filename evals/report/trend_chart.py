"""Accuracy by commit as a small drawing in the page, and the figures behind it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.trend import Point

WIDTH, HEIGHT, LOWEST = 640, 120, 0.5  # the drawing's size, and the share at its lower edge


def chart(points: Sequence[Point]) -> str:
    """An SVG line and a table, oldest commit first; a sentence where there is nothing to draw."""
    if not points:
        return "<p>Not kept in this run (<code>--trend</code>).</p>"
    line = " ".join(f"{_x(place, len(points)):.0f},{_y(point.accuracy):.0f}" for place, point in enumerate(points))
    dots = "".join(_dot(place, point, len(points)) for place, point in enumerate(points))
    label = f"Accuracy from {points[0].accuracy:.1%} to {points[-1].accuracy:.1%} over {len(points)} commits"
    drawing = (
        f'<svg class="trend" viewBox="-8 -8 {WIDTH + 70} {HEIGHT + 16}" role="img" aria-label="{label}">'
        f'{_grid(1.0)}{_grid(0.75)}{_grid(0.5)}<polyline points="{line}"/>{dots}</svg>'
    )
    return drawing + _figures(points)


def _x(place: int, count: int) -> float:
    return WIDTH * place / (count - 1) if count > 1 else WIDTH / 2


def _y(share: float) -> float:
    return HEIGHT * (1 - (max(share, LOWEST) - LOWEST) / (1 - LOWEST))


def _dot(place: int, point: Point, count: int) -> str:
    title = escape(f"{point.commit}: {point.accuracy:.1%} of {point.questions}")
    return f'<circle cx="{_x(place, count):.0f}" cy="{_y(point.accuracy):.0f}" r="4"><title>{title}</title></circle>'


def _grid(share: float) -> str:
    y = f"{_y(share):.0f}"
    return f'<line x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/><text x="{WIDTH + 10}" y="{y}">{share:.0%}</text>'


def _figures(points: Sequence[Point]) -> str:
    heads = ("Commit", "Day", "Questions", "Accuracy", "Silently wrong", "Consistency", "Median ms")
    rows = "".join(
        f"<tr><td>{escape(p.commit)}</td><td>{p.day}</td><td>{p.questions}</td><td>{p.accuracy:.1%}</td>"
        f"<td>{p.silently_wrong:.1%}</td><td>{p.consistency:.1%}</td><td>{p.p50_ms:.1f}</td></tr>"
        for p in reversed(points)
    )
    head = "".join(f"<th>{title}</th>" for title in heads)
    table = f'<table class="number"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f"<details><summary>Figures by commit</summary>{table}</details>"
