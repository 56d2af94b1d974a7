"""/openapi.json and /docs: complete, with examples that are true, fetching nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

from assistant.answer import Answer
from assistant.web.problems import KINDS
from assistant.web.questions import AskReply, AskRequest
from kpi.query import MetricQuery


def operations(client: Any) -> dict[str, dict[str, Any]]:
    document = client.get("/openapi.json").json()
    return {f"{m.upper()} {path}": o for path, item in document["paths"].items() for m, o in item.items()}


def test_all_promised_addresses_are_described(client: Any) -> None:
    assert set(operations(client)) == {
        "POST /api/ask",
        "POST /api/query",
        "GET /api/kpis",
        "POST /api/ingest",
        "GET /api/batches",
        "GET /api/batches/{batch_id}",
        "GET /api/batches/{batch_id}/rejects.csv",
        "POST /api/batches/{batch_id}/revert",
        "POST /api/jobs",
        "GET /api/jobs",
        "GET /api/jobs/{number}",
        "POST /api/jobs/{number}/stop",
        "POST /api/jobs/callback",
        "POST /api/imports",
        "POST /api/slack/events",
        "POST /api/teams/messages",
        "POST /api/digest",
        "POST /api/alerts/evaluate",
        "POST /api/alerts/posted",
        "GET /api/images/{image_id}.png",
        "GET /health",
        "GET /ready",
    }


def test_every_operation_has_a_call_and_an_example(client: Any) -> None:
    for name, operation in operations(client).items():
        assert "x-call" in operation, name
        assert all("example" in content for content in operation["responses"]["200"]["content"].values()), name
        assert operation["summary"], name


def test_the_examples_fit_the_models(client: Any) -> None:
    described = operations(client)
    ask = described["POST /api/ask"]
    AskRequest.model_validate(ask["requestBody"]["content"]["application/json"]["example"])
    AskReply.model_validate(ask["responses"]["200"]["content"]["application/json"]["example"])
    query = described["POST /api/query"]
    MetricQuery.model_validate(query["requestBody"]["content"]["application/json"]["example"])
    Answer.model_validate(query["responses"]["200"]["content"]["application/json"]["example"])


def test_errors_are_described_as_problems_and_every_reference_resolves(client: Any) -> None:
    response = client.get("/openapi.json")
    schemas = response.json()["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/([\w-]+)", response.text)) <= set(schemas)
    for name, operation in operations(client).items():
        if "/api/" in name:
            assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_the_page_shows_every_operation_and_problem_and_fetches_nothing(client: Any) -> None:
    page = client.get("/docs").text
    for name in operations(client):
        assert f"<code>{name.split()[1]}</code>" in page
    for code in KINDS:
        assert f"<tr id={code}>" in page
    assert not re.search(r"<script|<link|<img|src=|url\(", page)


def test_examples_are_shown_as_text_not_as_html(client: Any) -> None:
    from assistant.web.docs import page

    hostile = {"summary": "<script>", "responses": {"200": {"content": {"text/csv": {"example": "<img src=x>"}}}}}
    shown = page({"info": {"title": "<b>", "description": "&"}, "paths": {"/<i>": {"get": hostile}}, "x-problems": []})
    assert not re.search(r"<script|<img|<b>&lt;b|<i>", shown)
