"""Conversations of the API: the newest thousand, each forgotten a day after its last question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant import Assistant
from assistant.answer import Answer
from assistant.conversation import Conversation
from assistant.web.problems import RequestRefused
from assistant.web.recent import Recent
from kpi import events

_SIZE, _SECONDS = 1000, 24 * 3600


@dataclass(frozen=True)
class _Entry:
    today: date | None
    conversation: Conversation


class Conversations:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._recent: Recent[_Entry] = Recent(_SIZE, _SECONDS)

    def ask(
        self, question: str, conversation_id: str | None, today: date | None, user: str | None = None
    ) -> tuple[Answer, str]:
        """The answer and the conversation's id. An id that is not known (any more) begins a conversation.

        Raises RequestRefused where the conversation began with another day as today.
        """
        known_as = conversation_id or events.new_id()
        entry = self._recent.get_or_add(
            known_as, lambda: _Entry(today, self._assistant.conversation(today=today, user=user))
        )
        if today is not None and today != entry.today:
            raise RequestRefused(
                "today_differs",
                f"This conversation counts {entry.today or 'the real day'} as today: leave 'today' out.",
            )
        return entry.conversation.ask(question), known_as
