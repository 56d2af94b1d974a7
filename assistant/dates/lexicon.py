"""The word lists of ``lexicon/*.yml`` (a file a language) and ``holidays.yml``: from a phrase to its meanings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.dates.holidays import holidays
from assistant.dates.relations import Kind, Relation
from assistant.dates.tokens import tokenise
from assistant.dates.units import UNITS, Unit
from assistant.dates.when import yearly
from kpi.definitions import from_yaml
from kpi.errors import DefinitionError

WeekdayName = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
UnitName = Literal[
    "day", "week", "fortnight", "month", "quarter", "half_year", "year", "decade", "fiscal_quarter", "fiscal_year"
]
WEEKDAYS: tuple[WeekdayName, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONG_NAME = 8  # letters
_SHORT_UNIT = 4
_FISCAL = {"fiscal_quarter": Unit("quarter", 1, fiscal=True), "fiscal_year": Unit("year", 1, fiscal=True)}


class Language(BaseModel):
    """One file: lists of words or phrases by what they mean. ``words`` names categories of the grammar."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    months: dict[int, list[str]]
    weekdays: dict[WeekdayName, list[str]]
    weekdays_counted: dict[WeekdayName, list[str]] = {}
    units: dict[UnitName, list[str]]
    letters: dict[UnitName, list[str]] = {}
    days: dict[int, list[str]]
    numbers: dict[int, list[str]] = {}
    ordinals: dict[int, list[str]] = {}
    to_date: dict[UnitName, list[str]] = {}
    last_units: dict[UnitName, list[str]] = {}
    earlier_to_date: dict[UnitName, list[str]] = {}
    shifts: dict[UnitName, list[str]] = {}
    relations: dict[Kind, list[str]] = {}
    words: dict[str, list[str]]

    def meanings(self) -> Iterator[tuple[str, Meaning]]:
        """(phrase, meaning) of every word of the file."""
        for category, entries in self._valued():
            for value, phrases in entries.items():
                yield from ((phrase, Meaning(category, value)) for phrase in phrases)
        for category, phrases in self.words.items():
            yield from ((phrase, Meaning(category, phrase)) for phrase in phrases)

    def full_names(self) -> Iterator[tuple[str, str]]:
        """(name, key) of each month and weekday."""
        for kind in (self.months, self.weekdays):
            yield from ((tokenise(names[0])[0].text, str(key)) for key, names in kind.items())

    def long_day_names(self) -> Iterator[tuple[str, str]]:
        """'yesterday', hard to mistake even with a slip; a name of several words needs none."""
        for day, names in self.days.items():
            yield from ((name, f"day {day}") for name in names if name.isalpha() and len(name) >= _LONG_NAME)

    def unit_names(self) -> Iterator[tuple[str, str]]:
        for name, phrases in self.units.items():
            yield from ((phrase, name) for phrase in phrases if phrase.isalpha() and len(phrase) >= _SHORT_UNIT)

    def _valued(self) -> Iterator[tuple[str, dict[Any, list[str]]]]:
        yield "month", {month: _dotted(names) for month, names in self.months.items()}
        yield "weekday", {WEEKDAYS.index(day): _dotted(names) for day, names in self.weekdays.items()}
        yield "weekdays", {WEEKDAYS.index(day): names for day, names in self.weekdays_counted.items()}
        yield "unit", {unit(name): phrases for name, phrases in self.units.items()}
        yield "unit_letter", {unit(name): letters for name, letters in self.letters.items()}
        yield "day_name", self.days
        yield "number", {Number(value, spelled=True): phrases for value, phrases in self.numbers.items()}
        yield "ordinal", {Number(value, spelled=True): phrases for value, phrases in self.ordinals.items()}
        yield "to_date", {unit(name): phrases for name, phrases in self.to_date.items()}
        yield "last_unit", {unit(name): phrases for name, phrases in self.last_units.items()}
        yield "earlier_to_date", {unit(name): phrases for name, phrases in self.earlier_to_date.items()}
        yield "relation", {Relation("shift", unit(name).base): phrases for name, phrases in self.shifts.items()}
        yield "relation", {Relation(kind): phrases for kind, phrases in self.relations.items()}


@dataclass(frozen=True)
class Number:
    """``digits`` as typed (0 where spelled out): '05' has two, which tells a year from a day."""

    value: int
    digits: int = 0
    spelled: bool = False


@dataclass(frozen=True)
class Meaning:
    category: str
    value: Any


@dataclass(frozen=True)
class Lexicon:
    """``entries``: first word -> (the words that must follow, meaning). ``names``: full names of months and weekdays
    and long names of days, ``unit_names`` those of units; each with a key that names of the same thing share."""

    entries: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    names: dict[str, str]
    unit_names: dict[str, str]

    def knows(self, word: str) -> bool:
        return word in self.entries


def unit(name: str) -> Unit:
    return _FISCAL.get(name) or UNITS[name]


def _dotted(names: list[str]) -> list[str]:
    """The names, and their abbreviations with a dot; the first name is no abbreviation."""
    return [*names, *(f"{name}." for name in names[1:] if len(name) <= 5)]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """All languages together. Raises DefinitionError where a file is malformed."""
    languages = [_read(path.name, path.read_text("utf-8")) for path in _files()]
    entries: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for phrase, meaning in _all_meanings(languages):
        first, *rest = (token.text for token in tokenise(phrase) if token.text != "-")
        entry = (tuple(rest), meaning)
        known = entries.setdefault(first, [])
        if entry not in known:
            known.append(entry)
    names = {name: key for language in languages for name, key in language.full_names()}
    names |= dict(languages[0].long_day_names())
    return Lexicon(entries, names, dict(languages[0].unit_names()))


def _all_meanings(languages: list[Language]) -> Iterator[tuple[str, Meaning]]:
    for language in languages:
        yield from language.meanings()
    for holiday in holidays():
        meaning = Meaning("holiday", yearly(holiday.in_year, holiday.names[0].title()))
        yield from ((name, meaning) for name in holiday.names)


def _files() -> list[Any]:
    folder = resources.files(__package__).joinpath("lexicon")
    return sorted(
        (path for path in folder.iterdir() if path.name.endswith(".yml")), key=lambda path: path.name != "en.yml"
    )


def _read(name: str, text: str) -> Language:
    try:
        return Language.model_validate(from_yaml(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise DefinitionError(f"dates/lexicon/{name}: {error}") from error
