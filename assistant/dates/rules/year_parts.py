"""Quarters, half-years and fiscal years by number: 'Q3 2024', '18q4', 'second quarter', 'H1', 'FY25', 'fiscal Q1'."""

from __future__ import annotations

from datetime import date

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.rules.parts import HALF_YEAR, nth_unit
from assistant.dates.units import QUARTER, YEAR, Unit
from assistant.dates.when import Fixed, Unplaceable, When, yearly

rules = RuleSet()


@rules.add("year_part", "quarter_letter NUMBER", "NUMBER quarter_letter", "UNIT NUMBER")
def numbered_quarter(calendar: Calendar, number: Number, unit: Unit = QUARTER) -> tuple[Unit, int] | None:
    """'Q3', '3Q', 'quarter 3'."""
    fits = unit == QUARTER and 1 <= number.value <= 4 and number.digits <= 1
    return (QUARTER, number.value) if fits else None


@rules.add("year_part", "half_letter NUMBER", "NUMBER half_letter")
def numbered_half(calendar: Calendar, number: Number) -> tuple[Unit, int] | None:
    return (HALF_YEAR, number.value) if 1 <= number.value <= 2 and number.digits == 1 else None


@rules.add("year_part", "the? ORDINAL UNIT", "the? ORDINAL UNIT of the UNIT2", "NUMBER dot UNIT")
def spelled_year_part(
    calendar: Calendar, unit: Unit, ordinal: Number | None = None, number: Number | None = None, unit2: Unit = YEAR
) -> tuple[Unit, int] | None:
    """'third quarter', 'first half', '1. Quartal', 'the first quarter of the year'."""
    which = ordinal or number
    most = {QUARTER: 4, HALF_YEAR: 2}.get(unit, 0)
    return (unit, which.value) if which and 1 <= which.value <= most and unit2 == YEAR else None


@rules.add("when", "trimester_letter NUMBER hyphen|slash? YEAR", "NUMBER trimester_letter hyphen|slash? YEAR")
def trimester(calendar: Calendar, number: Number, year: int) -> When | None:
    """'T1 2024' in the languages that say trimestre; 'T1' alone may be a tier or a trailing number."""
    quarter = numbered_quarter(calendar, number)
    return part_of_short_year(calendar, quarter, year) if quarter else None


@rules.add("when", "YEAR_PART")
def part_of_some_year(calendar: Calendar, year_part: tuple[Unit, int]) -> When:
    unit, number = year_part
    return yearly(lambda year: nth_unit(unit, number, calendar)(YEAR.whole(date(year, 1, 1))), "that part of a year")


@rules.add("when", "YEAR_PART apostrophe|slash|hyphen? SHORT_YEAR", "SHORT_YEAR YEAR_PART")
def part_of_short_year(calendar: Calendar, year_part: tuple[Unit, int], short_year: int) -> When:
    """'18q4', "Q3'24"."""
    unit, number = year_part
    return Fixed(YEAR.whole(date(short_year, 1, 1))).map(nth_unit(unit, number, calendar))


@rules.add("when", "YEAR_PART hyphen|slash? YEAR", "YEAR hyphen|slash YEAR_PART")
def part_of_year(calendar: Calendar, year_part: tuple[Unit, int], year: int) -> When:
    return part_of_short_year(calendar, year_part, year)


@rules.add("fiscal_year", "fiscal UNIT? YEAR", "fiscal UNIT? apostrophe? SHORT_YEAR")
def fiscal_year(
    calendar: Calendar, year: int | None = None, short_year: int | None = None, unit: Unit = YEAR
) -> When | None:
    """'FY25': a fiscal year is named by the calendar year it ends in."""
    written = year or short_year
    if written is None or unit.base != "year":
        return None
    started = written if calendar.fiscal_year_start == 1 else written - 1
    return Fixed(Unit("year", fiscal=True).whole(date(started, calendar.fiscal_year_start, 1)))


@rules.add(
    "when", "the? FISCAL_YEAR", "YEAR_PART of? FISCAL_YEAR", "FISCAL_YEAR YEAR_PART", "fiscal YEAR_PART of? FISCAL_YEAR"
)
def in_fiscal_year(calendar: Calendar, fiscal_year: When, year_part: tuple[Unit, int] | None = None) -> When:
    if year_part is None:
        return fiscal_year
    unit, number = year_part
    return fiscal_year.map(nth_unit(Unit(unit.base, unit.size, fiscal=True), number, calendar))


@rules.add("when", "fiscal YEAR_PART", "fiscal YEAR_PART of? YEAR")
def fiscal_year_part(calendar: Calendar, year_part: tuple[Unit, int], year: int | None = None) -> When | None:
    """'fiscal Q1': of the fiscal year going on, or the latest that has begun."""

    def in_year(named: int) -> NamedPeriod:
        around = fiscal_year(calendar, named)
        if around is None:
            raise Unplaceable("That fiscal year is not known.")
        return in_fiscal_year(calendar, around, year_part).latest(calendar.today)

    return Fixed(in_year(year)) if year else yearly(in_year, "that fiscal quarter")
