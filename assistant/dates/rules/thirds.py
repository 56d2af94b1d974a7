"""The early, middle and late part of a longer period: 'mid-June', 'end of last month', 'the last third of May'."""

from __future__ import annotations

from datetime import timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.lexicon import Number
from assistant.dates.periods import ONE_DAY, Calendar, NamedPeriod, shift_day
from assistant.dates.rules.parts import can_hold
from assistant.dates.units import WEEK, Unit
from assistant.dates.when import Fixed, Impossible, Unplaceable, When, length

rules = RuleSet()

THREE_WEEKS = Unit("week", 3)


@rules.add("third", "the? start_of|early")
def first_third(calendar: Calendar) -> int:
    return 0


@rules.add("third", "the? middle_of")
def middle_third(calendar: Calendar) -> int:
    return 1


@rules.add("third", "the? end_of|late", "the? last third_part of")
def last_third(calendar: Calendar) -> int:
    return 2


@rules.add("third", "the? ORDINAL third_part of")
def numbered_third(calendar: Calendar, ordinal: Number) -> int | None:
    return ordinal.value - 1 if ordinal.value <= 3 else None


@rules.add("when", "THIRD the? WHEN")
def third_of(calendar: Calendar, third: int, when: When) -> When | None:
    """'early June' is 1-10, 'mid-June' 11-20, 'end of June' 21-30; of longer periods their thirds."""
    if can_hold(when, THREE_WEEKS, calendar):
        return when.map(lambda container: _third(container.whole, third))
    if can_hold(when, WEEK, calendar) or length(when, calendar.today) == 1:
        return None  # 'early mid-May'
    return Impossible("A week has no fixed beginning, middle or end: name the days, such as Monday to Wednesday.")


@rules.add("when", "THIRD UNIT")
def third_of_this(calendar: Calendar, third: int, unit: Unit) -> When | None:
    """'end of month': of the current one."""
    return third_of(calendar, third, Fixed(unit.to_date(calendar)))


def _third(whole: NamedPeriod, number: int) -> NamedPeriod:
    """Ten days of a month, four months of a year, one of a quarter or season; else a third of the days."""
    if whole.unit == "year" and whole.count > 1:
        raise Unplaceable("Name the years: where a decade's early, middle or late part ends is open.")
    if months := _whole_months(whole) // 3:
        bounds = [shift_day(whole.start, "month", months * step) for step in range(3)]
    else:
        days = 10 if whole.unit == "month" else whole.days // 3
        bounds = [whole.start + timedelta(days=days * step) for step in range(3)]
    ends = [bounds[1] - ONE_DAY, bounds[2] - ONE_DAY, whole.end]
    return NamedPeriod(bounds[number], ends[number], "range")


def _whole_months(period: NamedPeriod) -> int:
    """How many calendar months the period is made of; 0 where its edges lie within a month."""
    after = period.end + ONE_DAY
    months = (after.year - period.start.year) * 12 + after.month - period.start.month
    return months if period.start.day == after.day == 1 else 0
