"""What the grammar builds: days that are fixed, days that come again, or a phrase that no calendar can place.

'June', 'Monday', 'Christmas' and 'the first Friday of July' come again; each knows its latest occurrence begun by a
given day, and everything else (last June, June 2024, from June to August) follows from that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.dates.periods import ONE_DAY, NamedPeriod, days_in_month
from assistant.dates.units import DAY
from kpi.errors import PlatformError

_MOST_YEARS_BACK = 9  # 29 February may be eight years away
_A_WEEK = timedelta(days=7)


class Unplaceable(PlatformError):
    """A date phrase that names no day; the text says why in one line."""

    code = "unplaceable_date"


@dataclass(frozen=True)
class Fixed:
    """One period, whatever the day."""

    period: NamedPeriod

    def latest(self, day: date) -> NamedPeriod:
        return self.period

    def map(self, change: Callable[[NamedPeriod], NamedPeriod]) -> When:
        try:
            return Fixed(change(self.period))
        except Unplaceable as error:
            return Impossible(str(error))


@dataclass(frozen=True)
class Recurring:
    """``latest(day)``: the latest occurrence that starts on or before that day. ``cycle``: usual gap in days."""

    latest: Callable[[date], NamedPeriod]
    cycle: int

    def map(self, change: Callable[[NamedPeriod], NamedPeriod]) -> When:
        """What ``change`` makes of each occurrence: 'July' -> 'the first Friday of July'."""

        def latest(day: date) -> NamedPeriod:
            occurrence = self.latest(day + _A_WEEK)  # a part of it may start a little before it (first week of July)
            for _ in range(_MOST_YEARS_BACK * 2):
                try:
                    changed = change(occurrence)
                    if changed.start <= day:
                        return changed
                except Unplaceable:
                    if occurrence.start <= day:  # no fifth Monday this May: one of some other year is not meant
                        raise
                occurrence = self.latest(occurrence.start - ONE_DAY)
            raise Unplaceable("That day doesn't come up.")

        return Recurring(latest, self.cycle)

    def first_from(self, day: date) -> NamedPeriod:
        """The first occurrence that starts on or after ``day``."""
        found = self.latest(day + timedelta(days=self.cycle))
        if found.start < day:
            found = self.latest(day + timedelta(days=self.cycle * _MOST_YEARS_BACK))
        if found.start < day:
            raise Unplaceable("That day has not been set yet.")
        return self._earliest(found, day)

    def _earliest(self, found: NamedPeriod, day: date) -> NamedPeriod:
        while True:
            try:
                earlier = self.latest(found.start - ONE_DAY)
            except Unplaceable:
                return found
            if earlier.start < day:
                return found
            found = earlier

    def last_over(self, day: date) -> NamedPeriod:
        """The latest occurrence that was over before ``day``."""
        found = self.latest(day - ONE_DAY)
        return found if found.end < day else self.latest(found.start - ONE_DAY)

    def within(self, container: NamedPeriod) -> list[NamedPeriod]:
        """Occurrences that belong to ``container``, in order; a week belongs where most of it lies."""
        found: list[NamedPeriod] = []
        day = container.end + _A_WEEK
        while True:
            try:
                occurrence = self.latest(day)
            except Unplaceable:
                break
            middle = occurrence.start + timedelta(days=3 if occurrence.days == 7 else 0)
            if middle < container.start:
                break
            if middle <= container.end:
                found.append(occurrence)
            day = occurrence.start - ONE_DAY
        return found[::-1]


@dataclass(frozen=True)
class Impossible:
    """Understood, but no such day exists or the phrase leaves it open; ``problem`` says so in one line."""

    problem: str

    def latest(self, day: date) -> NamedPeriod:
        raise Unplaceable(self.problem)

    def map(self, change: Callable[[NamedPeriod], NamedPeriod]) -> When:
        return self


@dataclass(frozen=True)
class Undecided(Impossible):
    """Several days fit, so that no other reading may be taken for it."""


When = Fixed | Recurring | Impossible


def only_one(found: list[NamedPeriod]) -> NamedPeriod:
    if not found:
        raise Unplaceable("There is no such day in that period.")
    return found[0]


def length(when: When, today: date) -> int:
    """Days of its latest occurrence, 0 where it has none."""
    try:
        return when.latest(today).days
    except Unplaceable:
        return 0


def yearly(in_year: Callable[[int], NamedPeriod | None], name: str) -> Recurring:
    """Comes once a year; ``in_year`` gives None for a year without it."""

    def latest(day: date) -> NamedPeriod:
        for year in range(day.year + 1, day.year - _MOST_YEARS_BACK, -1):  # week 1 may start in the year before
            period = in_year(year)
            if period and period.start <= day:
                return period
        raise Unplaceable(f"I have no date for {name} then.")

    return Recurring(latest, 366)


def weekly(weekday: int) -> Recurring:
    """A weekday, Monday = 0."""
    return Recurring(lambda day: DAY.whole(day - timedelta(days=(day.weekday() - weekday) % 7)), 7)


def monthly(number: int) -> Recurring:
    """A day of the month: 'the 21st'."""

    def latest(day: date) -> NamedPeriod:
        year, month = day.year, day.month
        while number > days_in_month(year, month) or date(year, month, number) > day:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return DAY.whole(date(year, month, number))

    return Recurring(latest, 31)
