"""Jobs and channels over HTTP, against a real workspace: tokens, keys, signatures, limits."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.web.app import create_app
from kpi.settings import Settings
from n8n.service import workflows
from n8n.signing import signature

TOKEN = {"Authorization": "Bearer 0123456789abcdef"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[TestClient, Assistant]]:
    settings = Settings(
        _env_file=None,
        workspace=tmp_path,
        api_token="0123456789abcdef",
        n8n_url="http://127.0.0.1:9",
        slack_signing_secret="slack",
        api_calls_a_minute=40,
    )
    assistant = Assistant.open(tmp_path, settings)
    yield TestClient(create_app(assistant, chat=False), headers=TOKEN), assistant
    assistant.close()


@pytest.fixture
def api(served: Any) -> TestClient:
    return served[0]


def ask_for(api: TestClient, key: str | None = None, **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return api.post("/api/jobs", json={"workflow": "ingest-file", **body}, headers=headers)


def test_jobs_ask_for_the_token(api: TestClient) -> None:
    assert api.get("/api/jobs", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_job_is_taken_listed_and_stopped(api: TestClient) -> None:
    job = ask_for(api, parameters={"import_path": "june.csv"}).json()
    assert (job["state"], job["title"]) == ("waiting", "Load a file")
    assert api.get("/api/jobs?state=waiting").json()[0]["number"] == job["number"]
    assert api.post(f"/api/jobs/{job['number']}/stop").json()["state"] == "stopped"


def test_a_repeated_key_gives_the_first_job_and_another_request_is_refused(api: TestClient) -> None:
    first = ask_for(api, "k", parameters={"import_path": "a.csv"})
    again = ask_for(api, "k", parameters={"import_path": "a.csv"})
    assert first.json()["number"] == again.json()["number"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert ask_for(api, "k", parameters={"import_path": "b.csv"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "said"),
    [({"workflow": "delete-all"}, "ingest-file"), ({"parameters": {"command": "rm"}}, "no parameter 'command'")],
)
def test_an_unknown_workflow_or_parameter_is_refused_by_name(api: TestClient, body: dict[str, Any], said: str) -> None:
    answer = ask_for(api, **body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_an_unknown_job_is_not_found(api: TestClient) -> None:
    assert api.get("/api/jobs/99").json()["type"] == "/docs#unknown_job"


def report(served: Any, body: bytes, secret: str | None = None, stamp: int | None = None) -> Any:
    api, assistant = served
    known = workflows(assistant.workspace).connection().callback_secret
    at = str(stamp or int(time.time()))
    headers = {"X-Timestamp": at, "X-Signature": signature(secret or known, at, body)}
    return api.post("/api/jobs/callback", content=body, headers={**headers, "Content-Type": "application/json"})


def test_a_signed_report_moves_the_job_and_counts_once(served: Any) -> None:
    number = ask_for(served[0], parameters={"import_path": "june.csv"}).json()["number"]
    body = json.dumps({"event": "progress", "job": number, "step": "loading"}).encode()
    assert report(served, body).json() == {"job": number, "state": "running"}
    assert report(served, body).status_code == 401, "the same report again"
    assert report(served, body + b" ", secret="wrong").status_code == 401
    assert report(served, body + b"  ", stamp=int(time.time()) - 600).status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b'{"event": "exploded"}', b'{"event": "started", "job": -1}'])
def test_a_signed_report_that_makes_no_sense_is_refused(served: Any, body: bytes) -> None:
    assert report(served, body).status_code == 422


def slack(api: TestClient, event_id: str, stamp: int | None = None) -> Any:
    said = {"type": "app_mention", "user": "U1", "text": "<@U0> hi", "ts": "1.1", "channel": "C1"}
    body = json.dumps({"type": "event_callback", "team_id": "T", "event_id": event_id, "event": said}).encode()
    at = str(stamp or int(time.time()))
    signed = hmac.new(b"slack", f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Signature": f"v0={signed}", "X-Slack-Request-Timestamp": at, "Content-Type": "application/json"}
    return api.post("/api/slack/events", content=body, headers=headers)


def test_a_slack_event_becomes_one_job_however_often_it_comes(served: Any) -> None:
    first, again = slack(served[0], "Ev1").json(), slack(served[0], "Ev1").json()
    assert (first["outcome"], again["outcome"]) == ("taken", "repeated")
    assert first["job"] == again["job"]
    assert slack(served[0], "Ev2", stamp=int(time.time()) - 301).status_code == 401


def test_what_is_not_set_up_is_told(api: TestClient) -> None:
    answer = api.post("/api/teams/messages", json={})
    assert answer.status_code == 503
    assert "TEAMS_SECRET" in answer.json()["detail"]


def test_a_question_of_a_channel_comes_laid_out(api: TestClient) -> None:
    body = {"question": "hello", "channel": "slack", "user": "U1", "thread": "1.1"}
    answer = api.post("/api/ask", json=body).json()
    assert answer["conversation_id"] == "slack:1.1"
    assert set(answer["rendered"]) == {"text", "blocks", "card", "image"}
    assert "rendered" not in api.post("/api/ask", json={"question": "hello"}).json()


def test_a_picture_that_is_not_kept_is_not_found(api: TestClient) -> None:
    assert api.get(f"/api/images/{'x' * 24}.png").status_code == 404
    assert api.get(f"/images/{'x' * 24}.png").status_code == 404


def test_an_oversized_body_is_refused(api: TestClient) -> None:
    assert api.post("/api/slack/events", content=b"x" * 2_000_000).status_code == 413


def test_too_many_calls_are_told_when_to_come_back(api: TestClient) -> None:
    answers = [api.get("/api/jobs") for _ in range(45)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 0 < len(refused) <= 5
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert api.get("/health").status_code == 200
