"""What the lines above a header state for the whole file: report name, range, account, currency."""

from __future__ import annotations

import re

from ingest.header import DELIMITERS
from ingest.names import comparable
from ingest.rules import Rules

_MOST_LINES = 12  # kept with the batch
_LONGEST = 200
_PAIR = re.compile(rf"\s*#?\s*\"?([^:{''.join(DELIMITERS)}\"]{{2,40}})\"?\s*[:{''.join(DELIMITERS)}]\s*(.*\S)\s*")


def preamble_of(lines: list[str], header_line: int) -> tuple[str, ...]:
    """The lines above the header that say something."""
    said = (" ".join(line.replace("\ufeff", "").split()).strip('",; ') for line in lines[: header_line - 1])
    return tuple(line[:_LONGEST] for line in said if line.strip("-#= "))[:_MOST_LINES]


def stated_account(preamble: tuple[str, ...], rules: Rules) -> str | None:
    return _value(preamble, rules.vocabulary.preamble["account"])


def stated_currency(preamble: tuple[str, ...], rules: Rules) -> str | None:
    value = _value(preamble, rules.vocabulary.preamble["currency"])
    return rules.currency(value) if value else None


def stated_time_unit(preamble: tuple[str, ...], rules: Rules) -> str | None:
    """What the report says its rows stand for, where that is no day."""
    value = _value(preamble, rules.vocabulary.preamble["time_unit"])
    return value if value and comparable(value) in map(comparable, rules.vocabulary.not_daily) else None


def _value(preamble: tuple[str, ...], keys: tuple[str, ...]) -> str | None:
    wanted = {comparable(key) for key in keys}
    for line in preamble:
        pair = _PAIR.fullmatch(line)
        if pair and comparable(pair[1].strip()) in wanted:
            return pair[2].strip('",; ') or None
    return None
