"""So many units: 'last 30 days', 'trailing 12 months', 'L7D', 'next 2 weeks'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import Calendar
from assistant.dates.rules.counts import Count, Quantity
from assistant.dates.units import MONTH, Unit
from assistant.dates.when import Fixed, Impossible, Undecided, When

rules = RuleSet()


@rules.add("quantity", "COUNT whole? UNIT", "COUNT UNIT_LETTER")
def quantity(
    calendar: Calendar, count: Count, unit: Unit | None = None, unit_letter: Unit | None = None
) -> tuple[int, Unit] | Impossible | None:
    measured = unit or unit_letter
    if measured is None:
        return None
    return count if isinstance(count, Impossible) else (count, measured)


@rules.add(
    "when",
    "the? last|previous|recent whole? QUANTITY",
    "the? COUNT last|previous|recent UNIT",
    "the? QUANTITY last_after|previous_after",
    "last_letter|trailing_letter QUANTITY",
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


@rules.add("when", "the? last_twelve_months")
def last_twelve_months(calendar: Calendar) -> When:
    """'TTM'."""
    return Fixed(MONTH.last(12, calendar))


@rules.add("when", "the? last|previous|recent COUNT WEEKDAYS|weekends")
def last_weekdays(calendar: Calendar, count: Count, weekdays: int | None = None) -> When:
    """'the last three Fridays' leave days out between them."""
    return Undecided(
        "Those days don't follow each other: name a period and which days of it, such as 'Mondays in May'."
    )
