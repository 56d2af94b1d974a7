"""Days counted from another: '3 weeks ago', '2 days after 26 May', 'the day before Easter', '2 weeks from May 20'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod
from assistant.dates.relations import Relation
from assistant.dates.rules.counts import Quantity
from assistant.dates.units import DAY, Unit
from assistant.dates.when import Fixed, Impossible, Undecided, When, weekly

rules = RuleSet()


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


@rules.add("when", "the? plural before|after|leading_to INSTANT", "the? QUANTITY leading_to INSTANT")
def how_many(calendar: Calendar, instant: When, quantity: Quantity | None = None) -> When:
    """'the days before Christmas', 'the 10 days leading up to Christmas'."""
    if quantity:
        return Undecided("With that day or up to the day before? Say 'ending' or 'before'.")
    return Undecided("How many of them? Give a number, such as 'the 5 days before Christmas'.")


@rules.add("when", "the? UNIT|QUANTITY before and after INSTANT")
def before_and_after(calendar: Calendar, instant: When, unit: Unit | None = None, quantity: object = None) -> When:
    return Undecided("Those are two periods: name both, such as 'the week after … vs the week before …'.")


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


@rules.add("when", "the? ORDINAL? WEEKDAY before INSTANT")
def weekday_before(calendar: Calendar, weekday: int, instant: When, ordinal: Number | None = None) -> When:
    """'the Friday before Christmas', 'the second Sunday before Easter'."""
    weeks = (ordinal.value if ordinal else 1) - 1
    return instant.map(lambda base: weekly(weekday).latest(base.start - ONE_DAY).shifted("week", -weeks))


@rules.add("when", "the? ORDINAL? WEEKDAY after INSTANT")
def weekday_after(calendar: Calendar, weekday: int, instant: When, ordinal: Number | None = None) -> When:
    """'the Monday after 4 July', 'the first Tuesday after 1 November'."""
    weeks = (ordinal.value if ordinal else 1) - 1
    return instant.map(lambda base: weekly(weekday).first_from(base.end + ONE_DAY).shifted("week", weeks))
