"""Days counted from today: 'yesterday', 'last month', 'last 30 days', 'this week', 'month to date', '3 days ago'."""

from __future__ import annotations

from datetime import timedelta

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar
from assistant.dates.units import DAY, QUARTER, YEAR, Unit
from assistant.dates.when import Fixed, Impossible, When

rules = RuleSet()

Count = int | Impossible


@rules.add("when", "DAY_NAME")
def named_day(calendar: Calendar, day_name: int) -> When:
    return Fixed(DAY.whole(calendar.today + timedelta(days=day_name)))


@rules.add("unit", "fiscal UNIT")
def fiscal_unit(calendar: Calendar, unit: Unit) -> Unit | None:
    return Unit(unit.base, unit.size, fiscal=True) if unit in (QUARTER, YEAR) else None


@rules.add("unit", "whole UNIT")
def whole_unit(calendar: Calendar, unit: Unit) -> Unit:
    """'last full month', 'last 4 calendar weeks': whole units are meant anyway."""
    return unit


@rules.add("when", "the? last|previous the? UNIT", "the? UNIT last_after|previous_after")
def last_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.last(1, calendar))


@rules.add("when", "the? this UNIT so_far?", "this|the? UNIT this_after so_far?", "so_far|so_far_of the? this? UNIT")
def this_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.to_date(calendar))


@rules.add("when", "earlier this|in the? UNIT")
def earlier_this_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.to_date(calendar))


@rules.add("when", "the UNIT", "the UNIT so_far")
def the_unit(calendar: Calendar, unit: Unit) -> When | None:
    """'how was the month': the one we are in."""
    return Fixed(unit.to_date(calendar)) if unit != DAY else None


@rules.add("when", "the? next the? UNIT", "the? UNIT next_after")
def next_unit(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.next(1, calendar))


@rules.add("when", "the? UNIT before last|previous")
def unit_before_last(calendar: Calendar, unit: Unit) -> When:
    """'the month before last'."""
    return Fixed(unit.whole(unit.shift(unit.start(calendar.today, calendar), -2)))


@rules.add("when", "the? UNIT after next")
def unit_after_next(calendar: Calendar, unit: Unit) -> When:
    return Fixed(unit.whole(unit.shift(unit.start(calendar.today, calendar), 2)))


@rules.add("quantity", "COUNT a? whole? UNIT", "COUNT UNIT_LETTER")
def quantity(
    calendar: Calendar, count: Count, unit: Unit | None = None, unit_letter: Unit | None = None
) -> tuple[int, Unit] | Impossible | None:
    measured = unit or unit_letter
    if measured is None:
        return None
    return count if isinstance(count, Impossible) else (count, measured)


Quantity = tuple[int, Unit] | Impossible


@rules.add(
    "when",
    "the? last|previous|recent whole? QUANTITY",
    "the? COUNT last|previous|recent UNIT",
    "the? QUANTITY last_after|previous_after",
    "last_letter QUANTITY",
)
def last_units(
    calendar: Calendar, quantity: Quantity | None = None, count: Count | None = None, unit: Unit | None = None
) -> When | None:
    """'last 30 days', 'trailing 12 months', '30 derniers jours', 'L7D'."""
    if quantity is None and count is not None and unit is not None:
        quantity = count if isinstance(count, Impossible) else (count, unit)
    if quantity is None or isinstance(quantity, Impossible):
        return quantity
    number, measured = quantity
    return Fixed(measured.last(number, calendar))


@rules.add("when", "last|recent|last_letter COUNT")
def last_number(calendar: Calendar, count: Count) -> When | None:
    """'last 30' leaves out the unit, and units give different numbers."""
    return count if isinstance(count, Impossible) else Impossible(f"The last {count} what: days, weeks or months?")


@rules.add("when", "COUNT UNIT_LETTER")
def short_quantity(calendar: Calendar, count: Count, unit_letter: Unit) -> When | None:
    """'7d': the last ones. '30m' may be millions as well as months, so it needs a 'last'."""
    return last_units(calendar, count if isinstance(count, Impossible) else (count, unit_letter))


@rules.add("when", "QUANTITY")
def bare_quantity(calendar: Calendar, quantity: Quantity) -> When | None:
    """'30 days' does not say which."""
    if isinstance(quantity, Impossible):
        return quantity
    number, unit = quantity
    return Impossible(f"Which {number} {unit.base}s do you mean? For example “last {number} {unit.base}s”.")


@rules.add("when", "the? next QUANTITY", "the? COUNT next UNIT")
def next_units(
    calendar: Calendar, quantity: Quantity | None = None, count: Count | None = None, unit: Unit | None = None
) -> When | None:
    if quantity is None and isinstance(count, int) and unit is not None:
        quantity = (count, unit)
    if quantity is None or isinstance(quantity, Impossible):
        return quantity
    number, measured = quantity
    return Fixed(measured.next(number, calendar))


@rules.add("when", "TO_DATE", "TO_DATE so_far")
def to_date(calendar: Calendar, to_date: Unit) -> When:
    return Fixed(to_date.to_date(calendar))


@rules.add("when", "last|previous TO_DATE", "TO_DATE last|previous UNIT", "the? last|previous UNIT so_far")
def last_to_date(calendar: Calendar, to_date: Unit | None = None, unit: Unit | None = None) -> When | None:
    """'last month to date': as many days of the unit before; 'MTD last year': the same dates a year earlier."""
    measured, back = to_date or unit, unit or to_date
    return Fixed(measured.to_date(calendar).shifted(back.base, -back.size)) if measured and back else None


@rules.add("when", "TO_DATE of? YEAR", "YEAR TO_DATE")
def to_date_of_year(calendar: Calendar, to_date: Unit, year: int) -> When:
    """'YTD 2024': to the same day of that year."""
    return Fixed(to_date.to_date(calendar).shifted("year", year - calendar.today.year))
