"""Asks the server that holds the workspace, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx

from assistant.answer import Answer
from kpi.errors import PlatformError
from kpi.settings import Settings


class ServerAsker:
    """Sends the token of the setting ``API_TOKEN``. Every failure is a PlatformError of one line."""

    def __init__(self, url: str, settings: Settings, today: date | None) -> None:
        headers = {"Authorization": f"Bearer {settings.api_token}"} if settings.api_token else {}
        patience = httpx.Timeout(2 * settings.query_timeout_seconds + 30, connect=5)
        self._client = httpx.Client(base_url=url, headers=headers, timeout=patience, trust_env=False)
        self._url = url
        self._today = today
        self._conversation_id: str | None = None
        self.currency: str | None = None

    def ask(self, question: str) -> Answer:
        today = self._today.isoformat() if self._today else None
        reply = self._post({"question": question, "conversation_id": self._conversation_id, "today": today})
        try:
            self._conversation_id, self.currency = reply.pop("conversation_id"), reply.pop("currency")
            return Answer.model_validate(reply)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PlatformError(f"What answers at {self._url} is no server of ours.") from error

    def start_afresh(self) -> None:
        self._conversation_id = None

    def close(self) -> None:
        self._client.close()

    def _post(self, body: dict[str, Any]) -> Any:
        try:
            response = self._client.post("/api/ask", json=body)
            reply = response.json()
        except httpx.TimeoutException as error:
            raise PlatformError(f"The server at {self._url} took too long to answer.") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise PlatformError(
                f"The workspace is held by another process, and no server answers at {self._url}: "
                "wait for that process, or stop it."
            ) from error
        if response.status_code == 401:
            raise PlatformError(f"The server at {self._url} asks for its token: set API_TOKEN to it.")
        if response.is_error:
            detail = reply.get("detail") if isinstance(reply, dict) else None
            raise PlatformError(str(detail or f"The server answered with status {response.status_code}."))
        return reply
