"""What a phrase means in the end: whole days with the way they were named, and the settings that decide it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Basis = Literal["calendar", "run", "to_date", "rolling", "range"]
BaseUnit = Literal["day", "week", "month", "quarter", "year"]

ONE_DAY = timedelta(days=1)
SATURDAY = 5  # as Python counts weekdays
MONTHS_IN: dict[BaseUnit, int] = {"month": 1, "quarter": 3, "year": 12}
_DAYS_IN: dict[BaseUnit, int] = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Calendar:
    """The settings of understanding a date. ``first_day`` is the first loaded day: where an open start begins.

    ``real_today`` is set where old data moved ``today``: what happens outside the data goes by the clock.
    """

    today: date
    first_day: date = date(1900, 1, 1)
    week_start: Literal["monday", "sunday"] = "monday"
    fiscal_year_start: int = 1
    date_order: Literal["month_first", "day_first"] = "month_first"
    real_today: date | None = None

    @property
    def by_the_clock(self) -> Calendar:
        return replace(self, today=self.real_today, real_today=None) if self.real_today else self

    @property
    def yesterday(self) -> date:
        return self.today - ONE_DAY


@dataclass(frozen=True)
class NamedPeriod:
    """Days ``start`` to ``end``, both inclusive, and how they were named.

    ``basis``: ``calendar`` a unit ('June', 'last month'; ``count`` 2 quarters for a half-year), ``run`` N whole units,
    ``to_date`` a unit up to now, ``rolling`` the last N days, ``range`` anything else. ``partial``: it contains today.
    ``working_days``: that many of Monday to Friday are meant, and not the weekends between them; 0 where all days are.
    """

    start: date
    end: date
    basis: Basis
    unit: BaseUnit | None = None
    count: int = 1
    partial: bool = False
    working_days: int = 0

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def whole(self) -> NamedPeriod:
        """All of a unit that is named to date: the first quarter of this year lies in the whole of it."""
        if self.basis != "to_date" or self.unit is None:
            return self
        end = shift_day(self.start, self.unit, self.count) - ONE_DAY
        return NamedPeriod(self.start, end, "calendar", self.unit, self.count)

    def previous(self) -> NamedPeriod:
        """The period before, by how this one was named: June -> May, this month -> as many days of last month."""
        if self.unit is None or self.basis in ("rolling", "range"):
            return self._just_before()
        start = shift_day(self.start, self.unit, -self.count)
        if self.basis == "to_date":
            return self._moved(start, min(start + (self.end - self.start), self.start - ONE_DAY))
        return self._moved(start, self._end_shifted(self.unit, -self.count))

    def year_earlier(self) -> NamedPeriod:
        """The same dates a year earlier; 29 February becomes the 28th, a whole February stays whole."""
        return self.shifted("year", -1)

    def shifted(self, unit: BaseUnit, count: int) -> NamedPeriod:
        """The same dates ``count`` units later (earlier where negative); whole months stay whole."""
        start = shift_day(self.start, unit, count)
        whole = self.basis in ("calendar", "run") and self.unit in MONTHS_IN and unit in MONTHS_IN
        return self._moved(start, self._end_shifted(unit, count) if whole else shift_day(self.end, unit, count))

    def _just_before(self) -> NamedPeriod:
        if self.working_days:
            return self._moved(working_day(self.start, -self.working_days), working_day(self.start, -1))
        return self._moved(self.start - timedelta(days=self.days), self.start - ONE_DAY)

    def _end_shifted(self, unit: BaseUnit, count: int) -> date:
        return shift_day(self.end + ONE_DAY, unit, count) - ONE_DAY

    def _moved(self, start: date, end: date) -> NamedPeriod:
        return replace(self, start=start, end=end, partial=False)


def working_day(day: date, count: int) -> date:
    """The ``count``-th of Monday to Friday after a day (before it where negative)."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= SATURDAY:
            day += step
    return day


def shift_day(day: date, unit: BaseUnit, count: int) -> date:
    """The day ``count`` units later; a day the month doesn't have becomes its last (31 March - 1 month: 28 Feb)."""
    if unit in _DAYS_IN:
        return day + timedelta(days=_DAYS_IN[unit] * count)
    index = day.year * 12 + day.month - 1 + MONTHS_IN[unit] * count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
