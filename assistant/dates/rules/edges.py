"""Periods with one open end: to yesterday, or from the first loaded day."""

from __future__ import annotations

from datetime import date

from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.when import Unplaceable


def open_end(start: NamedPeriod, calendar: Calendar) -> NamedPeriod:
    """From the first day of ``start`` to yesterday; on its first day, that day alone."""
    if start.start > calendar.today:
        raise Unplaceable(f"That starts on {start.start}, which is still ahead.")
    return NamedPeriod(start.start, max(calendar.yesterday, start.start), "range")


def open_start(end: date, calendar: Calendar) -> NamedPeriod:
    """From the first loaded day to ``end``."""
    if end < calendar.first_day:
        raise Unplaceable(f"That ends on {end}, before the first loaded day ({calendar.first_day}).")
    return NamedPeriod(calendar.first_day, end, "range")
