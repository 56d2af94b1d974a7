"""POST /api/ask, POST /api/query, GET /api/kpis."""

from __future__ import annotations

import json
from typing import Any

import pytest

JUNE = {"start": "2025-06-01", "end": "2025-06-30"}


def test_a_question_gives_an_answer_and_its_conversation(client: Any) -> None:
    reply = client.post("/api/ask", json={"question": "total spend"}).json()
    assert (reply["status"], reply["text"], reply["currency"]) == ("answered", "1: total spend", "USD")
    assert reply["conversation_id"]


def test_a_follow_up_reaches_the_same_conversation(client: Any) -> None:
    first = client.post("/api/ask", json={"question": "a"}).json()
    second = client.post("/api/ask", json={"question": "b", "conversation_id": first["conversation_id"]}).json()
    other = client.post("/api/ask", json={"question": "c"}).json()
    assert (second["text"], other["text"]) == ("2: b", "1: c")
    assert second["conversation_id"] == first["conversation_id"] != other["conversation_id"]


def test_the_caller_may_name_the_conversation(client: Any) -> None:
    body = {"question": "a", "conversation_id": "slack:C1:1700000000.1"}
    client.post("/api/ask", json=body)
    assert client.post("/api/ask", json=body).json()["text"] == "2: a"


def test_another_today_in_one_conversation_is_a_problem(client: Any, problem_of: Any) -> None:
    body = {"question": "a", "conversation_id": "one", "today": "2025-07-01"}
    assert client.post("/api/ask", json=body).status_code == 200
    assert client.post("/api/ask", json={"question": "b", "conversation_id": "one"}).status_code == 200
    problem = problem_of(client.post("/api/ask", json=body | {"today": "2025-07-02"}), 422, "today_differs")
    assert "2025-07-01" in problem["detail"]


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "x" * 10_000,
        "📈" * 500,
        "a\x00b",
        "'; DROP TABLE facts; --",
        "<img src=//evil.example/x>",
        "支出はいくらですか",
    ],
)
def test_whatever_a_person_types_is_passed_on_as_it_is(client: Any, question: str) -> None:
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json()["text"] == f"1: {question}"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 400, "bad_request"),
        (b"", 422, "invalid_request"),
        (b"\xff\xfe", 400, "bad_request"),
        (b"[" * 200_000, 400, "bad_request"),
        (b'{"question": 5}', 422, "invalid_request"),
        (b'{"question": "a", "tday": "2025-07-01"}', 422, "invalid_request"),
        (b'{"question": "a", "today": "yesterday"}', 422, "invalid_request"),
        (b'{"question": "a", "conversation_id": "' + b"x" * 300 + b'"}', 422, "invalid_request"),
        (b"[1, 2]", 422, "invalid_request"),
    ],
)
def test_broken_bodies_are_problems(client: Any, problem_of: Any, content: bytes, status: int, code: str) -> None:
    response = client.post("/api/ask", content=content, headers={"content-type": "application/json"})
    problem_of(response, status, code)


def test_an_emoji_cut_in_half_is_mended(client: Any) -> None:
    response = client.post(
        "/api/ask", content=b'{"question": "a \\ud83d"}', headers={"content-type": "application/json"}
    )
    assert response.json()["text"] == "1: a ?"


def test_half_a_character_in_a_query_is_a_problem(client: Any, problem_of: Any) -> None:
    body = b'{"metrics": ["\\ud800"], "period": {"start": "2025-06-01", "end": "2025-06-30"}}'
    response = client.post("/api/query", content=body, headers={"content-type": "application/json"})
    problem_of(response, 422, "invalid_query")


def test_a_form_or_plain_text_is_no_question(client: Any, problem_of: Any) -> None:
    problem_of(client.post("/api/ask", data={"question": "a"}), 422, "invalid_request")
    text = client.post("/api/ask", content=b'{"question": "a"}', headers={"content-type": "text/plain"})
    problem_of(text, 422, "invalid_request")


def test_a_typed_query_runs(client: Any) -> None:
    query = {"metrics": ["spend"], "dimensions": ["platform"], "period": JUNE}
    reply = client.post("/api/query", params={"today": "2025-07-01"}, json=query).json()
    assert reply["query"]["period"] == JUNE
    [(ran, today)] = client.app.state.assistant.queries
    assert (ran.metrics, str(today)) == (("spend",), "2025-07-01")


