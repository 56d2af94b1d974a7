"""Holidays and seasons by name, and the weeks and weekends around them: 'winter 2023/24', 'Christmas week'."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.units import WEEK, YEAR, Unit
from assistant.dates.when import Fixed, Recurring, When, length, only_one

rules = RuleSet()


@rules.add("when", "the? HOLIDAY")
def holiday(calendar: Calendar, holiday: When) -> When:
    return holiday


@rules.add("when", "the? HOLIDAY of? YEAR slash|hyphen YEAR2", "the? HOLIDAY of? YEAR slash|hyphen SHORT_YEAR")
def over_new_year(
    calendar: Calendar, holiday: When, year: int, year2: int | None = None, short_year: int | None = None
) -> When | None:
    """'winter 2023/24': it starts in the first of the two years."""
    if not isinstance(holiday, Recurring) or (year2 or short_year) != year + 1:
        return None
    return Fixed(only_one(holiday.within(YEAR.whole(date(year, 1, 1)))))


@rules.add("when", "HOLIDAY UNIT")
def week_of_holiday(calendar: Calendar, holiday: When, unit: Unit) -> When | None:
    """'Christmas week'."""
    return holiday.map(lambda day: WEEK.holding(day.start, calendar)) if unit == WEEK else None


@rules.add("when", "the? weekend of WHEN", "HOLIDAY weekend")
def weekend_of_day(calendar: Calendar, when: When | None = None, holiday: When | None = None) -> When | None:
    """'Labor Day weekend': Saturday and Sunday nearest to the day, reaching to it from Thursday or Monday."""
    day = holiday or when
    if day is None or length(day, calendar.today) != 1:
        return None
    return day.map(_weekend_around)


def _weekend_around(day: NamedPeriod) -> NamedPeriod:
    weekday = day.start.weekday()
    saturday = day.start + timedelta(days=-2 if weekday == 0 else -1 if weekday == 6 else 5 - weekday)
    start = day.start if weekday in (3, 4) else saturday
    end = day.start if weekday == 0 else saturday + timedelta(days=1)
    return NamedPeriod(start, end, "calendar", "week")


@rules.add("when", "the? weekend of the? RANGE")
def weekend_of_days(calendar: Calendar, range: When) -> When | None:
    """'the weekend of 7-8 June'."""
    return range if 2 <= length(range, calendar.today) <= 4 else None
