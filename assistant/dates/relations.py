"""Periods that are named by another: 'the previous period', 'a year earlier', 'the 30 days before that'."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.dates.periods import MONTHS_IN, ONE_DAY, BaseUnit, NamedPeriod, shift_day
from assistant.dates.when import Recurring

Kind = Literal["previous", "year_earlier", "before", "shift", "occurrence"]


@dataclass(frozen=True)
class Relation:
    """What a phrase means after another period.

    ``previous`` the one before, by how it was named · ``year_earlier`` the same dates a year earlier ·
    ``before`` the ``count`` units just before it · ``shift`` the same dates ``count`` units earlier (mom, wow) ·
    ``occurrence`` the latest of ``again`` before it ('the Monday before', 'the previous Black Friday').
    """

    kind: Kind
    unit: BaseUnit | None = None
    count: int = 1
    again: Recurring | None = field(default=None, compare=False)

    def resolve(self, base: NamedPeriod) -> NamedPeriod:
        if self.again:
            return self.again.latest(base.start - ONE_DAY)
        if self.kind == "previous" or (self.unit is None and self.kind != "year_earlier"):
            return base.previous()
        if self.kind == "year_earlier" or self.unit is None:
            return base.year_earlier()
        return base.shifted(self.unit, -self.count) if self.kind == "shift" else self._before(base, self.unit)

    def _before(self, base: NamedPeriod, unit: BaseUnit) -> NamedPeriod:
        if base.basis == "to_date" and (base.unit, base.count) == (unit, self.count):
            return base.previous()
        aligned = unit not in MONTHS_IN or base.unit == unit  # a month before 10-20 June is May, not 10 May to 9 June
        end = (base.start if aligned else _first_of(unit, base.start)) - ONE_DAY
        start = shift_day(end + ONE_DAY, unit, -self.count)
        if unit == "day" and self.count > 1:
            return NamedPeriod(start, end, "rolling", unit, self.count)
        return NamedPeriod(start, end, "calendar" if self.count == 1 else "run", unit, self.count)


def _first_of(unit: BaseUnit, day: date) -> date:
    return day.replace(month=(day.month - 1) // MONTHS_IN[unit] * MONTHS_IN[unit] + 1, day=1)