@pytest.mark.parametrize(
    "change",
    [
        {"metrics": []},
        {"limit": 0},
        {"period": {"start": "2025-06-30", "end": "2025-06-01"}},
        {"filters": [{"dimension": "platform", "op": "like", "values": ["M%"]}]},
        {"sql": "SELECT 1"},
        {"period": None},
    ],
)
def test_a_malformed_query_is_a_problem(client: Any, problem_of: Any, change: dict[str, Any]) -> None:
    problem = problem_of(
        client.post("/api/query", json={"metrics": ["spend"], "period": JUNE} | change), 422, "invalid_request"
    )
    assert problem["errors"][0]["where"].startswith("body")


def test_an_invalid_query_is_a_problem_in_its_own_words(client: Any, problem_of: Any) -> None:
    problem = problem_of(client.post("/api/query", json={"metrics": ["roi"], "period": JUNE}), 422, "invalid_query")
    assert problem["detail"] == "There is no metric 'roi'. Did you mean 'roas'?"


def test_a_query_over_its_time_is_a_problem(client: Any, problem_of: Any) -> None:
    problem_of(client.post("/api/query", json={"metrics": ["slow"], "period": JUNE}), 504, "query_timeout")


def kpi_query(client: Any, parameters: str) -> Any:
    response = client.get(f"/api/kpis?{parameters}")
    assert response.status_code == 200, response.text
    return response.json()["query"]


def test_kpis_by_plain_parameters(client: Any) -> None:
    query = kpi_query(
        client, "start=2025-06-01&end=2025-06-30&metrics=spend,cac&by=platform,week&country=US&country=CA"
    )
    assert query["metrics"] == ["spend", "cac"]
    assert (query["dimensions"], query["grain"]) == (["platform"], "week")
    assert query["filters"] == [{"dimension": "country", "op": "in", "values": ["US", "CA"]}]
    assert (query["period"], query["comparison"]) == (JUNE, None)


@pytest.mark.parametrize(
    ("start", "end", "compare", "expected"),
    [
        ("2025-06-01", "2025-06-30", "previous", ("2025-05-02", "2025-05-31")),
        ("2025-06-01", "2025-06-30", "year", ("2024-06-01", "2024-06-30")),
        ("2024-02-01", "2024-02-29", "year", ("2023-02-01", "2023-02-28")),
        ("2025-06-30", "2025-06-30", "previous", ("2025-06-29", "2025-06-29")),
    ],
)
def test_kpis_compare_with_the_days_before_or_the_year_before(
    client: Any, start: str, end: str, compare: str, expected: tuple[str, str]
) -> None:
    query = kpi_query(client, f"start={start}&end={end}&metrics=spend&compare={compare}")
    assert query["comparison"] == {"start": expected[0], "end": expected[1]}


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ("start=2025-06-30&end=2025-06-01&metrics=spend", "invalid_query"),
        ("start=2025-06-01&end=2025-06-30&metrics=spend&by=day,week", "invalid_query"),
        ("start=2025-06-01&end=2025-06-30&metrics=,", "invalid_query"),
        ("start=2025-06-01&end=2025-06-30&metrics=spend&platfrom=Meta", "invalid_query"),
        ("start=0001-01-01&end=0001-01-02&metrics=spend&compare=previous", "invalid_query"),
        ("start=0001-01-01&end=0001-01-02&metrics=spend&compare=year", "invalid_query"),
        ("start=2025-06-01&end=2025-06-30", "invalid_request"),
        ("start=June&end=2025-06-30&metrics=spend", "invalid_request"),
        ("start=2025-06-01&end=2025-06-30&metrics=spend&compare=month", "invalid_request"),
    ],
)
def test_kpis_that_make_no_query_are_problems(client: Any, problem_of: Any, parameters: str, code: str) -> None:
    problem_of(client.get(f"/api/kpis?{parameters}"), 422, code)


def test_an_unexpected_failure_tells_an_id_and_no_internals(
    client: Any, problem_of: Any, caplog: pytest.LogCaptureFixture
) -> None:
    problem = problem_of(client.post("/api/ask", json={"question": "break"}), 500, "internal")
    assert problem["request_id"] in problem["detail"]
    assert "secret" not in json.dumps(problem)
    logged = [json.loads(record.message) for record in caplog.records if record.name == "platform"]
    failure = next(line for line in logged if line["event"] == "failure")
    assert failure["request_id"] == problem["request_id"]
    assert "secret internals" in failure["trace"]
