"""A client of the API over a stand-in assistant, so that each promise of the web layer is tested by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.web.app import create_app
from kpi.errors import InvalidQuery, QueryTimeout
from kpi.query import MetricQuery
from kpi.settings import Settings


class StandInConversation:
    """Answers with what it was asked and how often."""

    def __init__(self, today: date | None) -> None:
        self.today = today
        self.asked = 0

    def ask(self, text: str) -> Answer:
        if text == "break":
            raise RuntimeError("secret internals")
        self.asked += 1
        return Answer(id="answer-1", status="answered", kind="metrics", text=f"{self.asked}: {text}")


class StandInAssistant:
    def __init__(self, settings: Settings) -> None:
        self.model = SimpleNamespace(metrics={"spend": None}, dimensions={"platform": None, "country": None})
        self.workspace: Any = SimpleNamespace(settings=settings, currency="USD", warehouse=self)
        self.queries: list[tuple[MetricQuery, date | None]] = []

    def query(self, sql: str) -> list[dict[str, Any]]:
        return [{"alive": 1}]

    def conversation(self, today: date | None = None, user: str | None = None) -> StandInConversation:
        return StandInConversation(today)

    def answer_query(self, query: MetricQuery, today: date | None = None) -> Answer:
        if "roi" in query.metrics:
            raise InvalidQuery("There is no metric 'roi'. Did you mean 'roas'?")
        if "slow" in query.metrics:
            raise QueryTimeout("That took longer than 20 seconds, so I stopped it.")
        self.queries.append((query, today))
        return Answer(id="answer-2", status="answered", kind="metrics", text="ok", query=query)


@pytest.fixture
def make_client(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    def make(**settings: Any) -> TestClient:
        chosen = Settings(_env_file=None, workspace=tmp_path, **settings)
        app = create_app(StandInAssistant(chosen), chat=False)  # type: ignore[arg-type]
        return TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False)

    yield make


@pytest.fixture
def client(make_client: Callable[..., TestClient]) -> TestClient:
    return make_client()


@pytest.fixture
def problem_of() -> Callable[[Any, int, str], dict[str, Any]]:
    """Checks that a response is a problem of the status and code, and gives its body."""

    def check(response: Any, status: int, code: str) -> dict[str, Any]:
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"
        body: dict[str, Any] = response.json()
        assert body["type"] == f"/docs#{code}"
        assert body["status"] == status
        assert body["title"]
        assert body["detail"]
        assert body["instance"].startswith("/")
        assert body["request_id"] == response.headers["x-request-id"]
        assert "Traceback" not in response.text
        return body

    return check
