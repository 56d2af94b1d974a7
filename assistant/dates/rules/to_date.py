"""A unit up to now: 'MTD', 'YTD 2024', 'last month to date', 'PYTD'."""

from __future__ import annotations

from dataclasses import replace

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar
from assistant.dates.units import Unit
from assistant.dates.when import Fixed, When

rules = RuleSet()


@rules.add("when", "TO_DATE", "TO_DATE so_far")
def to_date(calendar: Calendar, to_date: Unit) -> When:
    return Fixed(to_date.to_date(calendar))


@rules.add("when", "last|previous TO_DATE", "TO_DATE last|previous UNIT", "the? last|previous UNIT so_far")
def last_to_date(calendar: Calendar, to_date: Unit | None = None, unit: Unit | None = None) -> When | None:
    """'last month to date': as many days of the unit before; 'MTD last year': the same dates a year earlier."""
    measured, back = to_date or unit, unit or to_date
    if measured is None or back is None:
        return None
    current = measured.to_date(calendar)
    if measured == back and back.base != "year":
        return Fixed(current.previous())
    return Fixed(current.shifted(back.base, -back.size))


@rules.add("when", "WHEN as_of INSTANT")
def to_date_as_of(calendar: Calendar, when: When, instant: When) -> When | None:
    """'MTD as of yesterday'."""
    period = when.latest(calendar.today)
    last = instant.latest(calendar.today).end
    if period.basis != "to_date" or not period.start <= last <= calendar.today:
        return None
    return Fixed(replace(period, end=last))


@rules.add("when", "EARLIER_TO_DATE")
def earlier_to_date(calendar: Calendar, earlier_to_date: Unit) -> When | None:
    """'PYTD'."""
    return last_to_date(calendar, to_date=earlier_to_date)


@rules.add("when", "TO_DATE of? YEAR", "YEAR TO_DATE")
def to_date_of_year(calendar: Calendar, to_date: Unit, year: int) -> When:
    """'YTD 2024': to the same day of that year."""
    return Fixed(to_date.to_date(calendar).shifted("year", year - calendar.today.year))
