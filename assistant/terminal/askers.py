"""Who answers the terminal: an assistant in this process, or the server that holds the workspace."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Protocol

from assistant import Assistant
from assistant.answer import Answer
from kpi.errors import WorkspaceBusy
from kpi.settings import Settings


class Asker(Protocol):
    @property
    def currency(self) -> str | None:
        """ISO code of values in the unit currency."""

    def ask(self, question: str) -> Answer: ...

    def start_afresh(self) -> None:
        """The next question begins a new conversation."""

    def close(self) -> None: ...


def open_asker(settings: Settings, today: date | None) -> Asker:
    """Raises PlatformError where the workspace can't be used and no server answers for it."""
    try:
        return LocalAsker(Assistant.open(settings.workspace, settings), today)
    except WorkspaceBusy as busy:
        from assistant.terminal.server_asker import ServerAsker  # the HTTP client is needed in this case only

        return ServerAsker(server_of(settings.workspace, busy), settings, today)


class LocalAsker:
    def __init__(self, assistant: Assistant, today: date | None) -> None:
        self._assistant = assistant
        self._today = today
        self.start_afresh()

    @property
    def currency(self) -> str | None:
        return self._assistant.workspace.currency

    def ask(self, question: str) -> Answer:
        return self._conversation.ask(question)

    def start_afresh(self) -> None:
        self._conversation = self._assistant.conversation(today=self._today)

    def close(self) -> None:
        self._assistant.close()


def server_of(workspace: Path, busy: WorkspaceBusy) -> str:
    """The address in ``server.json``. Without one, what holds the workspace is no server: raises ``busy``."""
    try:
        return str(json.loads((workspace / "server.json").read_text("utf-8"))["url"])
    except (OSError, ValueError, KeyError, TypeError):
        raise busy from None
