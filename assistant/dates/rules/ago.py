"""Days and units counted back from today: '3 weeks ago', 'a year ago today', 'more than 30 days ago'."""

from __future__ import annotations

from datetime import timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod
from assistant.dates.rules.counts import Quantity
from assistant.dates.rules.edges import open_end, open_start
from assistant.dates.units import DAY, Unit
from assistant.dates.when import Fixed, Impossible, Undecided, When

rules = RuleSet()


@rules.add("time_ago", "QUANTITY ago", "ago_before QUANTITY")
def ago_quantity(calendar: Calendar, quantity: Quantity) -> Quantity:
    return quantity


@rules.add("time_ago", "a UNIT ago", "ago_before a UNIT")
def ago_unit(calendar: Calendar, unit: Unit) -> Quantity:
    """'a week ago'."""
    return 1, unit


@rules.add("time_ago", "UNIT ago")
def long_unit_ago(calendar: Calendar, unit: Unit) -> Quantity | None:
    """'half a year ago'."""
    return (1, unit) if unit.size > 1 else None


@rules.add("when", "TIME_AGO")
def ago(calendar: Calendar, time_ago: Quantity) -> When:
    """'3 days ago' is that day; '3 months ago' the whole month that holds it, as with any longer unit."""
    if isinstance(time_ago, Impossible):
        return time_ago
    count, unit = time_ago
    named = unit if unit.size == 1 else DAY
    return Fixed(named.holding(unit.shift(calendar.today, -count), calendar))


@rules.add("instant", "TIME_AGO")
def day_ago(calendar: Calendar, time_ago: Quantity) -> When:
    """'since 3 months ago' starts on that very day."""
    if isinstance(time_ago, Impossible):
        return time_ago
    count, unit = time_ago
    return Fixed(DAY.whole(unit.shift(calendar.today, -count)))


@rules.add(
    "when",
    "TIME_AGO DAY_NAME",
    "DAY_NAME TIME_AGO",
    "exactly TIME_AGO",
    "DAY_NAME last UNIT",
    "same_date_as_today last UNIT",
)
def the_very_day(
    calendar: Calendar, time_ago: Quantity | None = None, day_name: int = 0, unit: Unit | None = None
) -> When | None:
    """'a year ago today', 'exactly a week ago', 'today last year'."""
    if isinstance(time_ago, Impossible):
        return time_ago
    count, measured = time_ago or (1, unit)
    if measured is None or measured.base == "day":
        return None
    return Fixed(DAY.whole(measured.shift(calendar.today + timedelta(days=day_name), -count)))


@rules.add("when", "roughly TIME_AGO")
def roughly_ago(calendar: Calendar, time_ago: Quantity) -> When:
    """'about a week ago' names no days."""
    return Undecided("From which day to which day? 'About' leaves that open.")


@rules.add("range", "beyond TIME_AGO")
def longer_ago(calendar: Calendar, time_ago: Quantity) -> When | None:
    """'more than 30 days ago': before that day."""
    return day_ago(calendar, time_ago).map(lambda day: open_start(day.start - ONE_DAY, calendar))


@rules.add("range", "at_least TIME_AGO")
def at_least_ago(calendar: Calendar, time_ago: Quantity) -> When | None:
    return day_ago(calendar, time_ago).map(lambda day: open_start(day.start, calendar))


@rules.add("range", "short_of TIME_AGO")
def shorter_ago(calendar: Calendar, time_ago: Quantity) -> When | None:
    """'less than a week ago': since the day after."""
    return day_ago(calendar, time_ago).map(lambda day: open_end(DAY.whole(day.end + ONE_DAY), calendar))


@rules.add("range", "at_most TIME_AGO")
def at_most_ago(calendar: Calendar, time_ago: Quantity) -> When | None:
    return day_ago(calendar, time_ago).map(lambda day: open_end(day, calendar))


@rules.add("when", "COUNT1 to|hyphen|and COUNT2 UNIT ago", "between COUNT1 and COUNT2 UNIT ago")
def between_ago(calendar: Calendar, count1: int | Impossible, count2: int | Impossible, unit: Unit) -> When | None:
    """'two to five months ago'."""
    if isinstance(count1, Impossible) or isinstance(count2, Impossible):
        return None
    starts = [unit.start(unit.shift(calendar.today, -count), calendar) for count in sorted((count1, count2))]
    count = abs(count1 - count2) + 1
    return Fixed(unit.whole(starts[1], count))


@rules.add("range", "QUANTITY1 to|hyphen QUANTITY2 ago", "between QUANTITY1 and QUANTITY2 ago")
def between_days_ago(calendar: Calendar, quantity1: Quantity, quantity2: Quantity) -> When | None:
    """'30 days to 10 days ago'."""
    if isinstance(quantity1, Impossible) or isinstance(quantity2, Impossible):
        return None
    first, last = sorted(unit.shift(calendar.today, -count) for count, unit in (quantity1, quantity2))
    return Fixed(NamedPeriod(first, last, "range"))
