"""A weekday beside a date: 'Sunday, 6 March 2016', 'Thursday the 21st'."""

from __future__ import annotations

from datetime import date

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod
from assistant.dates.when import Fixed, Impossible, Recurring, Unplaceable, When, length, weekly

_MONTHS_BACK = 60  # any day of the month falls on any weekday within five years

rules = RuleSet()


@rules.add("when", "WEEKDAY comma? WHEN", "WEEKDAY comma? the? MONTH_DATE")
def weekday_and_date(
    calendar: Calendar, weekday: int, when: When | None = None, month_date: When | None = None
) -> When | None:
    """'Sunday, 6 March 2016', 'Thursday the 21st': a date without a year is the latest that falls on that weekday."""
    return _checked_weekday(when or month_date, weekday)


@rules.add("when", "WHEN comma? open? WEEKDAY close?")
def date_and_weekday(calendar: Calendar, weekday: int, when: When) -> When | None:
    """'6 March (Sunday)'; '1st Monday' is no date yet."""
    return None if isinstance(when, Recurring) and when.cycle <= 31 else _checked_weekday(when, weekday)


def _checked_weekday(day: When | None, weekday: int) -> When | None:
    if isinstance(day, Recurring) and day.cycle > 7:
        return _on_weekday(day, weekday)
    if isinstance(day, Fixed) and day.period.days == 1 and day.period.basis == "calendar":
        if day.period.start.weekday() == weekday:
            return day
        return Impossible(f"{day.period.start:%d %B %Y} was a {day.period.start:%A}, not a {_weekday_name(weekday)}.")
    return None


def _on_weekday(day: Recurring, weekday: int) -> Recurring | None:
    """A day of the month goes back to the month where it fits; a date of the year must fit as it stands."""
    if length(day, date(2000, 12, 31)) != 1:
        return None

    def latest(until: date) -> NamedPeriod:
        for _ in range(_MONTHS_BACK if day.cycle <= 31 else 1):
            found = day.latest(until)
            if found.start.weekday() == weekday:
                return found
            until = found.start - ONE_DAY
        raise Unplaceable(f"{found.start:%d %B %Y} was a {found.start:%A}, not a {_weekday_name(weekday)}.")

    return Recurring(latest, day.cycle)


def _weekday_name(weekday: int) -> str:
    return f"{weekly(weekday).latest(date(2000, 12, 31)).start:%A}"
