"""Dates in questions: every period mention, resolved against the reference day. See ``docs/dates.md``."""

from __future__ import annotations

from assistant.dates.mention import Mention
from assistant.dates.mentions import find_mentions
from assistant.dates.periods import Calendar, NamedPeriod
from assistant.dates.typos import leans_on_a_unit

__all__ = ["Calendar", "Mention", "NamedPeriod", "find_mentions", "leans_on_a_unit"]
