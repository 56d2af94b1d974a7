"""n8n over HTTP: its webhooks, which start workflows, and its public API, which tells about executions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpi.errors import N8nAway, WorkflowRefused
from n8n.connection import Connection

if TYPE_CHECKING:
    import httpx

CHAT_TAG = "chat"
WEBHOOK_HEADER = "X-Webhook-Token"
_SECONDS, _CONNECT_SECONDS = 10, 3
_MOST = 100


class N8nClient:
    """Raises N8nAway where a later try may help, WorkflowRefused where it won't."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def trigger(self, path: str, payload: dict[str, Any]) -> str | None:
        """Start the workflow that listens at ``/webhook/<path>``. The execution's id, where the workflow tells it."""
        token = {WEBHOOK_HEADER: self._connection.webhook_token}
        answer = self._call("POST", f"/webhook/{path}", headers=token, json=payload)
        if answer.status_code == 404 and not self._is_off(path):
            raise N8nAway("n8n has just started and does not listen to its webhooks yet.")
        if answer.status_code == 404:
            raise WorkflowRefused(
                f"Nothing listens at n8n's webhook “{path}”: the workflow is not there or not active."
            )
        if answer.status_code in {401, 403}:
            raise WorkflowRefused("n8n refused our webhook token: run `make n8n` again, or check N8N_WEBHOOK_TOKEN.")
        _check(answer)
        return _execution(answer)

    def workflows(self, tag: str = CHAT_TAG) -> list[dict[str, Any]]:
        """The active workflows with that tag, as n8n describes them."""
        found = self._api("GET", "/workflows", params={"tags": tag, "active": "true", "limit": _MOST})
        return list(found["data"])

    def execution(self, number: str) -> dict[str, Any] | None:
        """What n8n knows of an execution, or None."""
        answer = self._call("GET", f"/api/v1/executions/{number}", headers=self._key())
        if answer.status_code == 404:
            return None
        _check(answer)
        found: dict[str, Any] = answer.json()
        return found

    def executions(self, status: str) -> list[dict[str, Any]]:
        """The newest executions with a status (``running``, ``error``, ``crashed`` …)."""
        return list(self._api("GET", "/executions", params={"status": status, "limit": _MOST})["data"])

    def stop(self, execution: str) -> None:
        self._api("POST", f"/executions/{execution}/stop")

    def is_up(self) -> bool:
        try:
            return self._call("GET", "/healthz/readiness").status_code == 200
        except N8nAway:
            return False

    def _is_off(self, workflow: str) -> bool:
        """Whether n8n itself says so. While it starts it answers 404 to everything, which says nothing."""
        try:
            listed = self._api("GET", "/workflows", params={"limit": 250})["data"]
        except WorkflowRefused:
            return self._connection.api_key is None  # then there is nobody to ask
        return not any(one["id"] == workflow and one["active"] for one in listed)

    def _api(self, method: str, path: str, **request: Any) -> Any:
        answer = self._call(method, f"/api/v1{path}", headers=self._key(), **request)
        if answer.status_code in {401, 403}:
            raise WorkflowRefused("n8n refused our API key: run `make n8n` again, or check N8N_API_KEY.")
        _check(answer)
        return answer.json()

    def _key(self) -> dict[str, str]:
        if self._connection.api_key is None:
            raise WorkflowRefused("There is no API key of n8n: run `make n8n`, or set N8N_API_KEY.")
        return {"X-N8N-API-KEY": self._connection.api_key}

    def _call(self, method: str, path: str, **request: Any) -> httpx.Response:
        import httpx  # what answers questions in the terminal goes without it

        patience = httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS)
        try:
            return httpx.request(method, f"{self._connection.url}{path}", timeout=patience, trust_env=False, **request)
        except httpx.HTTPError as error:
            raise N8nAway(f"n8n does not answer at {self._connection.url}: start it with `make n8n`.") from error


def _execution(answer: httpx.Response) -> str | None:
    try:
        return str(answer.json()["execution"])
    except (ValueError, KeyError, TypeError):
        return None


def _check(answer: httpx.Response) -> None:
    if answer.status_code >= 500 or answer.status_code == 429:
        raise N8nAway(f"n8n is not ready (status {answer.status_code}).")
    if answer.is_error:
        raise WorkflowRefused(f"n8n refused the request (status {answer.status_code}).")
