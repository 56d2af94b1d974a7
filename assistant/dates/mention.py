"""One period that a question names."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dates.periods import NamedPeriod
from assistant.dates.relations import Relation


@dataclass(frozen=True)
class Mention:
    """``text[start:end]`` names a period: ``period`` standing alone, ``relation`` after another one.

    Where the phrase by itself names no possible or no certain day, ``period`` is None and ``problem`` says so in one
    line. ``comes_again``: named without its year or week ('May', 'Monday'), so that its neighbours may tell which.
    """

    start: int
    end: int
    period: NamedPeriod | None = None
    relation: Relation | None = None
    problem: str | None = None
    comes_again: bool = False
