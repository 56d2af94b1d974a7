"""What stands at the edge of a range: any period, or just the start or the end of one."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar
from assistant.dates.units import DAY
from assistant.dates.when import When

rules = RuleSet()


@rules.add("instant", "the? start_of the? WHEN")
def first_day_of(calendar: Calendar, when: When) -> When:
    """At an edge, 'the start of May' is its first day."""
    return when.map(lambda period: DAY.whole(period.start))


@rules.add("instant", "the? end_of the? WHEN")
def last_day_of(calendar: Calendar, when: When) -> When:
    return when.map(lambda period: DAY.whole(period.whole.end))


@rules.add("instant", "WHEN")
def any_period(calendar: Calendar, when: When) -> When:
    return when
