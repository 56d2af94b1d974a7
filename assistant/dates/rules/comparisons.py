"""Periods named by another one: 'previous period', 'the 30 days before that', 'same period last year', 'yoy'."""

from __future__ import annotations

from datetime import timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod
from assistant.dates.relations import Relation
from assistant.dates.rules.counts import Quantity
from assistant.dates.units import DAY, MONTH, YEAR, Unit
from assistant.dates.when import Fixed, Impossible, Recurring, When

rules = RuleSet()

YEAR_EARLIER = Relation("year_earlier")


def back(unit: Unit, count: int = 1) -> Relation:
    """The same dates that much earlier; twelve months are a year."""
    if unit in (YEAR, MONTH) and count == (1 if unit == YEAR else 12):
        return YEAR_EARLIER
    return Relation("shift", unit.base, unit.size * count)


@rules.add(
    "relation",
    "the? previous period",
    "the? period before that?",
    "the? same|previous period before that?",
    "the? period previous_after",
)
def previous_period(calendar: Calendar) -> Relation:
    return Relation("previous")


@rules.add(
    "relation",
    "the? previous whole? QUANTITY",
    "the? QUANTITY previous|previous_after",
    "the? QUANTITY before that?",
    "the? previous COUNT",
    "the? COUNT previous",
)
def units_before(
    calendar: Calendar, quantity: Quantity | None = None, count: int | Impossible | None = None
) -> Relation | None:
    """'prior 30 days', 'anteriores 30', 'the 2 weeks before that'."""
    if isinstance(quantity, Impossible) or isinstance(count, Impossible) or count == 1:
        return None
    number, unit = quantity or (count or 1, DAY)
    return Relation("before", unit.base, unit.size * number)


@rules.add("relation", "the? previous UNIT", "the? UNIT previous_after", "the? UNIT before that?", "a UNIT before that")
def unit_before(calendar: Calendar, unit: Unit) -> Relation:
    """'the month before'; 'previous year' is the same dates a year earlier."""
    return YEAR_EARLIER if unit == YEAR else Relation("before", unit.base, unit.size)


@rules.add("relation", "the? previous WHEN", "the? WHEN before|previous_after that?")
def occurrence_before(calendar: Calendar, when: When) -> Relation | None:
    """'the Monday before', 'vs the previous weekend', 'the May before that'."""
    return Relation("occurrence", again=when) if isinstance(when, Recurring) else None


@rules.add("relation", "the? last UNIT", "the? UNIT last_after")
def last_year(calendar: Calendar, unit: Unit) -> Relation | None:
    """'vs last year'."""
    return YEAR_EARLIER if unit == YEAR else None


@rules.add("relation", "a UNIT ago|earlier_on", "QUANTITY ago|earlier", "ago_before a UNIT", "ago_before QUANTITY")
def earlier(calendar: Calendar, unit: Unit | None = None, quantity: Quantity | None = None) -> Relation | None:
    """'a year earlier', 'vs a week ago', '4 weeks earlier'."""
    if isinstance(quantity, Impossible):
        return None
    count, measured = quantity or (1, unit)
    return back(measured, count) if measured else None


@rules.add("relation", "UNIT1 over UNIT2")
def over(calendar: Calendar, unit1: Unit, unit2: Unit) -> Relation | None:
    """'month over month'."""
    return back(unit1) if unit1 == unit2 else None


@rules.add("relation", "period over period")
def period_over_period(calendar: Calendar) -> Relation:
    return Relation("previous")


SAME_DATES = (
    "the? same period|time|unit of|in? the? last|previous UNIT",
    "the? same period|time|unit of|in? the? UNIT before|last_after|previous_after",
    "the? same period|time|unit a UNIT ago|earlier_on",
)


@rules.add("relation", *SAME_DATES)
def same_dates(calendar: Calendar, unit: Unit) -> Relation:
    """'same period last year', 'same days last month', 'this time last week'."""
    return back(unit)


# -- with nothing to lean on -------------------------------------------------------------------------------------------


@rules.add("when", *SAME_DATES)
def same_as_what(calendar: Calendar, unit: Unit) -> When:
    """Alone, 'this time last year' may be a day, a week or a month."""
    return Impossible("The same dates as which period? Name it: a day, a week or a month, such as 'May last year'.")


@rules.add("when", "the? UNIT|QUANTITY|WHEN|period before that?", "the? QUANTITY earlier|earlier_on")
def before_what(calendar: Calendar, unit: object = None, quantity: object = None, when: object = None) -> When:
    return Impossible("Before which period? Name it.")


@rules.add("range", "DAY_NAME1 and DAY_NAME2")
def two_days(calendar: Calendar, day_name1: int, day_name2: int) -> When | None:
    """'yesterday and the day before yesterday'."""
    first, last = sorted(calendar.today + timedelta(days=number) for number in (day_name1, day_name2))
    return Fixed(NamedPeriod(first, last, "range")) if last == first + ONE_DAY else None


@rules.add("range", "WHEN and RELATION")
def with_the_one_before(calendar: Calendar, when: When, relation: Relation) -> When | None:
    """'yesterday and the day before': both, where nothing lies between."""
    if isinstance(when, Impossible):
        return None
    later = when.latest(calendar.today)
    earlier = relation.resolve(later)
    follows = earlier.end + ONE_DAY == later.start
    return Fixed(NamedPeriod(earlier.start, later.end, "range")) if follows else None
