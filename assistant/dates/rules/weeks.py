"""Weeks by number or by a day in them, weekends and business days."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.units import DAY, WEEK, Unit
from assistant.dates.when import Fixed, Recurring, Undecided, Unplaceable, When, length, yearly

rules = RuleSet()


def numbered_week(year: int, number: int, calendar: Calendar) -> NamedPeriod:
    """ISO week of a year; where weeks start on Sunday, it starts a day earlier."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise Unplaceable(f"{year} has no week {number}.") from error
    return WEEK.whole(monday if calendar.week_start == "monday" else monday - timedelta(days=1))


@rules.add("week_number", "week_letter NUMBER", "UNIT number_sign? NUMBER")
def week_number(calendar: Calendar, number: Number, unit: Unit = WEEK) -> int | None:
    return number.value if unit == WEEK and 1 <= number.value <= 53 and number.digits <= 2 else None


@rules.add(
    "when",
    "the? weeks NUMBER1 to|hyphen|and NUMBER2",
    "the? weeks NUMBER1 to|hyphen|and NUMBER2 comma|of? YEAR",
    "week_letter NUMBER1 to|hyphen week_letter NUMBER2 comma|of|hyphen|slash? YEAR",
    "UNIT NUMBER1 to|hyphen NUMBER2 of? YEAR",
)
def numbered_weeks(
    calendar: Calendar, number1: Number, number2: Number, year: int | None = None, unit: Unit = WEEK
) -> When | None:
    """'weeks 20-23', 'W20-W23 2024'; 'week 20-23' may also be week 20 of 2023."""
    if unit != WEEK or not 1 <= number1.value < number2.value <= 53:
        return None
    if year is None:
        latest = week_of_some_year(calendar, number2.value).latest(calendar.today)
        year = WEEK.anchor(latest.start).year
    first, end = (numbered_week(year, number.value, calendar) for number in (number1, number2))
    return Fixed(NamedPeriod(first.start, end.end, "run", "week", number2.value - number1.value + 1))


@rules.add("when", "UNIT NUMBER1 hyphen NUMBER2")
def week_or_weeks(calendar: Calendar, unit: Unit, number1: Number, number2: Number) -> When | None:
    both = unit == WEEK and number1.value < number2.value <= 53 and number2.digits == 2
    return Undecided(f"Week {number1.value} to {number2.value}, or week {number1.value} of a year?") if both else None


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


@rules.add("when", "YEAR week_letter NUMBER")
def compact_day_of_week(calendar: Calendar, year: int, number: Number) -> When | None:
    """'2025W273': week 27, day 3."""
    week, day = divmod(number.value, 10)
    return day_of_numbered_week(calendar, year, week, Number(day)) if number.digits == 3 else None


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


@rules.add("when", "the? UNIT ending|ended WHEN", "week_ending WHEN")
def week_to_day(calendar: Calendar, when: When, unit: Unit = WEEK) -> When | None:
    """'week ending 15 June'; behind a bare weekday the latest one that is over."""
    if unit != WEEK:
        return None
    day = Fixed(when.latest(calendar.today)) if isinstance(when, Recurring) and when.cycle <= 7 else when
    return day.map(lambda day: WEEK.whole(day.end - timedelta(days=6)))


@rules.add("when", "the? weekend")
def weekend(calendar: Calendar) -> Recurring:
    """Saturday and Sunday."""

    def latest(day: date) -> NamedPeriod:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return NamedPeriod(saturday, saturday + timedelta(days=1), "calendar", "week")

    return Recurring(latest, 7)
