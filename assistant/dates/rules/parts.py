"""A part of a longer period: 'third week of August', 'first ten days of', 'first half of June', 'mid-June'."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod
from assistant.dates.rules.counts import Quantity
from assistant.dates.units import UNITS, Unit
from assistant.dates.when import Fixed, Impossible, Recurring, Unplaceable, When, only_one

rules = RuleSet()

HALF_YEAR = UNITS["half_year"]


def nth_unit(unit: Unit, position: int, calendar: Calendar, count: int = 1) -> Callable[[NamedPeriod], NamedPeriod]:
    """``count`` units from the nth of a container; -1 is the last, -2 the one before it."""

    def place(container: NamedPeriod) -> NamedPeriod:
        around = container.whole
        if position > 0:
            start = unit.shift(unit.first_in(around, calendar), position - 1)
        else:
            start = unit.shift(unit.last_in(around, calendar), position + 1)
        last = unit.shift(start, count - 1)
        if unit.anchor(start) < around.start or unit.anchor(last) > around.end:
            raise Unplaceable("That period has no such part.")
        return unit.whole(start, count)

    return place


@rules.add("when", "the? ORDINAL UNIT of? WHEN", "WHEN the? ORDINAL UNIT")
def nth_of(calendar: Calendar, ordinal: Number, unit: Unit, when: When) -> When | None:
    """'the third week of August', '2016 the third quarter'."""
    return when.map(nth_unit(unit, ordinal.value, calendar)) if can_hold(when, unit, calendar) else None


@rules.add("when", "the? last|final UNIT of WHEN")
def last_of(calendar: Calendar, unit: Unit, when: When) -> When | None:
    return when.map(nth_unit(unit, -1, calendar)) if can_hold(when, unit, calendar) else None


@rules.add("when", "the? ORDINAL to? last UNIT of WHEN", "the? penultimate UNIT of WHEN")
def nth_last_of(calendar: Calendar, unit: Unit, when: When, ordinal: Number | None = None) -> When | None:
    """'third last week of 2018'."""
    position = -(ordinal.value if ordinal else 2)
    return when.map(nth_unit(unit, position, calendar)) if can_hold(when, unit, calendar) else None


@rules.add("when", "the? ORDINAL QUANTITY of WHEN")
def first_units_of(calendar: Calendar, ordinal: Number, quantity: Quantity, when: When) -> When | None:
    """'first ten days of last year'."""
    if isinstance(quantity, Impossible) or ordinal.value != 1:
        return quantity if isinstance(quantity, Impossible) else None
    count, unit = quantity
    return when.map(nth_unit(unit, 1, calendar, count)) if can_hold(when, unit, calendar) else None


@rules.add("when", "the? last|final QUANTITY of WHEN")
def last_units_of(calendar: Calendar, quantity: Quantity, when: When) -> When | None:
    """'the last four months of 2021'."""
    if isinstance(quantity, Impossible):
        return quantity
    count, unit = quantity
    return when.map(nth_unit(unit, -count, calendar, count)) if can_hold(when, unit, calendar) else None


def can_hold(when: When, unit: Unit, calendar: Calendar) -> bool:
    if isinstance(when, Recurring) and when.cycle < 366:
        return False
    if isinstance(when, Impossible):
        return True
    return when.latest(calendar.today).whole.days > unit.whole(date(2024, 1, 1)).days


@rules.add("when", "the? ORDINAL WHEN1 of? the? WHEN2")
def nth_recurring_of(calendar: Calendar, ordinal: Number, when1: When, when2: When) -> When | None:
    """'third Tuesday of September 2014', 'the first Friday of July'."""
    inner = when1
    if not isinstance(inner, Recurring) or inner.cycle > 7 or (isinstance(when2, Recurring) and when2.cycle <= 7):
        return None
    return when2.map(lambda container: only_one(inner.within(container.whole)[ordinal.value - 1 : ordinal.value]))


@rules.add(
    "when",
    "the? last|final WHEN1 of the? WHEN2",
    "the? PENULTIMATE WHEN1 of the? WHEN2",
    "the? ORDINAL to? last WHEN1 of the? WHEN2",
)
def last_recurring_of(
    calendar: Calendar, when1: When, when2: When, ordinal: Number | None = None, penultimate: str | None = None
) -> When | None:
    """'last Monday of May', 'second to last Friday of May'."""
    inner = when1
    if not isinstance(inner, Recurring) or inner.cycle > 7 or (isinstance(when2, Recurring) and when2.cycle <= 7):
        return None
    position = ordinal.value if ordinal else 2 if penultimate else 1
    return when2.map(lambda container: only_one(inner.within(container.whole)[::-1][position - 1 : position]))


@rules.add("when", "the? ORDINAL half_of the? WHEN", "the? last|latter half_of the? WHEN")
def half_of(calendar: Calendar, when: When, ordinal: Number | None = None) -> When | None:
    """'second half of June': from the 16th; of a year: its calendar half."""
    if isinstance(when, Fixed) and when.period.basis not in ("calendar", "to_date"):
        return None
    second = ordinal is None or ordinal.value == 2

    def half(container: NamedPeriod) -> NamedPeriod:
        whole = container.whole
        if whole.unit == "year" and whole.basis == "calendar":
            return nth_unit(HALF_YEAR, 2 if second else 1, calendar)(whole)
        middle = whole.start + timedelta(days=whole.days // 2)
        return (
            NamedPeriod(middle, whole.end, "range") if second else NamedPeriod(whole.start, middle - ONE_DAY, "range")
        )

    return when.map(half) if ordinal is None or ordinal.value <= 2 else None


@rules.add("when", "rest_of WHEN")
def rest_of(calendar: Calendar, when: When) -> When | None:
    """'the rest of the month': what lies ahead of it."""

    def rest(container: NamedPeriod) -> NamedPeriod:
        tomorrow, whole = calendar.today + ONE_DAY, container.whole
        if not whole.start < tomorrow <= whole.end:
            raise Unplaceable("The rest from which day on? Name the first and the last day.")
        return NamedPeriod(tomorrow, whole.end, "range")

    return when.map(rest) if isinstance(when, Fixed) else None
