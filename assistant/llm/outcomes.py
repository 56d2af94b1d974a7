"""What a model's call comes to: a checked call of a tool, a question back, SQL to be shown first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.dates import Calendar
from assistant.llm.clean import plain_words
from assistant.llm.client import Called
from assistant.llm.failures import ModelFailed
from assistant.llm.faithful import check_faithful
from assistant.llm.forms import CANNOT_PLACE, QUERY, SQL, AskedQuery, CannotPlace
from assistant.llm.reading import Reader
from assistant.understand.outcomes import AskBack, Unanswered
from assistant.understand.resolve import Resolved
from assistant.understand.rules import Rules, Understood, calling
from kpi.errors import InvalidQuery
from kpi.guard import validate
from prompts.library import tool_prompts
from tools.base import Option, ToolCall
from tools.registry import all_tools

MOST_READINGS = 4
F = TypeVar("F", bound=BaseModel)


class SqlProposed(AskBack):
    """SQL by the model that the guard lets pass. It runs when the person says so."""

    def __init__(self, sql: str) -> None:
        super().__init__(
            "I can't say this as a metric query, but the language model wrote SQL for it. "
            "Read it, and run it if it asks what you mean.",
            [Option(label="Run this SQL", question=f"/sql {sql}")],
            kind="sql",
        )
        self.sql = sql
        self.route = "llm"


@dataclass(frozen=True)
class Placing:
    """Turns calls about one message into what the conversation does next."""

    text: str
    calendar: Calendar
    rules: Rules
    last: Resolved | None
    model_sql: Literal["never", "ask", "at_once"]  # as the setting ALLOW_MODEL_SQL

    def place(self, called: Called) -> Understood:
        """Raises InvalidQuery or SqlRejected with what the model may put right, AskBack for the person."""
        if called.problem:
            raise InvalidQuery(called.problem)
        if called.tool == CANNOT_PLACE:
            raise self._which(checked(CannotPlace, called.arguments).readings)
        if called.tool == QUERY:
            return self._query(checked(AskedQuery, called.arguments))
        if called.tool == SQL and self.model_sql != "never":
            return self._sql(called)
        return self._other(called)

    def _query(self, form: AskedQuery) -> Understood:
        resolved = Reader(self.text, self.calendar, self.rules, self.last).read(form)
        check_faithful(self.text, form, resolved, self.rules, self.calendar)
        return calling(resolved)

    def _sql(self, called: Called) -> Understood:
        statement = validate(str(called.arguments.get("sql", "")))
        if self.model_sql != "at_once":
            raise SqlProposed(statement)
        return Understood(ToolCall(tool=SQL, arguments={"sql": statement}))

    def _other(self, called: Called) -> Understood:
        tool = all_tools().get(called.tool)
        if tool is None or called.tool == SQL:  # not offered: a model may call it all the same
            raise InvalidQuery(f"There is no tool called {called.tool!r}.")
        checked(tool.arguments, called.arguments)
        if tool.changes_data:
            raise _confirmation(called)
        return Understood(ToolCall(tool=called.tool, arguments=called.arguments))

    def _which(self, readings: list[str]) -> Unanswered | ModelFailed:
        """Only readings that the rules understand to the last word are offered: so a chip can't hide anything."""
        offered = dict.fromkeys(reading for reading in readings if self._is_plain_question(reading))
        if not offered:
            return ModelFailed("cannot_place")
        refusal = AskBack(
            "I am not sure what you mean. Is it one of these?",
            [Option(label=words, question=words) for words in list(offered)[:MOST_READINGS]],
        )
        refusal.route = "llm"
        return refusal

    def _is_plain_question(self, reading: str) -> bool:
        try:
            understood = self.rules.understand(reading, self.calendar)
        except Unanswered:
            return False
        return understood.resolved is not None and plain_words(reading) == reading


def checked(form: type[F], arguments: dict[str, Any]) -> F:
    """Raises InvalidQuery naming the first argument that doesn't fit."""
    try:
        return form.model_validate(arguments)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidQuery(f"{where}: {first['msg']}.") from error


def _confirmation(called: Called) -> AskBack:
    """What changes something is never run on a model's word: the person says it, in the phrase of the tool's prompt."""
    phrase = next(p.triggers[0].phrases[0] for p in tool_prompts() if p.name == called.tool and p.triggers)
    said = phrase.format(**called.arguments)
    refusal = AskBack("That would change what is kept here. Shall I?", [Option(label=said, question=said)])
    refusal.kind = "message"
    refusal.route = "llm"
    return refusal
