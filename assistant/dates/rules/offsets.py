"""Days counted from another: '3 weeks ago', '2 days after 26 May', 'the day before Easter', '2 weeks from May 20'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod
from assistant.dates.relations import Relation
from assistant.dates.units import DAY, Unit
from assistant.dates.when import Fixed, Impossible, When, weekly

rules = RuleSet()

Quantity = tuple[int, Unit] | Impossible


@rules.add("ago", "QUANTITY ago", "ago_before QUANTITY")
def ago_quantity(calendar: Calendar, quantity: Quantity) -> Quantity:
    return quantity


@rules.add("ago", "a UNIT ago", "ago_before a UNIT")
def ago_unit(calendar: Calendar, unit: Unit) -> Quantity:
    """'a week ago'."""
    return 1, unit


@rules.add("ago", "UNIT ago")
def long_unit_ago(calendar: Calendar, unit: Unit) -> Quantity | None:
    """'half a year ago'."""
    return (1, unit) if unit.size > 1 else None


@rules.add("when", "AGO")
def ago(calendar: Calendar, ago: Quantity) -> When:
    """'3 days ago' is that day; '3 months ago' the whole month that holds it, as with any longer unit."""
    if isinstance(ago, Impossible):
        return ago
    count, unit = ago
    named = unit if unit.size == 1 else DAY
    return Fixed(named.holding(unit.shift(calendar.today, -count), calendar))


@rules.add("instant", "AGO")
def day_ago(calendar: Calendar, ago: Quantity) -> When:
    """'since 3 months ago' starts on that very day."""
    if isinstance(ago, Impossible):
        return ago
    count, unit = ago
    return Fixed(DAY.whole(unit.shift(calendar.today, -count)))


@rules.add("instant", "WHEN")
def any_period(calendar: Calendar, when: When) -> When:
    return when


@rules.add("when", "COUNT1 to|hyphen|and COUNT2 UNIT ago", "between COUNT1 and COUNT2 UNIT ago")
def between_ago(calendar: Calendar, count1: int | Impossible, count2: int | Impossible, unit: Unit) -> When | None:
    """'two to five months ago'."""
    if isinstance(count1, Impossible) or isinstance(count2, Impossible):
        return None
    starts = [unit.start(unit.shift(calendar.today, -count), calendar) for count in sorted((count1, count2))]
    count = abs(count1 - count2) + 1
    return Fixed(unit.whole(starts[1], count))


@rules.add("when", "QUANTITY from_now", "a UNIT from_now", "in QUANTITY", "in a UNIT")
def ahead(calendar: Calendar, quantity: Quantity | None = None, unit: Unit | None = None) -> When | None:
    """'in 3 days'; 'spend in 3 days' is about the past, so only the caller's answer can tell it lies ahead."""
    count, measured = quantity if isinstance(quantity, tuple) else (1, unit)
    if isinstance(quantity, Impossible) or measured is None:
        return None
    return Fixed(DAY.whole(measured.shift(calendar.today, count)))


@rules.add("when", "QUANTITY before INSTANT", "a UNIT before INSTANT")
def day_before(
    calendar: Calendar, instant: When, quantity: Quantity | None = None, unit: Unit | None = None
) -> When | None:
    """'2 weeks before 13 May': that one day."""
    return _moved_day(instant, quantity, unit, -1)


@rules.add("when", "QUANTITY after INSTANT", "a UNIT after INSTANT")
def day_after(
    calendar: Calendar, instant: When, quantity: Quantity | None = None, unit: Unit | None = None
) -> When | None:
    return _moved_day(instant, quantity, unit, 1)


def _moved_day(instant: When, quantity: Quantity | None, unit: Unit | None, direction: int) -> When | None:
    if isinstance(quantity, Impossible):
        return quantity
    count, measured = quantity or (1, unit)
    if measured is None:
        return None

    def move(base: NamedPeriod) -> NamedPeriod:
        return DAY.whole(measured.shift(base.start if direction < 0 else base.end, count * direction))

    return instant.map(move)


@rules.add("when", "the QUANTITY before INSTANT", "the? UNIT before INSTANT")
def units_before(
    calendar: Calendar, instant: When, quantity: Quantity | None = None, unit: Unit | None = None
) -> When | None:
    """'the 30 days before Christmas', 'the week before Easter': all days of it."""
    if isinstance(quantity, Impossible):
        return quantity
    count, measured = quantity or (1, unit)
    return instant.map(Relation("before", measured.base, measured.size * count).resolve) if measured else None


@rules.add("when", "the QUANTITY after INSTANT", "the? UNIT after INSTANT")
def units_after(
    calendar: Calendar, instant: When, quantity: Quantity | None = None, unit: Unit | None = None
) -> When | None:
    """'the day after Thanksgiving', 'the week after Easter'; the month after 5 June is July."""
    if isinstance(quantity, Impossible):
        return quantity
    count, measured = quantity or (1, unit)
    if measured is None:
        return None

    def after(base: NamedPeriod) -> NamedPeriod:
        start = base.end + ONE_DAY
        if measured.base not in ("day", "week"):
            start = measured.shift(measured.start(base.end, calendar), 1)
        return measured.whole(start, count)

    return instant.map(after)


@rules.add("when", "the? WEEKDAY BEFORE INSTANT", "the? WEEKDAY AFTER INSTANT")
def weekday_near(
    calendar: Calendar, weekday: int, instant: When, before: str | None = None, after: str | None = None
) -> When | None:
    """'the Friday before Christmas', 'the Monday after 4 July'."""
    days = weekly(weekday)
    if before:
        return instant.map(lambda base: days.latest(base.start - ONE_DAY))
    return instant.map(lambda base: days.first_from(base.end + ONE_DAY))


@rules.add("when", "the? QUANTITY starting INSTANT")
def units_from(calendar: Calendar, quantity: Quantity, instant: When) -> When:
    """'2 weeks starting May 20th'."""
    if isinstance(quantity, Impossible):
        return quantity
    count, unit = quantity
    return instant.map(lambda base: unit.whole(base.start, count))


@rules.add("when", "the? QUANTITY ending INSTANT")
def units_to(calendar: Calendar, quantity: Quantity, instant: When) -> When:
    if isinstance(quantity, Impossible):
        return quantity
    count, unit = quantity
    return instant.map(lambda base: unit.whole(unit.shift(base.end + ONE_DAY, -count), count))
