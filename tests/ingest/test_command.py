"""``python -m ingest``: what it prints, its exit codes, and a workspace that a server holds."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import ingest
from ingest.__main__ import main
from kpi.errors import WorkspaceBusy
from kpi.settings import Settings
from kpi.workspace import Workspace

TEXT = "date,platform,spend\n2025-06-01,Meta,1234.5\n"
CONTRACT = {
    *("file", "batch_id", "status", "format", "platform", "currency", "rows_read", "rows_loaded", "rows_rejected"),
    *("rows_skipped", "replaced_rows", "period", "totals", "reason", "message", "warnings"),
}


def test_json_prints_the_contracts_object_a_line(tmp_path: Path, write: Any, capsys: Any, settings: Settings) -> None:
    code = main([str(write(TEXT)), str(tmp_path / "none.csv"), "--workspace", str(tmp_path / "w"), "--json"])
    loaded, refused = map(json.loads, capsys.readouterr().out.splitlines())
    assert code == 1 and set(loaded) >= CONTRACT and set(refused) >= CONTRACT
    assert loaded["period"] == {"start": "2025-06-01", "end": "2025-06-01"}
    assert loaded["totals"] == {
        "spend": 1234.5,
        "revenue": None,
        "clicks": None,
        "impressions": None,
        "conversions": None,
    }
    assert (refused["status"], refused["reason"], refused["batch_id"]) == ("refused", "unreadable", None)


def test_duplicates_and_questions_are_no_failures(tmp_path: Path, write: Any, capsys: Any, settings: Settings) -> None:
    folder = ["--workspace", str(tmp_path / "w")]
    other = write(TEXT.replace("1234.5", "1"), "other.csv")
    assert main([str(write(TEXT)), *folder]) == 0
    assert main([str(write(TEXT)), *folder]) == 0
    assert main([str(other), *folder]) == 0
    said = capsys.readouterr().out
    assert "loaded" in said and "duplicate" in said and "needs confirmation" in said and "--replace" in said
    assert "spend" in said and "1,234.50" in said and "\x1b" not in said


def test_only_the_terminal_speaks_of_options(tmp_path: Path, write: Any, capsys: Any, settings: Settings) -> None:
    unnamed = write("date,campaign,spend\n2025-06-01,A,1\n", "unnamed.csv")
    assert main([str(unnamed), "--workspace", str(tmp_path / "w")]) == 1
    assert "--platform NAME: Meta, Google, " in capsys.readouterr().out
    main([str(unnamed), "--workspace", str(tmp_path / "w"), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert "--" not in report["message"]
    assert report["choices"][0] == {"label": "Meta", "options": {"platform": "Meta"}}


def test_wrong_usage_is_two(capsys: Any) -> None:
    for arguments in ([], ["--nope", "x"], ["x.csv", "--currency", "euros"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2


class _Server(BaseHTTPRequestHandler):
    """Stands for the server's POST /api/ingest: checks the token and answers with a report."""

    seen: ClassVar[dict[str, Any]] = {}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.update(path=self.path, token=self.headers.get("Authorization"), body=body)
        report = ingest.LoadReport(file="data.csv", status="loaded", batch_id=7, rows_loaded=1)
        self._answer(200, report.model_dump_json()) if self.seen["token"] else self._answer(401, "{}")

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def held(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that opening finds held by another process."""
    folder = tmp_path / "held"
    folder.mkdir()

    def busy(*_: Any) -> None:
        raise WorkspaceBusy("The workspace is held by another process. Ask there, or stop it and try again.")

    monkeypatch.setattr(Workspace, "open", busy)
    return folder


@pytest.fixture
def server(held: Path) -> Iterator[HTTPServer]:
    running = HTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    (held / "server.json").write_text(json.dumps({"url": f"http://127.0.0.1:{running.server_port}", "pid": 1}))
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def test_a_held_workspace_gets_the_file_through_its_server(
    held: Path, server: HTTPServer, write: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "secret-of-sixteen")
    code = main([str(write(TEXT)), "--workspace", str(held), "--platform", "Meta", "--replace", "--json"])
    assert code == 0 and json.loads(capsys.readouterr().out)["batch_id"] == 7
    assert (_Server.seen["path"], _Server.seen["token"]) == ("/api/ingest", "Bearer secret-of-sixteen")
    body = _Server.seen["body"]
    assert b'name="file"; filename="data.csv"' in body and TEXT.encode() in body
    assert (
        b'name="platform"\r\n\r\nMeta' in body and b'name="replace"\r\n\r\ntrue' in body and b'name="add"' not in body
    )


def test_a_server_that_asks_for_a_token_is_named(held: Path, server: HTTPServer, write: Any, capsys: Any) -> None:
    assert main([str(write(TEXT)), "--workspace", str(held)]) == 1
    assert "Set API_TOKEN" in capsys.readouterr().err


def test_a_held_workspace_without_a_server_is_one_line(held: Path, write: Any, capsys: Any) -> None:
    assert main([str(write(TEXT)), "--workspace", str(held)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    (held / "server.json").write_text('{"url": "http://127.0.0.1:9", "pid": 1}')
    assert main([str(write(TEXT)), "--workspace", str(held)]) == 1
    said = capsys.readouterr().err
    assert "doesn't answer" in said and said.count("\n") == 1
