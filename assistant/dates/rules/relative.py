"""Days counted from today: 'yesterday', 'last month', 'last 30 days', 'this week', 'month to date', '3 days ago'."""

from __future__ import annotations

from datetime import timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.units import DAY, QUARTER, YEAR, Unit
from assistant.dates.when import Fixed, Undecided, When

rules = RuleSet()


@rules.add("when", "DAY_NAME")
def named_day(calendar: Calendar, day_name: int) -> When:
    return Fixed(DAY.whole(calendar.today + timedelta(days=day_name)))


@rules.add("unit", "fiscal UNIT")
def fiscal_unit(calendar: Calendar, unit: Unit) -> Unit | None:
    return Unit(unit.base, unit.size, fiscal=True) if unit in (QUARTER, YEAR) else None


@rules.add("unit", "whole UNIT")
def whole_unit(calendar: Calendar, unit: Unit) -> Unit:
    """'last full month', 'last 4 calendar weeks': whole units are meant anyway."""
    return unit


@rules.add("when", "the last|previous|recent plural")
def vague_number(calendar: Calendar) -> When:
    """'over the last weeks'; 'last weeks spend' is last week's."""
    return Undecided("How many of them? Give a number, such as 'last 3 weeks'.")


@rules.add("when", "this and last|previous UNIT", "last|previous and this UNIT")
def last_and_this_unit(calendar: Calendar, unit: Unit) -> When:
    """'this and last month'."""
    last, this = unit.last(1, calendar), unit.to_date(calendar)
    return Fixed(NamedPeriod(last.start, this.end, "range"))


@rules.add("when", "the? last|previous the? UNIT", "the? UNIT last_after|previous_after")
def last_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.last(1, calendar))


@rules.add("when", "LAST_UNIT")
def last_unit_in_short(calendar: Calendar, last_unit: Unit) -> When:
    """'LW'."""
    return Fixed(last_unit.last(1, calendar))


@rules.add("when", "the? this UNIT so_far?", "this|the? UNIT this_after so_far?", "so_far|so_far_of the? this? UNIT")
def this_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.to_date(calendar))


@rules.add("when", "earlier this|in the? UNIT")
def earlier_this_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.to_date(calendar))


@rules.add("when", "the UNIT", "the UNIT so_far")
def the_unit(calendar: Calendar, unit: Unit) -> When | None:
    """'how was the month': the one we are in."""
    return Fixed(unit.to_date(calendar)) if unit != DAY else None


@rules.add("when", "the? next the? UNIT", "the? UNIT next_after")
def next_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.next(1, calendar))


@rules.add("when", "the? UNIT before last|previous", "the? before_last UNIT", "the? UNIT before_last_after")
def unit_before_last(calendar: Calendar, unit: Unit) -> When:
    """'the month before last'."""
    return Fixed(unit.whole(unit.shift(unit.start(calendar.today, calendar), -2)))


@rules.add("when", "the? UNIT after next")
def unit_after_next(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.whole(unit.shift(unit.start(calendar.today, calendar), 2)))


@rules.add("when", "inside the? WHEN")
def inside(calendar: Calendar, when: When) -> When:
    """'within the last 10 days', 'throughout May'."""
    return when
