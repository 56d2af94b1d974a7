"""Who turns a message into a call: the rules, a language model where they can't place it, or the person in SQL.

what did we spend last month   the rules; what they can't place goes to a language model, where one is set up
/ai which market is dearest    the model first, because the person says so
/sql SELECT …                  the person's own SQL, through the guard and the sandbox
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.dates import Calendar
from assistant.llm.failures import ModelFailed
from assistant.understand.outcomes import Decline, OnlyForModel, Unanswered, Unplaced
from assistant.understand.resolve import Resolved
from assistant.understand.rules import Understood
from tools.base import Note, ToolCall

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.llm.talk import Talk

SQL, MODEL = "/sql", "/ai"
NOT_SET_UP = "No language model is set up: set OPENAI_API_KEY, and OPENAI_BASE_URL and LLM_MODEL for one of your own."


class Authors:
    """Of one conversation. ``prefer_model``: the model first for every question, as the evaluation may ask."""

    def __init__(self, assistant: Assistant, user: str | None, *, prefer_model: bool = False) -> None:
        self._assistant = assistant
        self._user = user
        self._prefer_model = prefer_model
        self._begun: Talk | None = None

    def understand(
        self, text: str, calendar: Calendar, last: Resolved | None, before: Resolved | None = None
    ) -> Understood:
        """``last`` and ``before`` are the two questions before.

        Raises Unanswered with what to say instead of an answer.
        """
        command, rest = _command(text)
        if command == SQL:
            return self._own_sql(rest)
        if command == MODEL or self._prefer_model:
            return self._by_model_first(rest, calendar, last)
        try:
            return self._assistant.rules.understand(text, calendar, last, before)
        except (Unplaced, OnlyForModel) as refusal:
            return self._by_model(refusal, text, calendar, last)

    def finish(self, answer: Answer, understood: Understood) -> None:
        """Say who understood; where it was the model, let it word the result, if its words hold."""
        answer.route = understood.route
        answer.notes = [*answer.notes, *understood.notes]
        if understood.route == "llm" and answer.kind == "sql":
            answer.interpretation = f"Written by the model · {answer.interpretation}"
        elif understood.route == "llm" and self._begun:
            self._begun.word(answer)

    def _own_sql(self, sql: str) -> Understood:
        typed = Understood(ToolCall(tool="run_sql", arguments={"sql": sql}))
        return self._begun.signed(typed) if self._begun and sql == self._begun.proposed_sql else typed

    def _by_model(self, refusal: Unanswered, text: str, calendar: Calendar, last: Resolved | None) -> Understood:
        """Raises the rules' own question back where there is no model, or it is of no use: then with a note on why."""
        talk = self._talk()
        if talk is None or self._assistant.engine.catalogue.is_empty:
            raise refusal
        try:
            return talk.understand(text, calendar, last)
        except ModelFailed as failure:
            refusal.notes = _noted(failure)
            raise refusal from failure

    def _by_model_first(self, text: str, calendar: Calendar, last: Resolved | None) -> Understood:
        """What the rules know to be out of reach stays so: a model would answer something else."""
        talk = self._talk()
        if talk is None:
            raise Decline(NOT_SET_UP, kind="message")
        try:
            by_rules = self._assistant.rules.understand(text, calendar, last)
        except (Unplaced, OnlyForModel) as refusal:
            return self._by_model(refusal, text, calendar, last)
        if by_rules.resolved is None or self._assistant.engine.catalogue.is_empty:
            return by_rules
        try:
            return talk.understand(text, calendar, last)
        except ModelFailed as failure:
            return replace(by_rules, notes=_noted(failure))

    def _talk(self) -> Talk | None:
        model = self._assistant.language_model
        if self._begun is None and model:
            from assistant.llm.talk import Talk

            self._begun = Talk(self._assistant, model, self._user)
        return self._begun


def _command(text: str) -> tuple[str, str]:
    """The command a message begins with ('' for none) and what follows it."""
    first, *rest = text.split(maxsplit=1) or [""]
    return (first.lower(), rest[0] if rest else "") if first.lower() in {SQL, MODEL} else ("", text)


def _noted(failure: ModelFailed) -> tuple[Note, ...]:
    return (Note(code="model_failed", text=str(failure)),)
