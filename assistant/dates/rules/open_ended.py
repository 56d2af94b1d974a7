"""Periods with one end named: 'since June', 'after 15 June', 'before 2019', 'until May', 'all time'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar
from assistant.dates.rules.counts import Quantity
from assistant.dates.rules.edges import open_end, open_start
from assistant.dates.rules.numbers import whole_year
from assistant.dates.rules.year_parts import part_of_some_year
from assistant.dates.units import DAY, Unit
from assistant.dates.when import Fixed, Impossible, Undecided, When

rules = RuleSet()


@rules.add(
    "range", "since INSTANT", "since|from INSTANT onward|on", "INSTANT onward", "from_alone the? start_of the? INSTANT"
)
def since(calendar: Calendar, instant: When) -> When:
    """'since D' is D to yesterday."""
    return instant.map(lambda first: open_end(first, calendar))


@rules.add("range", "from_alone WHEN")
def from_day(calendar: Calendar, when: When) -> When | None:
    """'from 5 June' is since then; 'from last week' is in it, and the 'from' no part of the phrase."""
    if isinstance(when, Impossible):
        return None
    return since(calendar, when) if when.latest(calendar.today).unit == "day" else None


@rules.add("range", "from_alone TIME_AGO")
def from_long_ago(calendar: Calendar, time_ago: Quantity) -> When | None:
    """'from a week ago' may be that week's or all since."""
    days = isinstance(time_ago, Impossible) or time_ago[1] == DAY
    return None if days else Undecided("'From' can mean then alone or all days since: leave it out or say 'since …'.")


@rules.add("range", "from_alone MONTH_WHEN", "from_alone YEAR", "from_alone YEAR_PART")
def from_longer(
    calendar: Calendar,
    month_when: When | None = None,
    year: int | None = None,
    year_part: tuple[Unit, int] | None = None,
) -> When | None:
    """'spend from June' may be June's or all since; asked back where that differs."""
    when = month_when or (part_of_some_year(calendar, year_part) if year_part else None)
    when = when or (whole_year(calendar, year) if year else None)
    if when is None:
        return None
    named = when.latest(calendar.today)
    onward = open_end(named, calendar)
    if (named.start, named.end) == (onward.start, onward.end):
        return Fixed(named)
    return Undecided("'From' can mean that period alone or all days since: say 'in …' or 'since …'.")


@rules.add("range", "after INSTANT")
def after(calendar: Calendar, instant: When) -> When:
    """'after 15 June': from the 16th; 'after June': from 1 July."""
    return instant.map(lambda period: open_end(DAY.whole(period.end + ONE_DAY), calendar))


@rules.add("range", "before INSTANT")
def before(calendar: Calendar, instant: When) -> When:
    """'before Friday': the latest Friday, as everywhere."""
    return Fixed(open_start(instant.latest(calendar.today).start - ONE_DAY, calendar))


@rules.add("range", "as_of INSTANT")
def as_of(calendar: Calendar, instant: When) -> When:
    return Undecided("'As of' can mean up to that day or since then: say 'until …' or 'since …'.")


@rules.add("range", "before and after INSTANT")
def before_and_after(calendar: Calendar, instant: When) -> When:
    return Undecided("Those are two periods: name both, such as 'the week after … vs the week before …'.")


@rules.add("range", "until INSTANT")
def until(calendar: Calendar, instant: When) -> When:
    """'until 5 June' includes the 5th, as every range includes its ends."""
    return Fixed(open_start(instant.latest(calendar.today).end, calendar))


@rules.add("range", "ALL_TIME", "SO_FAR")
def all_time(calendar: Calendar, all_time: str | None = None, so_far: str | None = None) -> When:
    return Fixed(open_start(calendar.yesterday, calendar))


@rules.add(
    "range", "the? last|previous|recent hour", "the? last|previous|recent NUMBER hour", "NUMBER hour ago", "NUMBER hour"
)
def hours(calendar: Calendar, number: object = None) -> When:
    return Impossible("The data is by day, so hours can't be told apart: ask for today or yesterday.")
