"""The API over the real assistant: a tiny file goes in, questions and queries come out right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.web.app import create_app
from kpi.settings import Settings

# June: Meta 100 + 50 = 150, Google 30; conversions 3 + 2 + 1 = 6. May: Meta 60.
CSV = b"""date,platform,account,campaign,country,device,spend,clicks,impressions,conversions
2025-05-31,Meta,main,Brand,US,mobile,60.00,20,900,2
2025-06-01,Meta,main,Brand,US,mobile,100.00,40,1000,3
2025-06-30,Meta,main,Brand,CA,desktop,50.00,10,500,2
2025-06-30,Google,main,Search,US,desktop,30.00,5,400,1
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("workspace")
    assistant = Assistant.open(folder, Settings(_env_file=None, workspace=folder, currency="USD"))
    with TestClient(create_app(assistant, chat=False), base_url="http://localhost:8000") as client:
        loaded = client.post("/api/ingest", files={"file": ("june.csv", CSV)})
        assert loaded.json()["status"] == "loaded", loaded.text
        yield client
    assistant.close()


def test_the_report_of_the_load(client: TestClient) -> None:
    report = client.post("/api/ingest", files={"file": ("june.csv", CSV)}).json()
    assert report["status"] == "duplicate"
    [batch] = client.get("/api/batches").json()
    assert client.get(f"/api/batches/{batch['batch_id']}").json()["batch_id"] == batch["batch_id"]


def test_a_question_and_its_follow_up(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": "total spend in June 2025", "today": "2025-07-01"}).json()
    assert (first["status"], first["currency"]) == ("answered", "USD")
    assert [row["spend"] for row in first["rows"]] == [180.0]
    follow_up = {"question": "by platform", "conversation_id": first["conversation_id"]}
    rows = client.post("/api/ask", json=follow_up).json()["rows"]
    assert [(row["platform"], row["spend"]) for row in rows] == [("Meta", 150.0), ("Google", 30.0)]


def test_the_same_numbers_by_query_and_by_parameters(client: TestClient) -> None:
    period = {"start": "2025-06-01", "end": "2025-06-30"}
    typed = client.post("/api/query", json={"metrics": ["cac"], "period": period}).json()
    assert [row["cac"] for row in typed["rows"]] == [30.0]
    plain = client.get("/api/kpis?start=2025-06-01&end=2025-06-30&metrics=spend&compare=previous&platform=Meta").json()
    [row] = plain["rows"]
    assert (row["spend"], row["spend_previous"], row["spend_change"]) == (150.0, 60.0, 1.5)


def test_names_that_do_not_exist_are_problems(client: TestClient) -> None:
    for parameters in ("metrics=roi", "metrics=spend&by=planet"):
        response = client.get(f"/api/kpis?start=2025-06-01&end=2025-06-30&{parameters}")
        assert response.status_code == 422, parameters
        assert response.json()["type"] == "/docs#invalid_query"


def test_an_unknown_batch(client: TestClient) -> None:
    for response in (client.get("/api/batches/999"), client.get("/api/batches/999/rejects.csv")):
        assert (response.status_code, response.json()["type"]) == (404, "/docs#unknown_batch")
    assert client.post("/api/batches/999/revert").json()["type"] == "/docs#unknown_batch"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", None), (b"hello", None), (b"\x00" * 5000, None)],
)
def test_a_file_that_is_no_export_is_refused_calmly(client: TestClient, content: bytes, reason: str | None) -> None:
    response = client.post("/api/ingest", files={"file": ("odd.csv", content)})
    assert response.status_code == 200
    report = response.json()
    assert report["status"] == "refused"
    assert report["message"]
    assert reason is None or report["reason"] == reason


@pytest.mark.parametrize(
    "question", ["", "x" * 10_000, "📈", "a\x00b", "'; DROP TABLE facts; --", "<script>alert(1)</script>"]
)
def test_hostile_questions_get_a_calm_answer(client: TestClient, question: str) -> None:
    reply = client.post("/api/ask", json={"question": question}).json()
    assert reply["status"] in {"needs_clarification", "cannot_answer", "message"}
    assert reply["text"]
    assert client.get("/ready").json() == {"status": "ready"}


def test_a_load_with_bad_rows_and_taking_it_back(client: TestClient) -> None:
    rows = b"".join(b"2025-03-%02d,Reddit,main,Posts,US,mobile,1.00,1,10,1\n" % day for day in range(1, 29))
    bad = CSV.splitlines(keepends=True)[0] + rows + b"2025-03-32,Reddit,main,Posts,US,mobile,1.00,1,10,1\n"
    report = client.post("/api/ingest", files={"file": ("march.csv", bad)}).json()
    assert (report["status"], report["rows_rejected"]) == ("loaded_with_rejects", 1)
    address = f"/api/batches/{report['batch_id']}"
    assert "2025-03-32" in client.get(f"{address}/rejects.csv").text
    assert client.post(f"{address}/revert").status_code == 200
    left = client.get("/api/kpis?start=2025-03-01&end=2025-03-31&metrics=spend&by=platform").json()
    assert left["rows"] == []


def test_two_workspaces_do_not_share_a_server(client: TestClient, tmp_path: Path) -> None:
    other: Any = Assistant.open(tmp_path, Settings(_env_file=None, workspace=tmp_path))
    try:
        fresh = TestClient(create_app(other, chat=False), base_url="http://localhost:8000")
        assert fresh.get("/api/batches").json() == []
    finally:
        other.close()
