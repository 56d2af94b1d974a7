"""So many units from or to a day: '2 weeks starting 20 May', '10 days to 3 May', 'year ended March 2025'."""

from __future__ import annotations

from assistant.dates.grammar import RuleSet
from assistant.dates.periods import ONE_DAY, Calendar
from assistant.dates.rules.counts import Quantity
from assistant.dates.units import Unit
from assistant.dates.when import Fixed, Impossible, When

rules = RuleSet()


@rules.add("when", "the? QUANTITY starting INSTANT")
def units_from(calendar: Calendar, quantity: Quantity, instant: When) -> When:
    """'2 weeks starting May 20th'."""
    if isinstance(quantity, Impossible):
        return quantity
    count, unit = quantity
    return instant.map(lambda base: unit.whole(base.start, count))


@rules.add("when", "the? QUANTITY ending|ended|to|until INSTANT", "the? last|previous|recent QUANTITY to|until INSTANT")
def units_to(calendar: Calendar, quantity: Quantity, instant: When) -> When:
    """'10 days to May 3', '12 months ending March 2025', 'last 14 days through yesterday'."""
    if isinstance(quantity, Impossible):
        return quantity
    count, unit = quantity
    end = Fixed(instant.latest(calendar.today))
    return end.map(lambda base: unit.whole(unit.shift(base.end + ONE_DAY, -count), count))


@rules.add("when", "the? UNIT ending|ended INSTANT")
def unit_to(calendar: Calendar, unit: Unit, instant: When) -> When | None:
    """'year ended March 31 2025'; 'month ending 15 June' is none of the calendar."""
    if unit.base in ("day", "week"):
        return None
    end = instant.latest(calendar.today).end + ONE_DAY
    if end.day != 1:
        return Impossible(f"A {unit.base} ends with a month: name the first and the last day.")
    return units_to(calendar, (1, unit), instant)
