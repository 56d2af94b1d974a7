"""The grammar engine: rules over categories, combined bottom-up over the tokens (a chart parser).

A rule's pattern is a line of categories. ``?`` makes one optional, ``|`` gives a choice, and a category in capitals is
handed to the rule's function by its name in lower case (a digit tells two of one category apart)::

    @rules.add("when", "the? LAST UNIT", "UNIT last_after")
    def last_unit(calendar: Calendar, unit: Unit) -> When | None: ...

The function returns the new value, or None where the rule doesn't apply. Of several readings of the same words as the
same category, the rule that stands first wins; one that names no possible
day gives way to one that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import count, product
from typing import Any, TypeVar

from assistant.dates.periods import Calendar
from assistant.dates.when import Impossible, Unplaceable

MAX_SPAN = 24  # tokens of the longest phrase that is tried

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Lexeme:
    """A category with a value over the tokens ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    category: str
    value: Any


@dataclass(frozen=True)
class Rule:
    """One expanded pattern: its categories, which of them the function gets by what name, its place in the order."""

    result: str
    categories: tuple[str, ...]
    names: tuple[str | None, ...]
    build: Callable[..., Any]
    rank: int

    def apply(self, calendar: Calendar, values: Sequence[Any]) -> Any:
        """The value, None where the rule doesn't apply, or Impossible where it does but no such day exists."""
        arguments = {name: value for name, value in zip(self.names, values, strict=True) if name}
        try:
            return self.build(calendar, **arguments)
        except Unplaceable as error:
            return Impossible(str(error))
        except (ValueError, OverflowError):  # outside the years that a date can hold
            return None


@dataclass
class RuleSet:
    """The rules of one module, in the order written."""

    entries: list[tuple[str, str, Callable[..., Any]]] = field(default_factory=list)

    def add(self, result: str, *patterns: str) -> Callable[[F], F]:
        def register(build: F) -> F:
            self.entries.extend((result, pattern, build) for pattern in patterns)
            return build

        return register


Ending = dict[str, list[tuple[int, Any]]]  # category -> (start, value) of everything that ends at one place
_Candidate = tuple[bool, int, int, str, Any]  # names no day?, rank of its rule, order found, category, value


class Grammar:
    """All rules, found by the last category of their pattern and the one before it (None in one-word patterns)."""

    def __init__(self, rule_sets: Iterable[RuleSet]) -> None:
        self._rules: list[Rule] = []
        self._by_last: dict[str, dict[str | None, list[Rule]]] = {}
        self._order = count()
        entries = (entry for rules in rule_sets for entry in rules.entries)
        for rank, (result, pattern, build) in enumerate(entries):
            for elements in _expansions(pattern):
                names, categories = zip(*elements, strict=True)
                self._rules.append(Rule(result, categories, names, build, rank))
        for rule in self._rules:
            before = rule.categories[-2] if len(rule.categories) > 1 else None
            self._by_last.setdefault(rule.categories[-1], {}).setdefault(before, []).append(rule)

    @property
    def categories(self) -> set[str]:
        """Every category that some rule asks for."""
        return {category for rule in self._rules for category in rule.categories}

    @property
    def results(self) -> set[str]:
        return {rule.result for rule in self._rules}

    def parse(self, lexemes: Iterable[Lexeme], length: int, calendar: Calendar) -> list[Ending]:
        """Everything that can be made of the lexemes, by the place where it ends (0 to ``length``)."""
        chart: list[Ending] = [{} for _ in range(length + 1)]
        waiting: list[dict[int, list[_Candidate]]] = [{} for _ in range(length + 1)]
        for order, lexeme in enumerate(lexemes):
            candidate = (False, -1, order, lexeme.category, lexeme.value)
            waiting[lexeme.end].setdefault(lexeme.start, []).append(candidate)
        for end in range(1, length + 1):
            while waiting[end]:  # shortest first: by then all readings of the words from a start are known
                self._settle(chart, waiting[end], max(waiting[end]), end, calendar)
        return chart

    def _settle(
        self, chart: list[Ending], waiting: dict[int, list[_Candidate]], start: int, end: int, calendar: Calendar
    ) -> None:
        """Keep the best reading a category of the words ``start`` to ``end``, and queue what it completes."""
        known: set[str] = set()
        candidates = waiting[start]  # one-word rules add to this very list
        heapify(candidates)
        while candidates:
            *_, category, value = heappop(candidates)
            if category in known:
                continue
            known.add(category)
            chart[end].setdefault(category, []).append((start, value))
            for rule in self._completed_by(category, chart[start]):
                for first, values in _matches(chart, rule.categories, len(rule.categories) - 2, start, (value,)):
                    if end - first <= MAX_SPAN and (built := rule.apply(calendar, values)) is not None:
                        names_no_day = type(built) is Impossible
                        completed = (names_no_day, rule.rank, next(self._order), rule.result, built)
                        heappush(waiting.setdefault(first, []), completed)
        del waiting[start]

    def _completed_by(self, category: str, before: Ending) -> Iterator[Rule]:
        """Rules that end with ``category`` and may have what ends just before it."""
        by_before = self._by_last.get(category, {})
        yield from by_before.get(None, ())
        for earlier in before:
            yield from by_before.get(earlier, ())


def _matches(
    chart: list[Ending], categories: tuple[str, ...], index: int, end: int, values: tuple[Any, ...]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """All ways to find ``categories[:index + 1]`` just before ``end``: (start, values)."""
    if index < 0:
        yield end, values
        return
    for start, value in chart[end].get(categories[index], ()):
        yield from _matches(chart, categories, index - 1, start, (value, *values))


def _expansions(pattern: str) -> list[list[tuple[str | None, str]]]:
    """Every plain sequence a pattern stands for, as (name or None, category)."""
    choices: list[list[tuple[str | None, str] | None]] = []
    for element in pattern.split():
        options: list[tuple[str | None, str] | None] = [_element(option) for option in element.rstrip("?").split("|")]
        choices.append([*options, None] if element.endswith("?") else options)
    return [[element for element in way if element] for way in product(*choices)]


def _element(option: str) -> tuple[str | None, str]:
    """'WHEN2' -> ('when2', 'when'); 'the' -> (None, 'the')."""
    if option.isupper():
        return option.lower(), option.lower().rstrip("0123456789")
    return None, option
