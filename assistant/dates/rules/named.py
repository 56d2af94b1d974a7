"""Which of the days that come again is meant: 'last July', 'this winter', 'June of last year', '3 Thursdays ago'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar
from assistant.dates.rules.weeks import weekend
from assistant.dates.units import MONTH, WEEK, YEAR
from assistant.dates.when import Fixed, Impossible, Recurring, When, only_one, weekly

rules = RuleSet()


@rules.add("when", "the? WEEKDAY")
def weekday(calendar: Calendar, weekday: int) -> When:
    return weekly(weekday)


@rules.add("when", "WHEN possessive")
def possessive(calendar: Calendar, when: When) -> When:
    """'yesterday's', 'last year's Q4'."""
    return when


@rules.add("when", "the? last|previous WHEN", "WHEN last_after|previous_after")
def last_of_kind(calendar: Calendar, when: When) -> When | None:
    """'last July', 'previous Easter': the latest that is over."""
    return Fixed(when.last_over(calendar.today)) if isinstance(when, Recurring) else None


@rules.add("when", "the? next WHEN", "WHEN next_after")
def next_of_kind(calendar: Calendar, when: When) -> When | None:
    return Fixed(when.first_from(calendar.today + ONE_DAY)) if isinstance(when, Recurring) else None


@rules.add("when", "the? WHEN before last", "the? before_last WHEN", "WHEN before_last_after")
def one_before_last(calendar: Calendar, when: When) -> When | None:
    """'the weekend before last'."""
    if not isinstance(when, Recurring):
        return None
    return Fixed(when.last_over(when.last_over(calendar.today).start))


@rules.add("when", "this WHEN")
def this_of_kind(calendar: Calendar, when: When) -> When | None:
    """'this winter': the one going on, else this year's; of weekdays this week's, of days of the month this month's."""
    if not isinstance(when, Recurring):
        return None
    current = when.latest(calendar.today)
    if current.end >= calendar.today:
        return Fixed(current)
    around = WEEK if when.cycle <= 7 else MONTH if when.cycle <= 31 else YEAR
    return Fixed((when.within(around.holding(calendar.today, calendar)) or [current])[0])


@rules.add("when", "WHEN1 comma|of|on|at|the? WHEN2", "WHEN1 of the WHEN2")
def one_in_container(calendar: Calendar, when1: When, when2: When) -> When | None:
    """'June of last year', 'Monday last week', and the other way round: 'last week on Monday'."""
    inner, container = (when1, when2) if isinstance(when1, Recurring) else (when2, when1)
    if not isinstance(inner, Recurring) or not isinstance(container, Fixed):
        return None
    around = container.period.whole
    if around.days < inner.cycle * 0.9 or around.days > inner.cycle * 1.1:
        return None
    return container.map(lambda _: only_one(inner.within(around)))


@rules.add("when", "COUNT WEEKDAYS|WEEKDAY ago", "COUNT weekend|weekends ago")
def weekdays_ago(
    calendar: Calendar, count: int | Impossible, weekdays: int | None = None, weekday: int | None = None
) -> When | None:
    """'3 Thursdays ago': the third one before today."""
    if isinstance(count, Impossible):
        return count
    number = weekday if weekdays is None else weekdays
    kind = weekend(calendar) if number is None else weekly(number)
    found = kind.last_over(calendar.today)
    for _ in range(count - 1):
        found = kind.latest(found.start - ONE_DAY)
    return Fixed(found)
