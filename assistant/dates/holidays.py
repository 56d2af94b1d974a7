"""Holidays and retail seasons from ``holidays.yml``: which days each covers in a given year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.dates.periods import NamedPeriod, days_in_month
from kpi.definitions import from_yaml
from kpi.errors import DefinitionError

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WeekdayOfMonth(_Strict):
    """The nth such weekday of a month; -1 is the last."""

    month: int = Field(ge=1, le=12)
    weekday: str
    nth: int = Field(ge=-1, le=5)

    def in_year(self, year: int) -> date:
        weekday = _WEEKDAYS.index(self.weekday)
        if self.nth < 0:
            last = date(year, self.month, days_in_month(year, self.month))
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, self.month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (self.nth - 1))


class Holiday(_Strict):
    """Exactly one of ``day`` (MM-DD), ``nth``, ``easter`` or ``orthodox_easter`` (days after that Sunday), ``tax_day``
    and ``dated``.

    ``dated`` lists first and last days; where it has a year, it goes before the rule. ``shift`` moves by days,
    ``through`` is the last day as MM-DD (next year's where it lies before ``day``), ``days`` a length.
    """

    names: list[str] = Field(min_length=1)
    day: Annotated[str, Field(pattern=r"^\d\d-\d\d$")] | None = None
    nth: WeekdayOfMonth | None = None
    easter: int | None = None
    orthodox_easter: int | None = None
    tax_day: bool = False
    dated: dict[int, tuple[date, date]] = {}
    through: Annotated[str, Field(pattern=r"^\d\d-\d\d$")] | None = None
    shift: int = 0
    days: int = 1

    @model_validator(mode="after")
    def _one_rule(self) -> Holiday:
        given = [self.day, self.nth, self.easter, self.orthodox_easter]
        rules = [*(rule is not None for rule in given), self.tax_day]
        if sum(rules) > 1 or not (any(rules) or self.dated):
            raise ValueError(f"{self.names[0]}: give one of day, nth, easter, orthodox_easter, tax_day or dated")
        return self

    def in_year(self, year: int) -> NamedPeriod | None:
        """The days of the holiday that starts in ``year``, or None where nobody has set them."""
        if year in self.dated:
            return _named(*self.dated[year])
        first = self._first(year)
        if first is None:
            return None
        first += timedelta(days=self.shift)
        if self.through is None:
            return _named(first, first + timedelta(days=self.days - 1))
        last = _month_day(year, self.through)
        return _named(first, last if last >= first else _month_day(year + 1, self.through))

    def _first(self, year: int) -> date | None:
        if self.day:
            return _month_day(year, self.day)
        if self.nth:
            return self.nth.in_year(year)
        if self.easter is not None:
            return easter_sunday(year) + timedelta(days=self.easter)
        if self.orthodox_easter is not None:
            return orthodox_easter_sunday(year) + timedelta(days=self.orthodox_easter)
        return _us_tax_day(year) if self.tax_day else None


def _named(first: date, last: date) -> NamedPeriod:
    return NamedPeriod(first, last, "calendar", "day") if first == last else NamedPeriod(first, last, "range")


def _month_day(year: int, month_day: str) -> date:
    month, day = int(month_day[:2]), int(month_day[3:])
    return date(year, month, min(day, days_in_month(year, month)))


def easter_sunday(year: int) -> date:
    """Western Easter, by the anonymous Gregorian computus."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter_sunday(year: int) -> date:
    """Easter of the Julian calendar, by Meeus, as a day of ours (right from 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _us_tax_day(year: int) -> date:
    """15 April, or the next day that is neither weekend nor Emancipation Day as observed in Washington."""
    emancipation = date(year, 4, 16)
    emancipation += timedelta(days={5: -1, 6: 1}.get(emancipation.weekday(), 0))
    day = date(year, 4, 15)
    while day.weekday() >= 5 or day == emancipation:
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=1)
def holidays() -> list[Holiday]:
    """All holidays. Raises DefinitionError where ``holidays.yml`` is malformed."""
    entries = from_yaml(resources.files(__package__).joinpath("holidays.yml").read_text("utf-8"))
    try:
        return [Holiday.model_validate(entry) for entry in entries]
    except ValidationError as error:
        raise DefinitionError(f"holidays.yml: {error}") from error
