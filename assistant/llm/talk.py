"""One conversation with the model: a message, one call, one chance to put it right, then a question back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.dates import Calendar
from assistant.llm import summary
from assistant.llm.clean import plain_words
from assistant.llm.client import Called, Deadline
from assistant.llm.failures import ModelFailed
from assistant.llm.forms import tool_definitions
from assistant.llm.model import Caller, LanguageModel
from assistant.llm.outcomes import Placing, SqlProposed
from assistant.llm.prompt import Message, first_messages
from assistant.understand.outcomes import AskBack, options
from assistant.understand.resolve import Resolved
from assistant.understand.rules import Understood
from kpi import events
from kpi.errors import InvalidQuery, SqlRejected
from prompts.library import template
from tools.base import Note

if TYPE_CHECKING:
    from assistant.assistant import Assistant

ATTEMPTS = 2


class Talk:
    """``proposed_sql``: the SQL the model wrote last and the person has not run yet."""

    def __init__(self, assistant: Assistant, model: LanguageModel, user: str | None) -> None:
        self._assistant = assistant
        self._model = model
        self._caller = Caller(user, assistant.workspace.today())
        self._deadline: Deadline | None = None
        self.proposed_sql: str | None = None

    def understand(self, text: str, calendar: Calendar, last: Resolved | None) -> Understood:
        """Raises AskBack with the model's question back, or ModelFailed where it gave nothing usable."""
        assistant, settings = self._assistant, self._model.settings
        self._deadline = self._model.deadline()
        self._caller = replace(self._caller, today=assistant.workspace.today())
        messages = first_messages(text, calendar.today, assistant.model, assistant.engine.catalogue, last)
        tools = tool_definitions(assistant.model, with_sql=settings.allow_model_sql != "never")
        placing = Placing(text, calendar, assistant.rules, last, model_sql=settings.allow_model_sql)
        return self._attempts(messages, tools, placing)

    def word(self, answer: Answer) -> None:
        """Let the model word a metric result; what it claims and the result doesn't say costs it the text."""
        wanted = self._model.settings.llm_summaries and answer.kind == "metrics"
        if not (wanted and 0 < len(answer.rows) <= summary.MOST_ROWS and self._deadline):
            return
        try:
            text = self._model.write(summary.messages(answer, self._assistant), self._deadline, self._caller)
        except ModelFailed:
            return  # our own sentence stands
        objection = summary.objection(text, answer, self._assistant)
        events.record("prose", accepted=objection is None, objection=objection)
        if objection is None:
            answer.text = " ".join(text.split())

    def signed(self, understood: Understood) -> Understood:
        """Marked as the model's, so that the answer says who understood or wrote."""
        if understood.call.tool == "run_sql":
            said = Note(
                code="written_by_model",
                text=f"Written by the model {plain_words(self._model.name)}, not by the metric layer: "
                "read the SQL before you rely on it.",
            )
        else:
            said = Note(
                code="read_by_model",
                text=f"The model {plain_words(self._model.name)} read this question: check what was understood.",
            )
        return replace(understood, route="llm", notes=(said,))

    def _attempts(self, messages: list[Message], tools: list[dict[str, object]], placing: Placing) -> Understood:
        assert self._deadline
        problem = called = None
        for _ in range(ATTEMPTS):
            called = self._model.call(messages, tools, self._deadline, self._caller)
            try:
                return self.signed(placing.place(called))
            except SqlProposed as proposal:
                self.proposed_sql = proposal.sql
                raise
            except (InvalidQuery, SqlRejected) as error:
                problem = error
                messages = [*messages, *_correction(called, str(error))]
        raise self._not_understood(called, problem)

    def _not_understood(self, called: Called | None, problem: Exception | None) -> Exception:
        """After two useless calls: a question to the person with the exact error, or none where there was no call."""
        if called is None or called.problem:
            return ModelFailed("empty")
        refusal = AskBack(
            f"I could not place that. {plain_words(str(problem))} Could you say it another way?",
            options("what can I ask?"),
        )
        refusal.route = "llm"
        return refusal


def _correction(called: Called, error: str) -> list[Message]:
    """The call as it was made, and what is wrong with it."""
    said = template("retry").substitute(error=error)
    if not called.tool or called.problem:
        return [{"role": "user", "content": said}]
    function = {"name": called.tool, "arguments": json.dumps(called.arguments)}
    made = {"id": called.id or "call", "type": "function", "function": function}
    return [
        {"role": "assistant", "content": "", "tool_calls": [made]},
        {"role": "tool", "tool_call_id": called.id or "call", "content": said},
    ]
