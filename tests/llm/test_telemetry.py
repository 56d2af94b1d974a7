"""Prompts go to the endpoint and nowhere else, also where the environment asks LangChain to report to LangSmith."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standin import calls

SWITCHES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")


@pytest.fixture
def langsmith(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths that something reported to; the environment asks for every report there is."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            paths.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names http.server calls

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in SWITCHES:
        monkeypatch.setenv(name, "true")
    for prefix in ("LANGSMITH", "LANGCHAIN"):
        monkeypatch.setenv(f"{prefix}_ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setenv(f"{prefix}_API_KEY", "key-of-a-test")
    _forget_environment()
    yield paths
    server.shutdown()
    server.server_close()
    monkeypatch.undo()
    _forget_environment()


def _forget_environment() -> None:
    from langsmith import run_trees, utils

    utils.get_env_var.cache_clear()
    run_trees.get_cached_client.__globals__["_CLIENT"] = None


def _flush() -> None:
    from langchain_core.tracers.langchain import wait_for_all_tracers

    wait_for_all_tracers()


def test_the_switches_do_report_where_nothing_forbids_it(langsmith: list[str]) -> None:
    from langchain_core.runnables import RunnableLambda

    RunnableLambda(lambda x: x).invoke("what a prompt")
    _flush()
    assert langsmith, "else the test below could not fail"


@pytest.mark.parametrize("summaries", [False, True])
def test_no_prompt_is_reported(open_assistant: Any, stand_in: Any, langsmith: list[str], summaries: bool) -> None:
    conversation = open_assistant(llm_summaries=summaries).conversation(today=date(2025, 7, 1))
    countries = {"dimension": "country", "op": "in", "values": ["SE", "NO"]}
    stand_in.plays(calls("query_kpis", metrics=["spend"], period="last month", filters=[countries]))
    answer = conversation.ask("what did the nordics cost us last month?")
    assert stand_in.requests, answer.notes
    _flush()
    assert langsmith == []
