"""What the date tests share: read one phrase on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.dates import Calendar, Mention, find_mentions

Read = Callable[..., Mention]
Span = Callable[..., str]


@pytest.fixture
def read() -> Read:
    """``read(text, today)`` -> the one mention in the text; further settings of the calendar by name."""

    def one(text: str, today: str = "2025-06-18", **settings: Any) -> Mention:
        mentions = find_mentions(text, Calendar(today=date.fromisoformat(today), **settings))
        assert len(mentions) == 1, f"{text!r} has {len(mentions)} mentions: {mentions}"
        return mentions[0]

    return one


@pytest.fixture
def span(read: Read) -> Span:
    """``span(text, today)`` -> '2025-06-01 2025-06-30', or the problem in words."""

    def of(text: str, today: str = "2025-06-18", **settings: Any) -> str:
        mention = read(text, today, **settings)
        return f"{mention.period.start} {mention.period.end}" if mention.period else str(mention.problem)

    return of
