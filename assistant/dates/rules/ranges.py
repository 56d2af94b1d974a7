"""From one day to another: '5-7 June', 'from May to October 2020', 'between Q1 and Q3', 'Nov 18 - Dec 19, 2015'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import MONTHS_IN, BaseUnit, Calendar, NamedPeriod, shift_day
from assistant.dates.rules.dates import MonthDay, day_of_some_year, the_day
from assistant.dates.when import Fixed, Impossible, Recurring, Unplaceable, When

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
    turned_round = isinstance(start, Recurring) and first.unit == "day" and days > _MOST_DAYS_WITHOUT_YEAR
    if days < 0 or turned_round:
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


@rules.add("day_pair", "the? DAY_NUMBER1 to|hyphen|and the? DAY_NUMBER2")
def day_pair(calendar: Calendar, day_number1: int, day_number2: int) -> tuple[int, int] | None:
    return (day_number1, day_number2) if day_number1 < day_number2 else None


@rules.add("month_span", "MONTH from|between|the? DAY_PAIR", "DAY_PAIR of|the? MONTH")
def days_of_month(calendar: Calendar, month: int, day_pair: tuple[int, int]) -> tuple[MonthDay, MonthDay]:
    """'November between 19 and 20', '15th - 20th of August'."""
    return MonthDay(month, day_pair[0]), MonthDay(month, day_pair[1])


@rules.add("range", "from|between? MONTH_SPAN", "from|between? MONTH_SPAN comma|of? the? YEAR")
def days_of_month_and_year(calendar: Calendar, month_span: tuple[MonthDay, MonthDay], year: int | None = None) -> When:
    first, last = month_span
    if year:
        return Fixed(spanning(the_day(year, first), the_day(year, last), calendar))
    return Fixed(spanning(day_of_some_year(calendar, first), day_of_some_year(calendar, last), calendar))


@rules.add("range", "from|between? DAY_PAIR of? WHEN")
def days_of_container(calendar: Calendar, day_pair: tuple[int, int], when: When) -> When | None:
    """'from the 1st to the 15th of last month'."""
    if not isinstance(when, Fixed) or when.period.unit != "month" or when.period.count > 1:
        return None
    return when.map(lambda container: _days_within(container.whole, *day_pair))


def _days_within(month: NamedPeriod, first: int, last: int) -> NamedPeriod:
    start, end = (shift_day(month.start, "day", number - 1) for number in (first, last))
    if end > month.end:
        raise Unplaceable(f"{month.start:%B %Y} has no day {last}.")
    return NamedPeriod(start, end, "range")


@rules.add(
    "range",
    "from? INSTANT1 to|hyphen INSTANT2",
    "between INSTANT1 and|to|hyphen INSTANT2",
    "from INSTANT1 and INSTANT2",
)
def from_to(calendar: Calendar, instant1: When, instant2: When) -> When:
    return Fixed(spanning(instant1, instant2, calendar))


@rules.add("range", "from|between? INSTANT to|until now", "from? INSTANT so_far", "between INSTANT and now")
def until_now(calendar: Calendar, instant: When) -> When:
    """'from March to date': to yesterday."""
    return instant.map(lambda start: open_end(start, calendar))


def open_end(start: NamedPeriod, calendar: Calendar) -> NamedPeriod:
    """From the first day of ``start`` to yesterday; on its first day, that day alone."""
    if start.start > calendar.today:
        raise Unplaceable(f"That starts on {start.start}, which is still ahead.")
    return NamedPeriod(start.start, max(calendar.yesterday, start.start), "range")


# -- with or without the days at an edge ------------------------------------------------------------------------------


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
    """'last 8 weeks excluding the current week', 'this month excluding today'."""
    if not (isinstance(when1, Fixed) and isinstance(when2, Fixed)):
        return None
    base, left_out = when1.period, when2.period
    if left_out.start > base.end or left_out.end < base.start:
        return when1
    if left_out.start > base.start and left_out.end >= base.end:
        return Fixed(NamedPeriod(base.start, shift_day(left_out.start, "day", -1), "range"))
    if left_out.start <= base.start and left_out.end < base.end:
        return Fixed(NamedPeriod(shift_day(left_out.end, "day", 1), base.end, "range"))
    return Impossible("One period can't have a gap: leave out days at its start or end only.")
