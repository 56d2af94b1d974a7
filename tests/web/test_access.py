"""Who may call: token, Origin, Host; over HTTP and websockets. And what every response carries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.websockets import WebSocketDisconnect

from assistant.web.access import AccessPolicy, check_exposure, is_loopback
from kpi.errors import SettingsError
from kpi.settings import Settings

TOKEN = "a-token-of-the-tests"
ASK = {"question": "total spend"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_with_a_token_the_api_wants_it(make_client: Any, problem_of: Any) -> None:
    client = make_client(api_token=TOKEN)
    refused = client.post("/api/ask", json=ASK)
    problem_of(refused, 401, "unauthorized")
    assert refused.headers["www-authenticate"] == "Bearer"
    assert client.post("/api/ask", json=ASK, headers=bearer(TOKEN)).status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer é"]
)
def test_anything_but_the_token_is_refused(make_client: Any, problem_of: Any, header: str) -> None:
    headers = [(b"authorization", header.encode("latin-1"))]
    problem_of(make_client(api_token=TOKEN).get("/api/batches", headers=headers), 401, "unauthorized")


@pytest.mark.parametrize("path", ["/api/nothing", "/api/", "/api", "/api/batches/1/rejects.csv"])
def test_the_token_comes_before_any_address_of_the_api(make_client: Any, problem_of: Any, path: str) -> None:
    problem_of(make_client(api_token=TOKEN).get(path), 401, "unauthorized")


@pytest.mark.parametrize("path", ["/health", "/ready", "/docs", "/openapi.json"])
def test_docs_and_health_are_open(make_client: Any, path: str) -> None:
    assert make_client(api_token=TOKEN).get(path).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "http://localhost:9000",
        "https://localhost:8000x",
        "file://",
        "http://[",
        "localhost:8000",
    ],
)
def test_pages_of_other_sites_may_not_call(client: Any, problem_of: Any, origin: str) -> None:
    problem_of(client.post("/api/ask", json=ASK, headers={"Origin": origin}), 403, "origin_refused")
    problem_of(client.get("/", headers={"Origin": origin}), 403, "origin_refused")


def test_the_own_page_and_admitted_origins_may_call(make_client: Any) -> None:
    client = make_client(allowed_origins="https://board.example, https://other.example/")
    for origin in ("http://localhost:8000", "https://board.example", "https://other.example"):
        response = client.post("/api/ask", json=ASK, headers={"Origin": origin})
        assert response.status_code == 200, origin
    assert response.headers["access-control-allow-origin"] == "https://other.example"


def test_a_preflight_needs_no_token(make_client: Any, problem_of: Any) -> None:
    client = make_client(allowed_origins="https://board.example", api_token=TOKEN)
    ask = {"Origin": "https://board.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/api/ask", headers=ask).status_code == 200
    problem_of(client.post("/api/ask", json=ASK, headers={"Origin": "https://board.example"}), 401, "unauthorized")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "", "[", "169.254.169.254"]
)
def test_a_rebound_name_is_refused_without_a_token(client: Any, problem_of: Any, host: str) -> None:
    problem_of(client.post("/api/ask", json=ASK, headers={"Host": host}), 421, "host_refused")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_has_several_names(client: Any, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


def test_with_a_token_any_name_will_do(make_client: Any) -> None:
    client = make_client(api_token=TOKEN)
    assert client.get("/health", headers={"Host": "data.example.com"}).status_code == 200


def test_a_proxy_that_ends_tls_keeps_the_own_origin() -> None:
    policy = AccessPolicy(token=TOKEN, origins=frozenset(), hosts=None)
    headers = Headers({"host": "data.example.com", "origin": "https://data.example.com"})
    assert policy.refusal({"type": "http", "path": "/chat", "headers": headers.raw}) is None


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
def test_websocket_upgrades_are_checked_too(
    client: Any, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="platform")
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("ws://localhost:8000/chat/ws/socket.io/?transport=websocket", headers=headers),
    ):
        pass
    assert refused.value.code == 1008
    [line] = [json.loads(r.message) for r in caplog.records if r.name == "platform"]
    assert (line["method"], line["status"]) == ("WEBSOCKET", 403)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "data.example.com", ""])
def test_without_a_token_no_other_machine_may_reach_the_server(tmp_path: Path, host: str) -> None:
    settings = Settings(_env_file=None, workspace=tmp_path, host=host)
    with pytest.raises(SettingsError, match="API_TOKEN"):
        check_exposure(settings)
    check_exposure(settings.model_copy(update={"api_token": TOKEN}))


def test_loopback_addresses() -> None:
    assert all(is_loopback(host) for host in ("localhost", "127.0.0.1", "127.8.8.8", "::1"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "localhost.example", "10.0.0.1"))


def test_every_response_carries_an_id_and_security_headers(client: Any) -> None:
    for path in ("/health", "/docs", "/api/nothing"):
        headers = client.get(path).headers
        assert headers["x-request-id"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "default-src 'none'" in headers["content-security-policy"]
    assert client.get("/api/batches/0").headers["cache-control"] == "no-store"


def test_the_chat_may_fetch_from_nowhere_else(client: Any) -> None:
    policy = client.get("/chat/anything").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert not any(wide in policy for wide in ("http:", "https:", "ws:", "wss:", "*"))


def test_a_sane_request_id_of_the_caller_is_kept(client: Any) -> None:
    assert client.get("/health", headers={"X-Request-ID": "n8n-17.4"}).headers["x-request-id"] == "n8n-17.4"
    strange = client.get("/health", headers={"X-Request-ID": 'a"b c'}).headers["x-request-id"]
    assert len(strange) == 12


def test_one_structured_line_a_request(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="platform")
    response = client.post("/api/ask", json=ASK)
    [line] = [json.loads(r.message) for r in caplog.records if r.name == "platform"]
    assert line["event"] == "request"
    assert (line["method"], line["path"], line["status"]) == ("POST", "/api/ask", 200)
    assert line["request_id"] == response.headers["x-request-id"]
    assert line["answer_id"] == "answer-1"
    assert line["ms"] >= 0
    assert "total spend" not in json.dumps(line)


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/nothing", "/api/batches/x/y"])
def test_unknown_addresses_are_problems(client: Any, problem_of: Any, path: str) -> None:
    assert problem_of(client.get(path), 404, "not_found")["instance"] == path


def test_a_wrong_method_is_a_problem_that_names_the_right_one(client: Any, problem_of: Any) -> None:
    response = client.get("/api/ask")
    problem_of(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_a_huge_body_is_refused_while_it_streams(client: Any, problem_of: Any) -> None:
    def endless() -> Any:
        for _ in range(40):
            yield b" " * 65_536

    problem_of(
        client.post("/api/ask", content=endless(), headers={"content-type": "application/json"}), 413, "too_large"
    )
    problem_of(client.post("/api/ask", content=b" " * 2_000_000), 413, "too_large")


def test_the_start_page_leads_on(client: Any) -> None:
    response = client.get("/", follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["location"] == "/docs"
