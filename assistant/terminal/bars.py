"""Bars and spark lines from Unicode blocks."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = "▁▂▃▄▅▆▇█"
GAP = " "


def bar(value: float | None, largest: float, width: int = 20) -> str:
    """A bar whose length is the value's share of the largest one; nothing for no value, none and below zero."""
    if value is None or value <= 0 or largest <= 0:
        return ""
    full, eighths = divmod(max(1, round(value / largest * width * 8)), 8)
    return "█" * full + (_EIGHTHS[eighths] if eighths else "")


def spark_line(values: Sequence[float | None]) -> str:
    """One block a value from the lowest to the highest; a gap where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, span = min(known), max(known) - min(known)
    return "".join(GAP if value is None else _LEVELS[_level(value - low, span)] for value in values)


def _level(height: float, span: float) -> int:
    return round(height / span * (len(_LEVELS) - 1)) if span else len(_LEVELS) // 2
