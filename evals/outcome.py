"""How one wording of a case went."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer
from evals.case import Case
from evals.compare.answer import Miss
from evals.compare.reason import Reason


@dataclass(frozen=True)
class Outcome:
    """The question as asked, its answer (None where asking raised) and every reason why it is not the expected one."""

    case: Case
    question: str
    answer: Answer | None
    misses: tuple[Miss, ...]
    milliseconds: float

    @property
    def passed(self) -> bool:
        return not self.misses

    @property
    def route(self) -> str:
        return self.answer.route if self.answer else "none"

    @property
    def silently_wrong(self) -> bool:
        """Answered as if understood, with another query, other rows, or where no answer was due: the worst miss."""
        reasons = {reason for reason, _ in self.misses} - {Reason.WRONG_TEXT}
        return bool(reasons) and self.answer is not None and self.answer.status == "answered"

    @property
    def understood(self) -> str:
        """What the wordings of one case must agree in: the typed query, else what is done instead of a query."""
        if self.answer is None:
            return "error"
        if self.answer.status in ("needs_clarification", "cannot_answer"):
            return self.answer.status
        query = self.answer.query.model_dump_json() if self.answer.query else ""
        return f"{self.answer.status} {self.answer.kind} {query}"
