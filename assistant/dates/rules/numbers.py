"""Numbers in words, years, and the numbers that name a day."""

from __future__ import annotations

from datetime import date

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import Calendar
from assistant.dates.units import UNITS, YEAR
from assistant.dates.when import Fixed, Impossible, When

rules = RuleSet()

FIRST_YEAR, LAST_YEAR = 1900, 2099
MOST = 3660  # days counted back, ten years


@rules.add("number", "NUMBER1 and? NUMBER2")
def spelled_sum(calendar: Calendar, number1: Number, number2: Number) -> Number | None:
    """'twenty five', 'two thousand (and) eighteen'."""
    if not (number1.spelled and number2.spelled):
        return None
    tens = 20 <= number1.value <= 90 and number1.value % 10 == 0 and number2.value < 10
    hundreds = number1.value >= 100 and number1.value % 100 == 0 and number2.value < 100
    return Number(number1.value + number2.value, spelled=True) if tens or hundreds else None


@rules.add("number", "NUMBER1 NUMBER2")
def spelled_product(calendar: Calendar, number1: Number, number2: Number) -> Number | None:
    """'two thousand', 'nineteen hundred'."""
    spelled = number1.spelled and number2.spelled
    fits = spelled and number1.value < 100 and number2.value in (100, 1000)
    return Number(number1.value * number2.value, spelled=True) if fits else None


@rules.add("ordinal", "NUMBER ORDINAL")
def spelled_ordinal(calendar: Calendar, number: Number, ordinal: Number) -> Number | None:
    """'thirty first'."""
    tens = number.spelled and number.value in (20, 30) and ordinal.spelled and ordinal.value < 10
    return Number(number.value + ordinal.value, spelled=True) if tens else None


@rules.add("year", "NUMBER")
def year_number(calendar: Calendar, number: Number) -> int | None:
    written_so = number.spelled or number.digits == 4
    return number.value if written_so and FIRST_YEAR <= number.value <= LAST_YEAR else None


@rules.add("year", "NUMBER1 NUMBER2")
def spelled_year(calendar: Calendar, number1: Number, number2: Number) -> int | None:
    """'nineteen eighty six'."""
    spelled = number1.spelled and number2.spelled
    return (
        number1.value * 100 + number2.value if spelled and number1.value in (19, 20) and number2.value >= 10 else None
    )


@rules.add("year", "apostrophe SHORT_YEAR", "calendar_year SHORT_YEAR")
def short_year(calendar: Calendar, short_year: int) -> int:
    return short_year


@rules.add("short_year", "NUMBER")
def two_digits(calendar: Calendar, number: Number) -> int | None:
    """'96' is 1996, '18' is 2018: up to ten years ahead it is this century."""
    if number.digits != 2:
        return None
    century = calendar.today.year // 100 * 100
    return number.value + (century if number.value <= calendar.today.year % 100 + 10 else century - 100)


@rules.add("year", "calendar_year YEAR", "UNIT of? YEAR")
def named_year(calendar: Calendar, year: int, unit: object = YEAR) -> int | None:
    """'the year 2008'."""
    return year if unit == YEAR else None


@rules.add("when", "the? YEAR")
def whole_year(calendar: Calendar, year: int) -> When:
    return Fixed(YEAR.whole(date(year, 1, 1)))


@rules.add("when", "the? NUMBER decade_letter", "the? apostrophe NUMBER decade_letter", "the NUMBER possessive")
def decade(calendar: Calendar, number: Number) -> When | None:
    """'the 1990s', 'the 90s'."""
    year = number.value if number.digits == 4 else two_digits(calendar, number)
    if not year or year % 10 or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Fixed(UNITS["decade"].whole(date(year, 1, 1)))


@rules.add("day_number", "the? NUMBER", "the? ORDINAL", "the? ORDINAL dot", "NUMBER dot")
def day_number(calendar: Calendar, number: Number | None = None, ordinal: Number | None = None) -> int | None:
    value = number or ordinal
    return value.value if value and 1 <= value.value <= 31 and value.digits <= 2 else None


@rules.add("count", "NUMBER", "a? VAGUE")
def count(calendar: Calendar, number: Number | None = None, vague: str | None = None) -> int | Impossible | None:
    """How many; 'a few' is a number that only the asker knows."""
    if number is None:
        return Impossible(f"How many is '{vague}'? Give a number, such as 'last 3 weeks'.")
    if MOST < number.value < 100 * MOST:
        return Impossible(f"{number.value:,} is more than I count back. Name the first and the last day.")
    return number.value if 1 <= number.value <= MOST and number.digits <= 4 else None
