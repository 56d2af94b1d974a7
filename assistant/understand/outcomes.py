"""Why a message did not become a call: a question back, or what can't be answered and what can be instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kpi.errors import PlatformError
from tools.base import Note, Option


class Unanswered(PlatformError):
    """Understanding stopped. ``kind`` is the answer's kind; ``options`` are questions that can be asked instead."""

    code = "unanswered"
    status: Literal["needs_clarification", "cannot_answer", "message"] = "cannot_answer"
    route: Literal["rules", "llm"] = "rules"
    sql: str | None = None
    notes: tuple[Note, ...] = ()
    wants_metric: bool = False  # a metric is all that is missing

    def __init__(self, text: str, options: Sequence[Option] = (), kind: str = "metrics") -> None:
        super().__init__(text)
        self.options = tuple(options)
        self.kind = kind


class AskBack(Unanswered):
    """More than one reading is possible, or something needed is missing."""

    status = "needs_clarification"


class Unplaced(AskBack):
    """Words of the message found no use in the rules: what a language model may try instead, where one is set up."""


class MetricMissing(AskBack):
    """Everything is understood but what to measure."""

    def __init__(self) -> None:
        super().__init__("Which metric would you like to see?")

    def asking_about(self, text: str) -> AskBack:
        """With the question as it was asked behind each metric, so that choosing one loses nothing."""
        labels = ("performance", "spend", "CAC", "ROAS")
        asked = AskBack(str(self), [Option(label=label, question=f"{label} {text}") for label in labels])
        asked.wants_metric = True
        return asked


class Decline(Unanswered):
    """The data or the product can't answer that."""

    status = "cannot_answer"


class OnlyForModel(Decline):
    """The rules can't say it, but a language model may, where one is set up: it knows a region's countries, say."""


def options(*questions: str) -> tuple[Option, ...]:
    """Chips that say the question they ask."""
    return tuple(Option(label=question, question=question) for question in questions)
