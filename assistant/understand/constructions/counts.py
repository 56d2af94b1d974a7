"""How many leaders a question asks for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import every
from assistant.understand.outcomes import AskBack
from assistant.understand.spans import Span

MOST_LEADERS = 10_000


def leader_count(spans: Sequence[Span]) -> int:
    amount = every(spans, "number")[0].value
    if amount.is_percent:
        raise AskBack("I can keep a number of them, not a percentage. How many shall I show?")
    count = int(amount.value)
    if count != amount.value or not 1 <= count <= MOST_LEADERS:
        raise AskBack(f"How many shall I show? Name a number from 1 to {MOST_LEADERS:,}.")
    return count
