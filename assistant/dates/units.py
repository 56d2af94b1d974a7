"""Calendar units: where each starts, how long it is, and periods made of whole ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.dates.periods import MONTHS_IN, ONE_DAY, BaseUnit, Calendar, NamedPeriod, shift_day


@dataclass(frozen=True)
class Unit:
    """``size`` base units, aligned to the calendar: a half-year is two quarters, a decade ten years.

    Only fortnights fit no calendar: the first one of a month starts on its first day.
    """

    base: BaseUnit
    size: int = 1
    fiscal: bool = False

    def shift(self, day: date, count: int) -> date:
        return shift_day(day, self.base, self.size * count)

    def start(self, day: date, calendar: Calendar) -> date:
        """First day of the unit that holds ``day``."""
        if self.base == "day":
            return day
        if self.base == "week":
            first_weekday = 0 if calendar.week_start == "monday" else 6
            return day - timedelta(days=(day.weekday() - first_weekday) % 7)
        months = self.size * MONTHS_IN[self.base]
        offset = calendar.fiscal_year_start - 1 if self.fiscal else 0
        index = (day.year * 12 + day.month - 1 - offset) // months * months + offset
        return date(index // 12, index % 12 + 1, 1)

    def whole(self, start: date, count: int = 1) -> NamedPeriod:
        """``count`` whole units from ``start``: one is a calendar unit, several are a run."""
        end = self.shift(start, count) - ONE_DAY
        return NamedPeriod(start, end, "calendar" if count == 1 else "run", self.base, self.size * count)

    def holding(self, day: date, calendar: Calendar) -> NamedPeriod:
        return self.whole(self.start(day, calendar))

    def last(self, count: int, calendar: Calendar) -> NamedPeriod:
        """The ``count`` whole units before the current one; of days, those ending yesterday."""
        first = self.shift(self.start(calendar.today, calendar), -count)
        whole = self.whole(first, count)
        if self.base == "day" and count > 1:
            return NamedPeriod(whole.start, whole.end, "rolling", "day", count)
        return whole

    def next(self, count: int, calendar: Calendar) -> NamedPeriod:
        return self.whole(self.shift(self.start(calendar.today, calendar), 1), count)

    def to_date(self, calendar: Calendar) -> NamedPeriod:
        """The current unit from its first day to yesterday; on its first day, today alone."""
        if self.base == "day":
            return self.whole(calendar.today)
        start = self.start(calendar.today, calendar)
        return NamedPeriod(start, max(start, calendar.yesterday), "to_date", self.base, self.size)

    def anchor(self, start: date) -> date:
        """The day that decides which month or year a unit belongs to: a week belongs where most of it lies."""
        return start + timedelta(days=3) if self.base == "week" and self.size == 1 else start

    def first_in(self, container: NamedPeriod, calendar: Calendar) -> date:
        if self.base == "week" and self.size > 1:
            return container.start
        start = self.start(container.start, calendar)
        return start if self.anchor(start) >= container.start else self.shift(start, 1)

    def last_in(self, container: NamedPeriod, calendar: Calendar) -> date:
        if self.base == "week" and self.size > 1:
            return self.shift(container.end + ONE_DAY, -1)
        start = self.start(container.end, calendar)
        return start if self.anchor(start) <= container.end else self.shift(start, -1)


DAY = Unit("day")
WEEK = Unit("week")
MONTH = Unit("month")
QUARTER = Unit("quarter")
YEAR = Unit("year")

UNITS = {
    "day": DAY,
    "week": WEEK,
    "fortnight": Unit("week", 2),
    "month": MONTH,
    "quarter": QUARTER,
    "half_year": Unit("quarter", 2),
    "year": YEAR,
    "decade": Unit("year", 10),
}
