"""One real n8n, one app and the stand-ins for the run. A missing part fails loudly: nothing is skipped."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import bcrypt
import httpx
import pytest
import socketio

from kpi.settings import Settings
from n8n.__main__ import install, start
from n8n.connection import connection
from n8n.start.process import N8nProcess
from n8n.start.surroundings import N8nSettings, variables
from tests.n8n.front import Front
from tests.n8n.slack_standin import SlackStandIn

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-of-the-tests"
SIGNING_SECRET = "slack-signing-secret-of-the-tests"
TEAMS_SECRET = "dGVhbXMtc2VjcmV0LW9mLXRoZS10ZXN0cw=="
PASSWORD = "correct horse"
SILENCE = 4.0


class App:
    """The server in a process of its own, and its API."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.workspace, self.imports, self.log = folder / "workspace", folder / "imports", folder / "app.log"
        self.imports.mkdir()
        command = [sys.executable, "-m", "assistant", "serve", "--workspace", str(self.workspace)]
        path = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        settings = {"PYTHONPATH": path, "PORT": "0", "IMPORT_FOLDER": str(self.imports), **environment}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        announced = re.search(r"http://\S+", self.process.stdout.readline())
        assert announced, f"the app did not start: {self.log.read_text()[-2000:]}"
        self.url = announced.group().replace("localhost", "127.0.0.1")
        self.api = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60, trust_env=False
        )

    def write(self, name: str, *rows: str, settled: bool = True) -> str:
        """A small export in the import folder, settled long ago, and its path there.

        Rows are ``day,platform,account,spend,conversions``. Without a folder of its own it lies in a hidden one, which
        the schedule leaves alone.
        """
        path = name if "/" in name else f".by-hand/{name}"
        file = self.imports / path
        file.parent.mkdir(exist_ok=True)
        lines = [
            f"{day},{platform},{account},Brand,US,Mobile,{spend},{3 * float(spend)},50,1000,{conversions}"
            for day, platform, account, spend, conversions in (row.split(",") for row in rows)
        ]
        header = "date,platform,account,campaign,country,device,spend,revenue,clicks,impressions,conversions"
        file.write_text("\n".join([header, *lines]) + "\n")
        written = time.time() + (-60 if settled else 3600)
        os.utime(file, (written, written))
        return path

    def ask_for(self, workflow: str, key: str | None = None, **parameters: str) -> dict[str, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.api.post("/api/jobs", json={"workflow": workflow, "parameters": parameters}, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def job(self, number: int) -> dict[str, Any]:
        return dict(self.api.get(f"/api/jobs/{number}").json())

    def finished(self, number: int, seconds: float = 60) -> dict[str, Any]:
        return wait_for(
            lambda: self.job(number), lambda job: job["state"] in {"succeeded", "failed", "stopped"}, seconds
        )

    def batches(self) -> list[dict[str, Any]]:
        return list(self.api.get("/api/batches?limit=1000").json())

    def stop(self) -> None:
        self.api.close()
        self.process.terminate()
        self.process.wait(30)


class N8n:
    """The real n8n, which a test may kill and start again."""

    def __init__(self, settings: Settings, own: N8nSettings) -> None:
        self._settings, self._own = settings, own
        self._installed = install()
        self.url = settings.n8n_url
        self.process = self._new()

    def _new(self) -> N8nProcess:
        folder = self._settings.workspace / "n8n"
        folder.mkdir(exist_ok=True, parents=True)
        return N8nProcess(self._installed, folder, variables(self._settings, self._own, free_port()))

    def start(self) -> None:
        start(self.process, self._settings, self._own)

    def kill(self) -> None:
        """As a power cut would: kill -9."""
        assert self.process.process is not None
        self.process.process.kill()
        self.process.process.wait()

    def start_again(self) -> None:
        self.process = self._new()
        self.start()

    def hook(self, path: str, **request: Any) -> httpx.Response:
        return httpx.post(f"{self.url}/webhook/{path}", timeout=30, trust_env=False, **request)

    def slack(self, body: Any, kind: str = "application/json", secret: str = SIGNING_SECRET, **more: str) -> int:
        """Post as Slack does, signed over the raw body; ``stamp`` may be another time than now. The status."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        stamp = more.get("stamp") or str(int(time.time()))
        digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": stamp}
        return self.hook("slack", content=raw, headers=headers).status_code

    def teams(self, text: str, *, secret: str = TEAMS_SECRET, **more: Any) -> httpx.Response:
        """Post as an outgoing webhook of Teams does."""
        activity = {
            "type": "message",
            "id": f"teams-{time.monotonic_ns()}",
            "timestamp": datetime.now(UTC).isoformat(),
            "text": f"<at>Numbers</at> {text}",
            "from": {"id": "29:ann", "name": "Ann"},
            "conversation": {"id": "19:marketing@thread.tacv2;messageid=1"},
            "channelData": {"channel": {"id": "19:marketing@thread.tacv2"}},
            **more,
        }
        raw = json.dumps(activity).encode()
        digest = base64.b64encode(hmac.new(base64.b64decode(secret), raw, hashlib.sha256).digest()).decode()
        headers = {"Content-Type": "application/json", "Authorization": f"HMAC {digest}"}
        return self.hook("teams", content=raw, headers=headers)

    def alert(self) -> None:
        """Let the alert rules be looked at now."""
        token = connection(self._settings.workspace, self._settings).webhook_token
        assert self.hook("kpi-alert", json={}, headers={"X-Webhook-Token": token}).status_code == 200

    def executions(self, status: str | None = None) -> list[dict[str, Any]]:
        key = connection(self._settings.workspace, self._settings).api_key
        parameters = {"limit": 250, **({"status": status} if status else {})}
        headers = {"X-N8N-API-KEY": str(key)}
        answer = httpx.get(f"{self.url}/api/v1/executions", params=parameters, headers=headers, trust_env=False)
        return list(answer.json()["data"])


class Chat:
    """Ann's chat over its websocket: what she is told, and the chips she is offered."""

    def __init__(self, app: App) -> None:
        form = {"username": "Ann", "password": PASSWORD}
        login = httpx.post(f"{app.url}/chat/login", data=form, trust_env=False)
        assert login.status_code == 200, login.text
        cookies = "; ".join(f"{name}={value}" for name, value in login.cookies.items())
        self._said: dict[str, str] = {}
        self.chips: list[str] = []
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._client = socketio.AsyncClient()
        self._client.on("new_message", self._hear)
        self._client.on("update_message", self._hear)
        ready = threading.Semaphore(0)
        self._client.on("task_end", lambda *_: ready.release())
        self._client.on("action", lambda action: self.chips.append(action["label"]))
        session = {"clientType": "webapp", "sessionId": str(uuid4()), "threadId": ""}
        session |= {"userEnv": "{}", "chatProfile": ""}
        place = {"socketio_path": "/chat/ws/socket.io", "transports": ["websocket"]}
        self._do(self._client.connect(app.url, headers={"Cookie": cookies}, auth=session, **place))
        self._do(self._client.emit("connection_successful"))
        # Once for the connection, once for what the chat does at its start.
        assert ready.acquire(timeout=60) and ready.acquire(timeout=60), "the chat did not begin"

    def say(self, text: str) -> None:
        message = {"id": str(uuid4()), "name": "Ann", "type": "user_message", "output": text}
        message["createdAt"] = datetime.now(UTC).isoformat()
        self._do(self._client.emit("client_message", {"message": message, "fileReferences": []}))

    def hears(self, text: str, seconds: float = 60) -> str:
        """The message with that text, once it is there."""
        wait_for(lambda: list(self._said.values()), lambda heard: any(text in said for said in heard), seconds)
        return next(said for said in reversed(self._said.values()) if text in said)

    def close(self) -> None:
        self._do(self._client.disconnect())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, what: Coroutine[Any, Any, Any]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(30)

    def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "assistant_message":
            self._said[message["id"]] = message["output"]


def wait_for(look: Callable[[], Any], is_there: Callable[[Any], bool], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        seen: Any = None
        with suppress(httpx.HTTPError):
            seen = look()
            if is_there(seen):
                return seen
        assert time.monotonic() < deadline, f"not there after {seconds} s: {str(seen)[:1000]}"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def slack() -> Iterator[SlackStandIn]:
    standin = SlackStandIn()
    yield standin
    standin.close()


@pytest.fixture(scope="session")
def front() -> Iterator[Front]:
    door = Front()
    yield door
    door.close()


@pytest.fixture(scope="session")
def n8n_url() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, n8n_url: str, front: Front) -> Iterator[App]:
    started = App(
        tmp_path_factory.mktemp("n8n"),
        {
            "API_TOKEN": TOKEN,
            "CHAT_USERS": f"Ann:{bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()}",
            "N8N_URL": n8n_url,
            "IMPORT_HOSTS": "127.0.0.1",
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_CHANNELS": "C_MARKETING",
            "TEAMS_SECRET": TEAMS_SECRET,
            "WORKFLOW_SILENCE_SECONDS": str(SILENCE),
            "API_CALLS_A_MINUTE": "6000",
        },
    )
    front.target = started.url
    yield started
    started.stop()


@pytest.fixture(scope="session")
def n8n(app: App, slack: SlackStandIn, front: Front, n8n_url: str) -> Iterator[N8n]:
    settings = Settings(_env_file=None, workspace=app.workspace, n8n_url=n8n_url, api_token=TOKEN)
    own = N8nSettings(
        _env_file=None,
        app_url=front.url,
        slack_api_url=slack.api_url,
        slack_bot_token=slack.token,
        digest_channel="C_MARKETING",
        alert_channel="C_ALERTS",
        import_schedule="*/20 * * * * *",  # with seconds: a test waits for it
    )
    real = N8n(settings, own)
    real.start()
    yield real
    real.process.stop()
