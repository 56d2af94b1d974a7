"""The time axis of a trend: every bucket from the first to the last, those without a row included."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from kpi.query import Grain

_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
_MOST_TICKS = 5  # as many as fit side by side on a phone


def without_gaps(starts: Iterable[date], grain: Grain) -> list[date]:
    """The starts in order, with those of buckets missing in between: a gap has to be drawn as one."""
    complete: list[date] = []
    for start in sorted(set(starts)):
        while complete and (following := _next(complete[-1], grain)) < start:
            complete.append(following)
        complete.append(start)
    return complete


def tick_labels(starts: Sequence[date], grain: Grain) -> dict[date, str]:
    """A few buckets, evenly spread, with short names; the year stands under the first and where it changes."""
    step = -(-len(starts) // _MOST_TICKS)
    labels: dict[date, str] = {}
    year = None
    for start in starts[::step]:
        labels[start] = _short(start, grain, with_year=start.year != year)
        year = start.year
    return labels


def partial(starts: Collection[date], grain: Grain, days: Collection[date]) -> set[date]:
    """The buckets of which some days are not among ``days``: their sums are smaller for that alone."""
    whole = (start for start in starts if all(day in days for day in _days_of(start, grain)))
    return set(starts) - set(whole)


def _days_of(start: date, grain: Grain) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((_next(start, grain) - start).days))


def _next(start: date, grain: Grain) -> date:
    """First day of the bucket after. A first week or month may start late, with its period; the next one doesn't."""
    if grain in ("day", "week"):
        return start + timedelta(days=1 if grain == "day" else 7)
    step = _MONTHS[grain]
    months = start.year * 12 + (start.month - 1) // step * step + step
    return date(months // 12, months % 12 + 1, 1)


def _short(start: date, grain: Grain, with_year: bool) -> str:
    if grain == "year":
        return str(start.year)
    names = {"month": f"{start:%b}", "quarter": f"Q{(start.month + 2) // 3}"}
    name = names.get(grain, f"{start.day} {start:%b}")
    return f"{name}<br>{start.year}" if with_year else name


def around(starts: Sequence[date], grain: Grain) -> tuple[date, date]:
    """Where the axis begins and ends: a little outside, so that the first and last dots are whole."""
    room = max((starts[-1] - starts[0]).days // 30, {"day": 1, "week": 4}.get(grain, 10))
    return starts[0] - timedelta(days=room), starts[-1] + timedelta(days=room)
