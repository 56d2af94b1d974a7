"""Every period a question names: where in the text, what it means alone and after another period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from assistant.dates.context import Context
from assistant.dates.grammar import Ending
from assistant.dates.mention import Mention
from assistant.dates.neighbours import Neighbours
from assistant.dates.periods import Calendar
from assistant.dates.relations import Relation
from assistant.dates.rules import grammar
from assistant.dates.tagger import tag
from assistant.dates.tokens import Token, tokenise
from assistant.dates.when import Impossible, Recurring, Undecided, Unplaceable, When

_OLDEST = date(1900, 1, 1)
_READINGS = ("when", "range", "relation")


@dataclass(frozen=True)
class _Candidate:
    start: int  # tokens, end exclusive
    end: int
    readings: dict[str, Any]

    def overlaps(self, other: _Candidate) -> bool:
        return self.start < other.end and other.start < self.end


def find_mentions(text: str, calendar: Calendar) -> list[Mention]:
    """All mentions in text order, none overlapping, longest first where they would. Never raises for any text."""
    mentions = _read(text, calendar)
    if len(mentions) < 2:
        return mentions
    return Neighbours(text, lambda part: _read(part, calendar, a_date_for_sure=True)).settle(mentions)


def _read(text: str, calendar: Calendar, a_date_for_sure: bool = False) -> list[Mention]:
    """``a_date_for_sure``: the text is nothing else, so that words like 'Mar' need no company to be one."""
    tokens = tokenise(text)
    lexemes = tag(tokens)
    calendar = replace(calendar, date_order=_written_order(tokens) or calendar.date_order)
    if not lexemes:
        return []
    chart = grammar().parse(lexemes, len(tokens), calendar)
    candidates = sorted(_candidates(chart), key=lambda c: (c.start - c.end, c.start))
    context = Context(tokens, {place for c in candidates for place in range(c.start, c.end)}, calendar)
    chosen: list[_Candidate] = []
    for candidate in candidates:
        meant = a_date_for_sure or context.reads_as_date(candidate.start, candidate.end)
        if meant and not any(map(candidate.overlaps, chosen)):
            chosen.append(candidate)
    return [_mention(candidate, tokens, calendar) for candidate in sorted(chosen, key=lambda c: c.start)]


def _written_order(tokens: list[Token]) -> Literal["month_first", "day_first"] | None:
    """The order of day and month that a number over 12 gives away: '01/06 - 15/06' is day first throughout."""
    orders = {order for at in range(len(tokens) - 2) if (order := _order_of_pair(tokens, at))}
    return orders.pop() if len(orders) == 1 else None


def _order_of_pair(tokens: list[Token], at: int) -> Literal["month_first", "day_first"] | None:
    """Of the date that starts here; '6/25' inside '1/6/25' is none."""
    first, sign, second = tokens[at : at + 3]
    if at and tokens[at - 1].text in "/.-" and first.touches:
        return None
    if not (sign.touches and second.touches and first.kind == second.kind == "digits"):
        return None
    goes_on = at + 3 < len(tokens) and tokens[at + 3].touches and tokens[at + 3].text == "-"
    if sign.text not in "/." and not (sign.text == "-" and goes_on):
        return None
    days = [token for token in (first, second) if len(token.text) <= 2 and 12 < int(token.text) <= 31]
    months = [token for token in (first, second) if len(token.text) <= 2 and 1 <= int(token.text) <= 12]
    if len(days) != 1 or len(months) != 1:
        return None
    return "day_first" if days[0] is first else "month_first"


def _candidates(chart: list[Ending]) -> Iterator[_Candidate]:
    for end, ending in enumerate(chart):
        readings: dict[int, dict[str, Any]] = {}
        for category in _READINGS:
            for start, value in ending.get(category, ()):
                readings.setdefault(start, {})[category] = value
        yield from (_Candidate(start, end, values) for start, values in readings.items())


def _alone(candidate: _Candidate) -> When | None:
    """What the phrase means by itself: a day or a span of days, whichever is possible."""
    readings: list[When] = [
        candidate.readings[category] for category in ("when", "range") if category in candidate.readings
    ]
    if readings and isinstance(readings[0], Undecided):
        return readings[0]
    possible = [reading for reading in readings if not isinstance(reading, Impossible)]
    return next(iter(possible or readings), None)


def _mention(candidate: _Candidate, tokens: list[Token], calendar: Calendar) -> Mention:
    start, end = tokens[candidate.start].start, tokens[candidate.end - 1].end
    relation: Relation | None = candidate.readings.get("relation")
    when = _alone(candidate)
    if when is None:
        return Mention(start, end, relation=relation)
    try:
        period = when.latest(calendar.today)
    except Unplaceable as error:
        return Mention(start, end, relation=relation, problem=str(error))
    except (ValueError, OverflowError):
        return Mention(start, end, problem="That lies outside the years a calendar can hold.")
    if period.start < _OLDEST:
        return Mention(start, end, problem=f"That starts before {_OLDEST.year}.")
    partial = period.start <= calendar.today <= period.end
    again = isinstance(when, Recurring)
    return Mention(start, end, period=replace(period, partial=partial), relation=relation, comes_again=again)
