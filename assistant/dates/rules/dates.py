"""Days and months of the calendar: '5 June', '2025-06-05', 'June 2025', '06/05', 'Sunday, 6 March 2016'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod, days_in_month
from assistant.dates.rules.months import MONTH_NAMES
from assistant.dates.units import DAY
from assistant.dates.when import (
    Fixed,
    Impossible,
    Recurring,
    Unplaceable,
    When,
    length,
    monthly,
    only_one,
    weekly,
    yearly,
)

rules = RuleSet()

_MONTHS_BACK = 60  # any day of the month falls on any weekday within five years


@dataclass(frozen=True)
class MonthDay:
    month: int
    day: int


def ordinal_text(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def the_day(year: int, month_day: MonthDay) -> When:
    month, day = month_day.month, month_day.day
    if day > days_in_month(year, month):
        return Impossible(f"{MONTH_NAMES[month - 1]} {year} has no {ordinal_text(day)}.")
    return Fixed(DAY.whole(date(year, month, day)))


@rules.add("month_day", "MONTH slash|comma|dot|of? DAY_NUMBER", "DAY_NUMBER slash|dot|of? MONTH")
def month_and_day(calendar: Calendar, month: int, day_number: int) -> MonthDay:
    return MonthDay(month, day_number)


@rules.add("month_day", "NUMBER1 hyphen|slash NUMBER2", "NUMBER1 dot NUMBER2 dot")
def numeric_month_day(calendar: Calendar, number1: Number, number2: Number) -> MonthDay | None:
    """'06/05': month first or day first by the workspace's setting, unless only the other way is possible."""
    first, second = number1.value, number2.value
    if max(number1.digits, number2.digits) > 2 or number1.spelled or number2.spelled or not (first and second):
        return None
    month, day = (first, second) if calendar.date_order == "month_first" else (second, first)
    if month > 12:
        month, day = day, month
    return MonthDay(month, day) if month <= 12 and day <= 31 else None


@rules.add("when", "NUMBER1 dot|hyphen|slash NUMBER2 dot|hyphen|slash NUMBER3")
def year_month_day(calendar: Calendar, number1: Number, number2: Number, number3: Number) -> When | None:
    """'2025-06-05', whatever the workspace's order: the year stands first."""
    if number1.digits != 4 or max(number2.digits, number3.digits) > 2 or not 1 <= number2.value <= 12:
        return None
    return the_day(number1.value, MonthDay(number2.value, number3.value)) if number3.value else None


@rules.add(
    "when",
    "MONTH_DAY comma|of|hyphen|slash|dot? the? YEAR",
    "MONTH_DAY comma|slash|dot? SHORT_YEAR",
    "YEAR comma|hyphen|slash|dot? MONTH_DAY",
)
def full_date(
    calendar: Calendar, month_day: MonthDay, year: int | None = None, short_year: int | None = None
) -> When | None:
    written = year or short_year
    return the_day(written, month_day) if written else None


@rules.add("when", "NUMBER1 hyphen NUMBER2 hyphen SHORT_YEAR")
def hyphened_date(calendar: Calendar, number1: Number, number2: Number, short_year: int) -> When | None:
    """'06-05-25'; 'May 13-15' is a span of days."""
    month_day = numeric_month_day(calendar, number1, number2)
    return the_day(short_year, month_day) if month_day else None


@rules.add("when", "NUMBER")
def digits_only(calendar: Calendar, number: Number) -> When | None:
    """'20250605'."""
    year, month, day = number.value // 10000, number.value // 100 % 100, number.value % 100
    possible = number.digits == 8 and 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31
    return the_day(year, MonthDay(month, day)) if possible else None


@rules.add("when", "MONTH_DAY")
def day_of_some_year(calendar: Calendar, month_day: MonthDay) -> When:
    month, day = month_day.month, month_day.day
    if day > (29 if month == 2 else days_in_month(2000, month)):
        return Impossible(f"{MONTH_NAMES[month - 1]} has no {ordinal_text(day)}.")

    def in_year(year: int) -> NamedPeriod | None:
        return DAY.whole(date(year, month, day)) if day <= days_in_month(year, month) else None

    return yearly(in_year, f"{day} {MONTH_NAMES[month - 1]}")


@rules.add("month_date", "the ORDINAL", "ORDINAL")
def day_of_some_month(calendar: Calendar, ordinal: Number) -> When | None:
    """'the 21st'."""
    return monthly(ordinal.value) if 1 <= ordinal.value <= 31 else None


@rules.add("when", "the? ORDINAL")
def day_of_month(calendar: Calendar, ordinal: Number) -> When | None:
    """'the 21st' alone; 'the second' alone is no date."""
    return None if ordinal.spelled else day_of_some_month(calendar, ordinal)


@rules.add("when", "the? ORDINAL of the? WHEN")
def day_of_given_month(calendar: Calendar, ordinal: Number, when: When) -> When | None:
    """'the first of last month'."""
    if not isinstance(when, Fixed) or (when.period.unit, when.period.count) != ("month", 1):
        return None
    days = day_of_some_month(calendar, ordinal)
    return Fixed(only_one(days.within(when.period.whole))) if isinstance(days, Recurring) else None


@rules.add("when", "WEEKDAY comma? WHEN", "WEEKDAY comma? the? MONTH_DATE", "WHEN comma? open? WEEKDAY close?")
def weekday_and_date(
    calendar: Calendar, weekday: int, when: When | None = None, month_date: When | None = None
) -> When | None:
    """'Sunday, 6 March 2016', 'Thursday the 21st': a date without a year is the latest that falls on that weekday."""
    day = when or month_date
    if isinstance(day, Recurring) and day.cycle > 7:
        return _on_weekday(day, weekday)
    if isinstance(day, Fixed) and day.period.days == 1 and day.period.basis == "calendar":
        if day.period.start.weekday() == weekday:
            return day
        return Impossible(f"{day.period.start:%d %B %Y} was a {day.period.start:%A}, not a {_weekday_name(weekday)}.")
    return None


def _on_weekday(day: Recurring, weekday: int) -> Recurring | None:
    """A day of the month goes back to the month where it fits; a date of the year must fit as it stands."""
    if length(day, date(2000, 12, 31)) != 1:
        return None

    def latest(until: date) -> NamedPeriod:
        for _ in range(_MONTHS_BACK if day.cycle <= 31 else 1):
            found = day.latest(until)
            if found.start.weekday() == weekday:
                return found
            until = found.start - ONE_DAY
        raise Unplaceable(f"{found.start:%d %B %Y} was a {found.start:%A}, not a {_weekday_name(weekday)}.")

    return Recurring(latest, day.cycle)


def _weekday_name(weekday: int) -> str:
    return f"{weekly(weekday).latest(date(2000, 12, 31)).start:%A}"
