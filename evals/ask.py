"""Ask a case's wordings, each in a conversation of its own, and judge what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any, Protocol

from assistant.answer import Answer
from evals.case import Case
from evals.compare.answer import judge
from evals.compare.reason import Reason
from evals.outcome import Outcome

MILLISECONDS = 1000


class Conversation(Protocol):
    def ask(self, text: str) -> Answer: ...


def ask(case: Case, open_conversation: Callable[[], Conversation], gold: list[dict[str, Any]]) -> Iterator[Outcome]:
    """One outcome a wording; ``gold`` are the rows they must all give."""
    for question in case.ask:
        yield _ask_one(case, question, open_conversation(), gold)


def _ask_one(case: Case, question: str, conversation: Conversation, gold: list[dict[str, Any]]) -> Outcome:
    """Earlier messages of the case are sent first; only the question itself is timed."""
    started = perf_counter()
    try:
        for earlier in case.after:
            conversation.ask(earlier)
        started = perf_counter()
        answer = conversation.ask(question)
    except Exception as error:  # `ask` promises never to raise, so whatever it raises is a finding, not our failure
        miss = (Reason.ERROR, f"{type(error).__name__}: {error}")
        return Outcome(case, question, None, (miss,), _since(started))
    return Outcome(case, question, answer, tuple(judge(case, answer, gold)), _since(started))


def _since(started: float) -> float:
    return (perf_counter() - started) * MILLISECONDS
