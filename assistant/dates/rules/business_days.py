"""Business days, Monday to Friday: 'last working day', 'three business days ago', 'last 5 weekdays'."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.units import DAY
from assistant.dates.when import Fixed, Impossible, When

rules = RuleSet()


@rules.add("when", "COUNT business_day ago")
def business_days_ago(calendar: Calendar, count: int | Impossible) -> When:
    if isinstance(count, Impossible):
        return count
    return Fixed(DAY.whole(_business_day(calendar.today, -count)))


@rules.add("when", "the? last|previous business_day")
def last_business_day(calendar: Calendar) -> When:
    return Fixed(DAY.whole(_business_day(calendar.today, -1)))


@rules.add("when", "the? last|previous|recent COUNT business_day")
def last_business_days(calendar: Calendar, count: int | Impossible) -> When:
    """From the Nth business day before today to the last one; weekends between them count in."""
    if isinstance(count, Impossible):
        return count
    return Fixed(NamedPeriod(_business_day(calendar.today, -count), _business_day(calendar.today, -1), "range"))


def _business_day(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= 5:
            day += step
    return day
