"""`python -m assistant serve` as a process: what it says, who finds it, and what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90
CSV = """date,platform,account,campaign,country,device,spend,clicks,impressions,conversions
2025-06-01,Meta,main,Brand,US,mobile,100.00,40,1000,3
2025-06-30,Google,main,Search,US,desktop,30.00,5,400,1
"""


def command(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def server(workspace: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--port", "0", "--workspace", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None
        greeting = process.stdout.readline()
        found = re.match(r"Open (http://localhost:\d+) \(open to this machine only", greeting)
        assert found, greeting
        loaded = httpx.post(
            f"{found[1]}/api/ingest", files={"file": ("june.csv", CSV)}, data={"currency": "USD"}, timeout=60
        )
        assert loaded.json()["status"] == "loaded", loaded.text
        yield found[1]
        assert json.loads((workspace / "server.json").read_text()) == {"url": found[1], "pid": process.pid}
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
        assert not (workspace / "server.json").exists()
    finally:
        process.kill()
        process.wait()


def test_it_answers_over_http(server: str) -> None:
    assert httpx.get(f"{server}/health").json() == {"status": "ok"}
    assert httpx.get(f"{server}/ready").json() == {"status": "ready"}
    reply = httpx.post(
        f"{server}/api/ask", json={"question": "total spend in June 2025", "today": "2025-07-01"}, timeout=60
    )
    assert [row["spend"] for row in reply.json()["rows"]] == [130.0]


def test_the_chat_is_at_the_start_page_under_a_policy(server: str) -> None:
    page = httpx.get(server, follow_redirects=True)
    assert page.status_code == 200
    assert page.url.path.rstrip("/") == "/chat"
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "http://" not in page.text.replace(server, "")


def test_another_site_can_not_open_the_chats_socket(server: str) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": "https://evil.example",
    }
    address = f"{server}/chat/ws/socket.io/?EIO=4&transport=websocket"
    assert httpx.get(address, headers=upgrade).status_code == 403


def test_ask_finds_the_server_that_holds_the_workspace(server: str, workspace: Path) -> None:
    lines = "total spend in June 2025\nby platform\n\nby platform\n"
    done = command("ask", "-", "--json", "--workspace", str(workspace), "--today", "2025-07-01", given=lines)
    assert done.returncode == 0, done.stderr
    first, follow_up, afresh = (json.loads(line) for line in done.stdout.splitlines())
    assert [row["spend"] for row in first["rows"]] == [130.0]
    assert [row["platform"] for row in follow_up["rows"]] == ["Meta", "Google"]
    assert afresh["query"] != follow_up["query"]


def test_people_at_a_terminal_see_a_table(server: str, workspace: Path) -> None:
    done = command("ask", "spend by platform in June 2025", "--workspace", str(workspace), "--today", "2025-07-01")
    assert done.returncode == 0, done.stderr
    assert re.search(r"Meta +\$100\.00 +█+", done.stdout)
    assert "\x1b" not in done.stdout


def test_a_second_server_says_in_one_line_that_the_workspace_is_held(server: str, workspace: Path) -> None:
    done = command("serve", "--port", "0", "--workspace", str(workspace))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "held" in done.stderr
    assert (workspace / "server.json").exists()


def test_a_taken_port_is_one_line(server: str, tmp_path: Path) -> None:
    done = command("serve", "--port", server.rsplit(":", 1)[1], "--workspace", str(tmp_path))
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "--port" in line


def test_other_machines_need_a_token_first(tmp_path: Path) -> None:
    done = command("serve", "--host", "0.0.0.0", "--workspace", str(tmp_path), API_TOKEN="")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "API_TOKEN" in line


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"yes thanks | head -50 | '{sys.executable}' -m assistant ask - --json --workspace '{tmp_path}' | head -1",
        shell=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=SECONDS,
        check=False,
    )
    assert json.loads(done.stdout)["status"] == "message"
    assert done.stderr == ""


def test_asking_imports_neither_web_server_nor_chat_nor_charts() -> None:
    heavy = {"fastapi", "uvicorn", "chainlit", "plotly", "pandas", "httpx"}
    script = (
        "import sys, assistant.__main__, assistant.terminal.ask, assistant.terminal.show, assistant\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=SECONDS, check=True
    )
    assert done.stdout == "[]\n"
