"""Months with or without a year: 'June', 'June 2025', 'Nov '24', '2025-06', '06/2025', 'the month of May'."""

from __future__ import annotations

from datetime import date

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.units import MONTH, Unit
from assistant.dates.when import Fixed, When, yearly

rules = RuleSet()

MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December")  # fmt: skip


def the_month(year: int, month: int) -> NamedPeriod:
    return MONTH.whole(date(year, month, 1))


@rules.add("month", "the? UNIT of MONTH")
def month_of(calendar: Calendar, unit: Unit, month: int) -> int | None:
    """'the month of June'."""
    return month if unit == MONTH else None


@rules.add(
    "month_when",
    "MONTH comma|of|hyphen|slash|dot? the? YEAR",
    "the? YEAR comma|hyphen|slash|dot? MONTH",
    "MONTH apostrophe SHORT_YEAR",
)
def month_of_year(
    calendar: Calendar, month: int, year: int | None = None, short_year: int | None = None
) -> When | None:
    written = year or short_year
    return Fixed(the_month(written, month)) if written else None


@rules.add("month_when", "MONTH SHORT_YEAR")
def month_of_short_year(calendar: Calendar, month: int, short_year: int) -> When | None:
    """'June 96': a number that is no day."""
    return Fixed(the_month(short_year, month)) if short_year % 100 > 31 else None


@rules.add("month_when", "NUMBER1 hyphen|slash|dot NUMBER2")
def numeric_month(calendar: Calendar, number1: Number, number2: Number) -> When | None:
    """'2025-06', '06/2025'."""
    if (number1.digits, number2.digits) in ((1, 4), (2, 4)):
        number1, number2 = number2, number1
    fits = number1.digits == 4 and number2.digits in (1, 2) and 1 <= number2.value <= 12 and number1.value >= 1900
    return Fixed(the_month(number1.value, number2.value)) if fits and number1.value <= 2099 else None


@rules.add("month_when", "DOTTED")
def dotted_month(calendar: Calendar, dotted: tuple[Number, Number]) -> When | None:
    """'2025.06', '06.2025': written like a decimal number."""
    return numeric_month(calendar, *dotted)


@rules.add("month_when", "MONTH")
def month_of_some_year(calendar: Calendar, month: int) -> When:
    return yearly(lambda year: the_month(year, month), MONTH_NAMES[month - 1])


@rules.add("when", "MONTH_WHEN")
def month_alone(calendar: Calendar, month_when: When) -> When:
    return month_when
