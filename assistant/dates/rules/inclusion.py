"""With or without the days at an edge: '(both inclusive)', 'including today', 'excluding the current week'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar, NamedPeriod, shift_day
from assistant.dates.rules.ranges import spanning
from assistant.dates.when import Fixed, Impossible, Recurring, Undecided, When, only_one

rules = RuleSet()


@rules.add("range", "from? INSTANT1 to_before INSTANT2")
def up_to_but_without(calendar: Calendar, instant1: When, instant2: When) -> When:
    """'from 5 May up to but not including 10 May'."""
    whole = spanning(instant1, instant2, calendar)
    last = instant2.latest(whole.end)
    return Fixed(NamedPeriod(whole.start, shift_day(last.start, "day", -1), "range"))


@rules.add("range", "RANGE comma? open? exclusive close?")
def without_which_edge(calendar: Calendar, range: When) -> When:
    return Undecided("Without the first day, the last or both? Name the first and last day that count.")


@rules.add("when", "WHEN comma? open? inclusive close?")
@rules.add("range", "RANGE comma? open? inclusive close?")
def inclusive(calendar: Calendar, when: When | None = None, range: When | None = None) -> When | None:
    """'(both inclusive)': ranges are."""
    return when or range


@rules.add("when", "WHEN1 comma? open? including the? WHEN2 close?")
def including(calendar: Calendar, when1: When, when2: When) -> When | None:
    """'last 30 days including today': thirty days that end today."""
    if not (isinstance(when1, Fixed) and isinstance(when2, Fixed)):
        return None
    base, added = when1.period, when2.period
    if added.start > base.end and base.basis == "rolling":
        return Fixed(
            NamedPeriod(
                shift_day(base.start, "day", (added.end - base.end).days), added.end, "rolling", "day", base.count
            )
        )
    if base.start <= added.start and added.end <= base.end:
        return when1
    return Fixed(NamedPeriod(min(base.start, added.start), max(base.end, added.end), "range"))


@rules.add("when", "WHEN1 comma? open? excluding the? WHEN2 close?")
def excluding(calendar: Calendar, when1: When, when2: When) -> When | None:
    """'last 8 weeks excluding the current week', 'this month excluding today', 'last week without Sunday'."""
    base = when1.latest(calendar.today)
    left_out = only_one(when2.within(base)) if isinstance(when2, Recurring) else when2.latest(calendar.today)
    if left_out.start > base.end or left_out.end < base.start:
        if left_out.end >= calendar.yesterday:
            return when1  # what is going on now lies outside anyway
        return Impossible(f"{left_out.start} to {left_out.end} is not a part of it: name the days to leave out.")
    if left_out.start > base.start and left_out.end >= base.end:
        return Fixed(NamedPeriod(base.start, shift_day(left_out.start, "day", -1), "range"))
    if left_out.start <= base.start and left_out.end < base.end:
        return Fixed(NamedPeriod(shift_day(left_out.end, "day", 1), base.end, "range"))
    return Impossible("One period can't have a gap: leave out days at its start or end only.")
