"""A client that drops its connection ends its query, over a real socket."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.answer import Answer
from assistant.web.app import create_app
from kpi.errors import PlatformError
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel
from kpi.settings import Settings
from kpi.warehouse import Warehouse

pytestmark = pytest.mark.slow
ENDLESS = "SELECT sum(a.range * b.range) AS n FROM range(10_000_000) AS a, range(10_000_000) AS b"
QUERY = {"metrics": ["spend"], "period": {"start": "2025-06-01", "end": "2025-06-30"}}


class Endless:
    """An assistant whose every query only ends from outside."""

    def __init__(self, folder: Path) -> None:
        self.warehouse = Warehouse(folder / "warehouse.duckdb", timeout_seconds=60)
        settings = Settings(_env_file=None, workspace=folder)
        self.workspace: Any = SimpleNamespace(settings=settings, currency=None, warehouse=self.warehouse)
        self.model = SemanticModel.load()
        self.begun = threading.Event()
        self.endings: list[str] = []

    def answer_query(self, query: MetricQuery, today: Any = None) -> Answer:
        self.begun.set()
        try:
            self.warehouse.query(ENDLESS)
        except PlatformError as error:
            self.endings.append(error.code)
            raise
        raise AssertionError("it never ends by itself")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Endless, str]]:
    assistant = Endless(tmp_path)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(assistant, chat=False), log_config=None))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield assistant, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    assistant.warehouse.close()


def test_a_dropped_client_ends_its_query(served: tuple[Endless, str]) -> None:
    assistant, url = served
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/api/query", json=QUERY, timeout=httpx.Timeout(5, read=0.5))
    assert assistant.begun.wait(20)
    for _ in range(100):
        if assistant.endings:
            break
        time.sleep(0.1)
    assert assistant.endings == ["cancelled"]
