"""Dates of the sample data: its first day, Black Friday, and how days count."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

THURSDAY = 3


def first_day(end: date, months: int) -> date:
    """The first of ``months`` whole months that end on ``end`` (30 June and 18 months: 1 January of last year)."""
    after = end + timedelta(days=1)
    index = after.year * 12 + after.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(after.day, monthrange(year, month + 1)[1]))


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    thanksgiving = first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 21)
    return thanksgiving + timedelta(days=1)


def days_from_black_friday(day: date) -> int:
    """Negative before that year's Black Friday, 0 on it, positive after it."""
    return (day - black_friday(day.year)).days
