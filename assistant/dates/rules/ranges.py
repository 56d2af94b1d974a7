"""From one day to another: '5-7 June', 'from May to October 2020', 'between Q1 and Q3', 'Nov 18 - Dec 19, 2015'."""

from __future__ import annotations

from dataclasses import replace

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import MONTHS_IN, BaseUnit, Calendar, NamedPeriod
from assistant.dates.rules.edges import open_end
from assistant.dates.rules.numbers import whole_year
from assistant.dates.when import Fixed, Recurring, Undecided, Unplaceable, When

rules = RuleSet()

_MOST_DAYS_WITHOUT_YEAR = 300  # 'from 10 to 5 June' is a slip, not a year less five days


def spanning(start: When, end: When, calendar: Calendar) -> NamedPeriod:
    """From the first day of ``start`` to the last of ``end``. What has no year takes it from the other end."""
    if isinstance(end, Fixed):
        last = end.period
        first = start.latest(last.end)
    else:
        first = start.latest(calendar.today)
        last = end.first_from(first.start) if isinstance(end, Recurring) else end.latest(calendar.today)
    days = (last.end - first.start).days
    ahead = isinstance(end, Recurring) and last.start > calendar.today
    guessed = ahead or (isinstance(start, Recurring) and first.unit == "day")
    if days < 0 or (guessed and days > _MOST_DAYS_WITHOUT_YEAR):
        raise Unplaceable("That period ends before it starts: swap its ends, or name both years.")
    unit = first.unit if first.basis == last.basis == "calendar" and first.unit == last.unit else None
    whole_weeks = unit != "week" or (days + 1) % 7 == 0  # 'weekend to week 27' is no row of weeks
    if unit and unit != "day" and whole_weeks:
        return NamedPeriod(first.start, last.end, "run", unit, _units_between(first, last, unit))
    return NamedPeriod(first.start, last.end, "range")


def _units_between(first: NamedPeriod, last: NamedPeriod, unit: BaseUnit) -> int:
    if unit not in MONTHS_IN:
        return ((last.end - first.start).days + 1) // 7
    months = (last.end.year - first.start.year) * 12 + last.end.month - first.start.month + 1
    return months // MONTHS_IN[unit]


@rules.add(
    "range",
    "from? INSTANT1 to|hyphen INSTANT2",
    "INSTANT1 hyphen hyphen INSTANT2",
    "ISO_DAY1 slash ISO_DAY2",
    "between INSTANT1 and|to|hyphen INSTANT2",
    "from INSTANT1 and INSTANT2",
)
def from_to(
    calendar: Calendar,
    instant1: When | None = None,
    instant2: When | None = None,
    iso_day1: When | None = None,
    iso_day2: When | None = None,
) -> When | None:
    first, last = instant1 or iso_day1, instant2 or iso_day2
    if first is None or last is None:
        return None
    period = spanning(first, last, calendar)
    weekday_ahead = isinstance(last, Recurring) and last.cycle <= 7 and period.end > calendar.today
    if weekday_ahead and isinstance(first, Fixed):
        return Undecided(f"That runs to {period.end}, which is still ahead: say which week each end is in.")
    return Fixed(period)


@rules.add("range", "YEAR hyphen SHORT_YEAR")
def short_year_span(calendar: Calendar, year: int, short_year: int) -> When | None:
    """'2019-21': a number that is no month."""
    years = short_year % 100 > 12 and year < short_year
    return Fixed(spanning(whole_year(calendar, year), whole_year(calendar, short_year), calendar)) if years else None


@rules.add(
    "range",
    "from|between? INSTANT to|until now",
    "INSTANT hyphen now",
    "from? INSTANT so_far",
    "between INSTANT and now",
)
def until_now(calendar: Calendar, instant: When) -> When:
    """'from March to date': to yesterday; of the unit that is going on, 'Q2 so far', it is that unit to date."""
    return instant.map(lambda start: _to_date(start, calendar))


def _to_date(start: NamedPeriod, calendar: Calendar) -> NamedPeriod:
    period = open_end(start, calendar)
    goes_on = start.basis == "calendar" and start.unit != "day" and start.end >= calendar.today
    return replace(period, basis="to_date", unit=start.unit, count=start.count) if goes_on else period
