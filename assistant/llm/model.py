"""The language model of one workspace: its endpoint, and what its use may cost. Shared by all conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.llm.budget import Budget, Spent
from assistant.llm.client import Called, Client, Deadline, Usage
from assistant.llm.prompt import Message
from kpi import events
from kpi.settings import Settings


@dataclass(frozen=True)
class Caller:
    """Whom a call is counted for: a person, on a day, in a conversation."""

    user: str | None
    today: date
    spent: Spent = field(default_factory=Spent)


class LanguageModel:
    """Safe to share between threads."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.name = settings.llm_model
        self._client = Client(settings)
        self._budget = Budget(settings, folder)

    @property
    def spent(self) -> Spent:
        """What all conversations have used on the day of the newest call."""
        return self._budget.day

    def deadline(self) -> Deadline:
        return Deadline(self.settings.llm_timeout_seconds)

    def call(
        self, messages: Sequence[Message], tools: list[dict[str, Any]], deadline: Deadline, caller: Caller
    ) -> Called:
        """One tool call, forced. Raises ModelFailed."""
        self._budget.check(caller.spent, caller.user, caller.today)
        called = self._client.call(messages, tools, deadline)
        self._note("call", called.usage, caller)
        return called

    def write(self, messages: Sequence[Message], deadline: Deadline, caller: Caller) -> str:
        """A text. Raises ModelFailed."""
        self._budget.check(caller.spent, caller.user, caller.today)
        text, usage = self._client.write(messages, deadline)
        self._note("write", usage, caller)
        return text

    def _note(self, what: str, usage: Usage, caller: Caller) -> None:
        self._budget.note(usage, caller.spent, caller.user, caller.today)
        events.record("model_used", what=what, model=self.name, read=usage.read, written=usage.written)
