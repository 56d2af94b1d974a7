"""Business days, Monday to Friday: 'last working day', 'three business days ago', 'last 5 weekdays'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod, working_day
from assistant.dates.units import DAY
from assistant.dates.when import Fixed, Impossible, Unplaceable, When

rules = RuleSet()


@rules.add("when", "COUNT business_day ago")
def business_days_ago(calendar: Calendar, count: int | Impossible) -> When:
    if isinstance(count, Impossible):
        return count
    return Fixed(DAY.whole(working_day(calendar.today, -count)))


@rules.add("when", "the? last|previous business_day")
def last_business_day(calendar: Calendar) -> When:
    return Fixed(DAY.whole(working_day(calendar.today, -1)))


@rules.add("when", "the? last|previous|recent COUNT business_day")
def last_business_days(calendar: Calendar, count: int | Impossible) -> When:
    """From the Nth business day before today to the last one; the weekends between them are not meant."""
    if isinstance(count, Impossible):
        return count
    first, last = working_day(calendar.today, -count), working_day(calendar.today, -1)
    return Fixed(NamedPeriod(first, last, "range", working_days=count))


@rules.add("when", "the? ORDINAL business_day of the? WHEN", "the? last|final business_day of the? WHEN")
def business_day_of(calendar: Calendar, when: When, ordinal: Number | None = None) -> When:
    """'first business day of June', 'the last working day of May'."""

    def place(container: NamedPeriod) -> NamedPeriod:
        whole = container.whole
        edge, count = (whole.start - ONE_DAY, ordinal.value) if ordinal else (whole.end + ONE_DAY, -1)
        day = working_day(edge, count)
        if not whole.start <= day <= whole.end:
            raise Unplaceable("That period has no such working day.")
        return DAY.whole(day)

    return when.map(place)


@rules.add("when", "COUNT business_day before INSTANT", "COUNT business_day AFTER INSTANT")
def business_days_from(calendar: Calendar, count: int | Impossible, instant: When, after: str | None = None) -> When:
    """'3 working days before 10 June'."""
    if isinstance(count, Impossible):
        return count
    if after:
        return instant.map(lambda base: DAY.whole(working_day(base.end, count)))
    return instant.map(lambda base: DAY.whole(working_day(base.start, -count)))
