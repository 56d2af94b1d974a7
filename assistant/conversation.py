"""One person's conversation: keeps what follow-ups build on, and never raises for what a person may type."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Timings
from assistant.authors import Authors
from assistant.compose import compose, unanswered
from assistant.dates import Calendar
from assistant.pending import Pending
from assistant.understand.followups import is_about
from assistant.understand.openings import asks_afresh, asks_to_go_back, topic_gone_back_to
from assistant.understand.outcomes import Unanswered
from assistant.understand.resolve import Resolved, bucket
from assistant.understand.rules import Understood, calling
from kpi import events
from kpi.errors import InvalidQuery, PlatformError, RevenueUnknown, SqlRejected, SqlStopped
from tools import registry
from tools.base import Option, ToolContext, ToolResult
from tools.data_status import NOTHING_LOADED

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MOST_REMEMBERED = 20  # questions that 'back' can return to


class Conversation:
    """``today``: the day to answer as of, never shifted; without one the workspace's clock decides.

    ``prefer_model``: questions go to the language model first, the rules are its fallback.
    """

    def __init__(
        self, assistant: Assistant, today: date | None = None, user: str | None = None, *, prefer_model: bool = False
    ) -> None:
        self.id = events.new_id()
        self._assistant = assistant
        self._today = today
        self._user = user
        self._authors = Authors(assistant, user, prefer_model=prefer_model)
        self._history: list[Resolved] = []
        self._pending = Pending()
        self._defined: str | None = None  # the metric that the last message asked the meaning of
        self._lock = threading.Lock()

    def ask(self, text: str) -> Answer:
        """Answer a message. Messages of one conversation are answered one after the other."""
        with self._lock:
            started = time.perf_counter()
            answer = self._answer_or_complete(text)
            self._pending = replace(self._pending, asked=text, options=tuple(answer.options))
            answer.id = events.new_id()
            answer.timings_ms.total = _milliseconds(started)
            events.record(
                "ask", id=answer.id, user=self._user, question=text[:200], status=answer.status, kind=answer.kind,
                route=answer.route, ms=round(answer.timings_ms.total, 1),
            )  # fmt: skip
            return answer

    def _answer_or_complete(self, text: str) -> Answer:
        """A reply to a question back is read as the question it completes; anything else as it stands."""
        pending = self._pending
        if asks_afresh(text) == "":
            self._history.clear()
            self._pending = Pending()
            return Answer(
                status="message", kind="message", text="All right, a fresh start. What would you like to know?"
            )
        if pending.is_refused_by(text):
            return Answer(
                status="needs_clarification", kind="message", text="All right. What would you like to know instead?"
            )
        chosen = pending.chosen(text)
        if chosen != text:
            return self._answer(chosen)
        completed = pending.completed(text)
        if completed and self._only_names_a_metric(text):
            return self._answer(completed)
        return self._answer(text)

    def _only_names_a_metric(self, text: str) -> bool:
        calendar, _ = self._assistant.calendar(self._today)
        return self._assistant.rules.names_only_metrics(text, calendar)

    def _answer(self, text: str) -> Answer:
        started = time.perf_counter()
        self._pending = Pending()
        try:
            calendar, shifted = self._assistant.calendar(self._today)
            understood = self._understand(text, calendar)
            understanding = _milliseconds(started)
            answer = self._run(understood, calendar)
        except Unanswered as refusal:
            self._pending = Pending(wants_metric=refusal.wants_metric)
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
        if self._defined:
            text = self._assistant.rules.about(self._defined, text, calendar)
            self._defined = None
        afresh = asks_afresh(text)
        if afresh is not None:
            self._history.clear()
            text = afresh
        topic = topic_gone_back_to(text)
        if topic:
            return self._back_to(topic, calendar)
        before = self._history[-2] if len(self._history) > 1 else None
        return self._authors.understand(text, calendar, self._last, before)

    def _back_to(self, topic: str, calendar: Calendar) -> Understood:
        """'back to spend by platform': the newest earlier question of that kind, else a question of its own."""
        asked = self._assistant.rules.understand(topic, calendar)
        for earlier in reversed(self._history[:-1]):
            if asked.resolved and is_about(earlier.draft, asked.resolved.draft):
                return calling(earlier)
        return asked

    def _run(self, understood: Understood, calendar: Calendar) -> Answer:
        if understood.resolved and self._assistant.engine.catalogue.is_empty:
            return Answer(status="cannot_answer", kind="metrics", text=NOTHING_LOADED)
        today = calendar.today if understood.resolved else calendar.by_the_clock.today
        context = ToolContext(self._assistant.engine, today, self._user, self.id)
        result: ToolResult = registry.run(understood.call, context)
        if understood.resolved:
            self._remember(understood.resolved, result)
        self._defined = _only_metric(understood.call.arguments) if result.kind == "define" else None
        answer = compose(result, understood.resolved, context)
        self._authors.finish(answer, understood)
        return answer

    def _remember(self, resolved: Resolved, result: ToolResult) -> None:
        """What follow-ups lean on: the question, and the member that led its answer."""
        draft, rows = resolved.draft, result.rows
        shown = {name: tuple(dict.fromkeys(str(row[name]) for row in rows)) for name in resolved.query.dimensions}
        singled_out = {
            name: members[0] for name, members in shown.items() if len(members) == 1 or (rows and draft.ranking)
        }
        named = {name: members[0] for name, members in draft.keep.items() if len(members) == 1}
        led = rows[0].get("period") if len(rows) == 1 and resolved.query.grain else None
        led_period = bucket(resolved.query.grain, date.fromisoformat(led)) if led and resolved.query.grain else None
        remembered = replace(resolved, leaders={**singled_out, **named}, shown=shown, led_period=led_period)
        self._history = [*self._history[-MOST_REMEMBERED:], remembered]

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


def _only_metric(arguments: dict[str, Any]) -> str | None:
    return None if arguments.get("other") else arguments.get("metric")


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000
