"""One person's conversation: keeps what follow-ups build on, and never raises for what a person may type."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Timings
from assistant.authors import Authors
from assistant.compose import compose, unanswered
from assistant.dates import Calendar
from assistant.understand.followups import asks_to_go_back
from assistant.understand.outcomes import Unanswered
from assistant.understand.resolve import Resolved
from assistant.understand.rules import Understood, calling
from kpi import events
from kpi.errors import InvalidQuery, PlatformError, RevenueUnknown, SqlRejected, SqlStopped
from tools import registry
from tools.base import Option, ToolContext, ToolResult
from tools.data_status import NOTHING_LOADED

if TYPE_CHECKING:
    from assistant.assistant import Assistant

YES = frozenset(
    {"yes", "yes please", "y", "yep", "yeah", "sure", "ok", "okay", "please do", "go ahead", "ja", "sí", "oui"}
)
ALL_OF_THEM = frozenset({"both", "all", "both of them", "all of those", "each", "both please"})
MOST_REMEMBERED = 20  # questions that 'back' can return to


class Conversation:
    """``today``: the day to answer as of, never shifted; without one the workspace's clock decides.

    ``prefer_model``: questions go to the language model first, the rules are its fallback.
    """

    def __init__(
        self, assistant: Assistant, today: date | None = None, user: str | None = None, *, prefer_model: bool = False
    ) -> None:
        self._assistant = assistant
        self._today = today
        self._user = user
        self._authors = Authors(assistant, user, prefer_model=prefer_model)
        self._history: list[Resolved] = []
        self._options: tuple[Option, ...] = ()
        self._lock = threading.Lock()

    def ask(self, text: str) -> Answer:
        """Answer a message. Messages of one conversation are answered one after the other."""
        with self._lock:
            started = time.perf_counter()
            answer = self._answer(self._chosen(text))
            self._options = tuple(answer.options)
            answer.id = events.new_id()
            answer.timings_ms.total = _milliseconds(started)
            events.record(
                "ask", id=answer.id, user=self._user, question=text[:200], status=answer.status, kind=answer.kind,
                route=answer.route, ms=round(answer.timings_ms.total, 1),
            )  # fmt: skip
            return answer

    def _chosen(self, text: str) -> str:
        """A reply to a question back: its number or its words."""
        reply = text.strip().strip(".)").casefold()
        for number, option in enumerate(self._options, start=1):
            if reply in {str(number), option.label.casefold()}:
                return option.question
        if reply in YES and len(self._options) == 1:
            return self._options[0].question
        if reply in ALL_OF_THEM and self._options and self._options[-1].label == "All of them":
            return self._options[-1].question
        return text

    def _answer(self, text: str) -> Answer:
        started = time.perf_counter()
        try:
            calendar, shifted = self._assistant.calendar(self._today)
            understood = self._understand(text, calendar)
            understanding = _milliseconds(started)
            answer = self._run(understood, calendar)
        except Unanswered as refusal:
            return unanswered(refusal)
        except RevenueUnknown as refusal:
            return self._offer_conversion_value(str(refusal))
        except InvalidQuery as refusal:
            return Answer(status="cannot_answer", kind="metrics", text=str(refusal))
        except (SqlRejected, SqlStopped) as refusal:
            return Answer(status="cannot_answer", kind="sql", text=str(refusal))
        except PlatformError as error:
            return Answer(status="error", kind="message", text=str(error))
        except Exception as error:  # the last resort: a calm sentence for the person, the traceback for the log
            return self._broken(error)
        answer.timings_ms = Timings(understand=understanding, query=_milliseconds(started) - understanding)
        if shifted and answer.kind == "metrics":
            answer.notes.insert(0, shifted)
            answer.text = f"{shifted.text} {answer.text}"
        return answer

    @property
    def _last(self) -> Resolved | None:
        return self._history[-1] if self._history else None

    def _understand(self, text: str, calendar: Calendar) -> Understood:
        if asks_to_go_back(text) and len(self._history) > 1:
            self._history.pop()
            return calling(self._history.pop())
        return self._authors.understand(text, calendar, self._last)

    def _run(self, understood: Understood, calendar: Calendar) -> Answer:
        if understood.resolved and self._assistant.engine.catalogue.is_empty:
            return Answer(status="cannot_answer", kind="metrics", text=NOTHING_LOADED)
        context = ToolContext(self._assistant.engine, calendar.today, self._user)
        result: ToolResult = registry.run(understood.call, context)
        if understood.resolved:
            self._remember(understood.resolved, result)
        answer = compose(result, understood.resolved, context)
        self._authors.finish(answer, understood)
        return answer

    def _remember(self, resolved: Resolved, result: ToolResult) -> None:
        """What follow-ups lean on: the question, and the member that led its answer."""
        first = result.rows[0] if result.rows else {}
        leaders = {name: first[name] for name in resolved.query.dimensions if name in first}
        named = {name: members[0] for name, members in resolved.draft.keep.items() if len(members) == 1}
        self._history = [*self._history[-MOST_REMEMBERED:], replace(resolved, leaders={**leaders, **named})]

    def _offer_conversion_value(self, text: str) -> Answer:
        offered = Option(label="Count a conversion as 100", question="count a conversion as 100")
        return Answer(
            status="cannot_answer",
            kind="metrics",
            text=f"{text} Tell me what a conversion is worth, for example “count a conversion as 100”.",
            options=[offered],
        )

    def _broken(self, error: Exception) -> Answer:
        number = events.new_id()
        events.record("failure", level=logging.ERROR, id=number, error=repr(error), trace=events.trace(error))
        return Answer(
            status="error",
            kind="message",
            text=f"Something went wrong on my side (number {number}). Please ask again or put it differently.",
        )


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000
