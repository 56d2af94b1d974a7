"""Some days of a month: '5-7 June', 'between the 1st and 15th of May', '7/17-18'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar, NamedPeriod, shift_day
from assistant.dates.rules.dates import MonthDay, day_of_some_year, the_day
from assistant.dates.rules.ranges import spanning
from assistant.dates.when import Fixed, Undecided, Unplaceable, When

rules = RuleSet()


@rules.add("day_pair", "the? DAY_NUMBER1 to|hyphen the? DAY_NUMBER2", "between the? DAY_NUMBER1 and the? DAY_NUMBER2")
def day_pair(calendar: Calendar, day_number1: int, day_number2: int) -> tuple[int, int] | None:
    return (day_number1, day_number2) if day_number1 < day_number2 else None


@rules.add("day_pair", "the? DAY_NUMBER1 and the? DAY_NUMBER2")
def two_days(calendar: Calendar, day_number1: int, day_number2: int) -> tuple[int, int] | None:
    """'2 and 3 May' follow each other; '2 and 5 May' are two periods."""
    return (day_number1, day_number2) if day_number1 + 1 == day_number2 else None


@rules.add("when", "MONTH the? DAY_NUMBER1 and the? DAY_NUMBER2", "the? DAY_NUMBER1 and the? DAY_NUMBER2 of? MONTH")
def two_days_apart(calendar: Calendar, month: int, day_number1: int, day_number2: int) -> When | None:
    """Taken as a range they would hold the days between."""
    apart = abs(day_number1 - day_number2) != 1
    return Undecided("Those days don't follow each other: ask for one, or compare them.") if apart else None


@rules.add("month_span", "MONTH_DAY hyphen DAY_NUMBER")
def numeric_span(calendar: Calendar, month_day: MonthDay, day_number: int) -> tuple[MonthDay, MonthDay] | None:
    """'7/17-18'."""
    fits = month_day.numeric and month_day.day < day_number
    return (month_day, MonthDay(month_day.month, day_number)) if fits else None


@rules.add("month_span", "MONTH from|the? DAY_PAIR", "DAY_PAIR of|the? MONTH")
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
