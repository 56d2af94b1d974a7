"""Days and months of the calendar: '5 June', '2025-06-05', 'June 2025', '06/05', 'Sunday, 6 March 2016'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import Calendar, NamedPeriod, days_in_month
from assistant.dates.rules.months import MONTH_NAMES
from assistant.dates.units import DAY
from assistant.dates.when import Fixed, Impossible, Recurring, Undecided, When, monthly, only_one, yearly

rules = RuleSet()

_MONTHS_BACK = 60  # any day of the month falls on any weekday within five years


@dataclass(frozen=True)
class MonthDay:
    """``numeric``: both written as numbers, in the workspace's order."""

    month: int
    day: int
    numeric: bool = False


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
    return MonthDay(month, day, numeric=True) if month <= 12 and day <= 31 else None


@rules.add("month_day", "DOTTED dot")
def dotted_month_day(calendar: Calendar, dotted: tuple[Number, Number]) -> MonthDay | None:
    """'3.6.': but for the last dot written like a decimal number."""
    return numeric_month_day(calendar, *dotted)


@rules.add("when", "ISO_DAY")
def iso_day(calendar: Calendar, iso_day: When) -> When:
    return iso_day


@rules.add("iso_day", "NUMBER1 dot|hyphen|slash NUMBER2 dot|hyphen|slash NUMBER3")
def year_month_day(calendar: Calendar, number1: Number, number2: Number, number3: Number) -> When | None:
    """'2025-06-05', whatever the workspace's order: the year stands first."""
    if number1.digits != 4 or max(number2.digits, number3.digits) > 2 or not 1 <= number2.value <= 12:
        return None
    return the_day(number1.value, MonthDay(number2.value, number3.value)) if number3.value else None


@rules.add(
    "when",
    "MONTH_DAY comma|of|hyphen|slash|dot? the? YEAR",
    "MONTH_DAY comma|slash|dot? SHORT_YEAR",
)
def full_date(
    calendar: Calendar, month_day: MonthDay, year: int | None = None, short_year: int | None = None
) -> When | None:
    written = year or short_year
    return the_day(written, month_day) if written else None


@rules.add("when", "YEAR comma|hyphen|slash|dot? MONTH_DAY")
def year_first(calendar: Calendar, year: int, month_day: MonthDay) -> When | None:
    """'2018 March 18'; in numbers the month stands in the middle, so '2025-13-01' is no date."""
    if month_day.numeric:
        return Undecided("Behind a year comes the month, from 1 to 12, and then the day.")
    return the_day(year, month_day)


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


@rules.add("when", "past MONTH_DAY")
def past_a_day(calendar: Calendar, month_day: MonthDay) -> When:
    return Undecided("'Past' can mean the last such day or all days after it: say 'on …' or 'after …'.")


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
