"""`python -m assistant ask` over a stand-in for whoever answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.__main__ import main
from assistant.answer import Answer
from assistant.terminal import ask, askers
from assistant.terminal.server_asker import ServerAsker
from kpi.errors import PlatformError, WorkspaceBusy
from kpi.settings import Settings


class StandInAsker:
    currency = "USD"

    def __init__(self) -> None:
        self.log: list[str] = []

    def ask(self, question: str) -> Answer:
        self.log.append(question)
        status = "error" if question == "break" else "answered"
        return Answer.model_validate({"status": status, "kind": "message", "text": f"You said {question}"})

    def start_afresh(self) -> None:
        self.log.append("(afresh)")

    def close(self) -> None:
        self.log.append("(closed)")


@pytest.fixture
def asker(monkeypatch: pytest.MonkeyPatch) -> StandInAsker:
    stand_in = StandInAsker()
    monkeypatch.setattr(ask, "open_asker", lambda settings, today: stand_in)
    return stand_in


def test_one_question_is_answered_in_words(asker: StandInAsker, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "total spend", "last month"]) == 0
    assert capsys.readouterr().out == "You said total spend last month\n"
    assert asker.log == ["total spend last month", "(closed)"]


def test_json_is_one_answer_a_line(asker: StandInAsker, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "a\nb", "--json"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert Answer.model_validate_json(line).text == "You said a\nb"


def test_lines_of_standard_input_and_an_empty_one_between(
    asker: StandInAsker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", iter(["spend\n", "and roas?\r\n", "  \n", "cac"]))
    assert main(["ask", "-", "--json"]) == 0
    assert asker.log == ["spend", "and roas?", "(afresh)", "cac", "(closed)"]
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_the_exit_code_tells_of_a_failure(asker: StandInAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["ask", "break"]) == 1
    monkeypatch.setattr("sys.stdin", iter(["break\n", "spend\n"]))
    assert main(["ask", "-"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["ask"], ["ask", "a", "--today", "tomorrow"], ["ask", "a", "--jason"], ["nothing"], ["serve", "--port", "x"]],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err


def test_an_unusable_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars/Olympus")
    assert main(["ask", "a"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "TIMEZONE" in line


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (PlatformError("Stop that process."), 1, "Stop that process."),
        (ValueError("odd\nlines"), 1, "unexpected failed (ValueError: odd)"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_whatever_happens_no_traceback_is_shown(
    asker: StandInAsker,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    raised: BaseException,
    code: int,
    said: str,
) -> None:
    def fail(question: str) -> Answer:
        raise raised

    monkeypatch.setattr(asker, "ask", fail)
    assert main(["ask", "a"]) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert len(shown.splitlines()) <= 1
    assert asker.log == ["(closed)"]


# --- asking the server that holds the workspace


def server_asker(handler: Any, tmp_path: Path, today: date | None = None, **settings: Any) -> ServerAsker:
    asker = ServerAsker("http://localhost:8000", Settings(_env_file=None, workspace=tmp_path, **settings), today)
    asker._client._transport = httpx.MockTransport(handler)
    return asker


def reply(request: httpx.Request, **changes: Any) -> httpx.Response:
    base = {"status": "answered", "kind": "metrics", "text": "ok", "conversation_id": "c1", "currency": "EUR"}
    return httpx.Response(200, json=base | changes)


def test_the_server_is_asked_with_token_today_and_conversation(tmp_path: Path) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return reply(request)

    asker = server_asker(handler, tmp_path, today=date(2025, 7, 1), api_token="a-token-of-the-tests")
    assert asker.ask("spend").text == "ok"
    asker.ask("and roas?")
    asker.start_afresh()
    asker.ask("cac")
    assert asker.currency == "EUR"
    assert [json.loads(r.content)["conversation_id"] for r in seen] == [None, "c1", None]
    assert json.loads(seen[0].content)["today"] == "2025-07-01"
    assert seen[0].url == "http://localhost:8000/api/ask"
    assert seen[0].headers["authorization"] == "Bearer a-token-of-the-tests"


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (httpx.Response(401, json={"detail": "no"}), "set API_TOKEN"),
        (httpx.Response(422, json={"detail": "Leave today out."}), "Leave today out."),
        (httpx.Response(502, text="<html>"), "no server answers"),
        (httpx.Response(200, json={"hello": "world"}), "no server of ours"),
        (httpx.Response(200, json=[1]), "no server of ours"),
        (httpx.ConnectError("refused"), "no server answers"),
        (httpx.ReadTimeout("slow"), "too long"),
    ],
)
def test_a_server_that_does_not_answer_is_one_line(tmp_path: Path, response: Any, said: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        return response  # type: ignore[no-any-return]

    with pytest.raises(PlatformError, match=said) as raised:
        server_asker(handler, tmp_path).ask("spend")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"pid": 1}'])
def test_without_an_announced_server_the_busy_workspace_is_reported(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "server.json").write_text(content)
    with pytest.raises(WorkspaceBusy, match="is held"):
        askers.server_of(tmp_path, WorkspaceBusy("The workspace is held."))
