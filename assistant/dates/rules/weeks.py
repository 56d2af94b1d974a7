"""Weeks by number or by a day in them, weekends and business days."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.units import DAY, WEEK, Unit
from assistant.dates.when import Fixed, Recurring, Unplaceable, When, length, yearly

rules = RuleSet()


def numbered_week(year: int, number: int, calendar: Calendar) -> NamedPeriod:
    """ISO week of a year; where weeks start on Sunday, it starts a day earlier."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise Unplaceable(f"{year} has no week {number}.") from error
    return WEEK.whole(monday if calendar.week_start == "monday" else monday - timedelta(days=1))


@rules.add("week_number", "week_letter NUMBER", "UNIT NUMBER")
def week_number(calendar: Calendar, number: Number, unit: Unit = WEEK) -> int | None:
    return number.value if unit == WEEK and 1 <= number.value <= 53 and number.digits <= 2 else None


@rules.add(
    "when",
    "WEEK_NUMBER comma|of|hyphen|slash? YEAR",
    "WEEK_NUMBER hyphen|slash|apostrophe SHORT_YEAR",
    "YEAR comma|hyphen|slash? WEEK_NUMBER",
)
def week_of_year(
    calendar: Calendar, week_number: int, year: int | None = None, short_year: int | None = None
) -> When | None:
    written = year or short_year
    return Fixed(numbered_week(written, week_number, calendar)) if written else None


@rules.add("when", "YEAR hyphen? WEEK_NUMBER hyphen NUMBER")
def day_of_numbered_week(calendar: Calendar, year: int, week_number: int, number: Number) -> When | None:
    """'2025-W27-3'."""
    if not 1 <= number.value <= 7:
        return None
    monday = numbered_week(year, week_number, Calendar(calendar.today)).start
    return Fixed(DAY.whole(monday + timedelta(days=number.value - 1)))


@rules.add("when", "the? WEEK_NUMBER")
def week_of_some_year(calendar: Calendar, week_number: int) -> When:
    def in_year(year: int) -> NamedPeriod | None:
        try:
            return numbered_week(year, week_number, calendar)
        except Unplaceable:
            return None

    return yearly(in_year, f"week {week_number}")


@rules.add("when", "the? UNIT of WHEN", "the? UNIT containing WHEN")
def unit_of_day(calendar: Calendar, when: When, unit: Unit = WEEK) -> When | None:
    """'the week of 10 April': the week that holds the day."""
    few_days = length(when, calendar.today) <= 5
    return when.map(lambda day: unit.holding(day.start, calendar)) if unit == WEEK and few_days else None


@rules.add("when", "the? UNIT starting WHEN", "week_starting WHEN")
def week_from_day(calendar: Calendar, when: When, unit: Unit = WEEK) -> When | None:
    """'the week starting 10 April': seven days from it."""
    return when.map(lambda day: WEEK.whole(day.start)) if unit == WEEK else None


@rules.add("when", "the? UNIT ending WHEN", "week_ending WHEN")
def week_to_day(calendar: Calendar, when: When, unit: Unit = WEEK) -> When | None:
    return when.map(lambda day: WEEK.whole(day.end - timedelta(days=6))) if unit == WEEK else None


@rules.add("when", "the? weekend")
def weekend(calendar: Calendar) -> Recurring:
    """Saturday and Sunday."""

    def latest(day: date) -> NamedPeriod:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return NamedPeriod(saturday, saturday + timedelta(days=1), "calendar", "week")

    return Recurring(latest, 7)


@rules.add("when", "the? weekend of WHEN", "HOLIDAY weekend")
def weekend_of_day(calendar: Calendar, when: When | None = None, holiday: When | None = None) -> When | None:
    """'Labor Day weekend': Saturday and Sunday nearest to the day, reaching to it from Thursday or Monday."""
    day = holiday or when
    if day is None or length(day, calendar.today) != 1:
        return None
    return day.map(_weekend_around)


@rules.add("when", "HOLIDAY UNIT")
def week_of_holiday(calendar: Calendar, holiday: When, unit: Unit) -> When | None:
    """'Christmas week'."""
    return holiday.map(lambda day: WEEK.holding(day.start, calendar)) if unit == WEEK else None


def _weekend_around(day: NamedPeriod) -> NamedPeriod:
    weekday = day.start.weekday()
    saturday = day.start + timedelta(days=-2 if weekday == 0 else -1 if weekday == 6 else 5 - weekday)
    start = day.start if weekday in (3, 4) else saturday
    end = day.start if weekday == 0 else saturday + timedelta(days=1)
    return NamedPeriod(start, end, "calendar", "week")
