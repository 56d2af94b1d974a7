"""Credentials and workflows into n8n, an API key out of it, everything active. Done again, it changes nothing."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx

from kpi.errors import N8nAway
from n8n.connection import API_KEY, keep_secret
from n8n.offer import shipped
from n8n.start.process import N8nProcess

_CALLS = "n8n-nodes-base.executeWorkflow"
_SECONDS = 30.0
_SCOPES = ("workflow:list", "workflow:read", "workflow:activate", "execution:list", "execution:read", "execution:stop")


def import_all(n8n: N8nProcess, folder: Path, credentials: list[dict[str, object]]) -> bool:
    """Import what has changed since the last time, and say whether anything had. n8n must not run meanwhile."""
    wanted = json.dumps([credentials, shipped()], sort_keys=True)
    digest, marker = hashlib.sha256(wanted.encode()).hexdigest(), folder / "imported"
    if marker.exists() and marker.read_text("utf-8") == digest:
        return False
    with tempfile.TemporaryDirectory(dir=folder) as scratch:  # in our own folder: the secrets are in it
        plain = Path(scratch) / "credentials.json"
        plain.touch(0o600)
        plain.write_text(json.dumps(credentials), "utf-8")
        n8n.command("import:credentials", f"--input={plain}")
    n8n.command("import:workflow", "--separate", f"--input={Path(__file__).resolve().parents[1] / 'workflows'}")
    marker.write_text(digest, "utf-8")
    return True


def set_up(url: str, api_key: str | None, email: str, password: str, folder: Path) -> str:
    """Make an API key unless the one we have works, and activate our workflows. The key."""
    with httpx.Client(base_url=url, timeout=_SECONDS, trust_env=False) as http:
        if api_key is None or http.get("/api/v1/workflows", params={"limit": 1}, headers=_key(api_key)).is_error:
            api_key = _new_key(http, email, password)
            keep_secret(folder, API_KEY, api_key)
        _activate(http, api_key)
    return api_key


def activation_order(workflows: list[dict[str, Any]]) -> list[str]:
    """Ids, those that others call first: n8n activates a workflow only once the ones it calls are active."""
    calls = {workflow["id"]: _called_by(workflow) for workflow in workflows}
    order: list[str] = []
    while len(order) < len(calls):
        ready = sorted(one for one, called in calls.items() if one not in order and called <= {*order, one})
        order += ready or sorted(set(calls) - set(order))  # in a circle any order is as good
    return order


def _called_by(workflow: dict[str, Any]) -> set[str]:
    return {node["parameters"]["workflowId"]["value"] for node in workflow["nodes"] if node["type"] == _CALLS}


def _new_key(http: httpx.Client, email: str, password: str) -> str:
    login = http.post("/rest/login", json={"emailOrLdapLoginId": email, "password": password})
    if login.is_error:
        raise N8nAway(f"n8n refused its owner's login ({login.status_code}): check N8N_OWNER_EMAIL and _PASSWORD.")
    asked = {"label": "AI Data Platform", "scopes": list(_SCOPES), "expiresAt": None}
    for known in http.get("/rest/api-keys").json()["data"].get("items", []):
        if known.get("label") == asked["label"]:
            http.delete(f"/rest/api-keys/{known['id']}")
    made = http.post("/rest/api-keys", json=asked)
    if made.is_error:
        raise N8nAway(f"n8n made no API key: {made.text[:200]}")
    key: str = made.json()["data"]["rawApiKey"]
    return key


def _activate(http: httpx.Client, api_key: str) -> None:
    listed = http.get("/api/v1/workflows", params={"limit": 250}, headers=_key(api_key)).json()["data"]
    active = {workflow["id"] for workflow in listed if workflow["active"]}
    for identity in activation_order(shipped()):
        if identity not in active:
            done = http.post(f"/api/v1/workflows/{identity}/activate", headers=_key(api_key))
            if done.is_error:
                raise N8nAway(f"n8n did not activate the workflow {identity}: {done.text[:300]}")


def _key(api_key: str) -> dict[str, str]:
    return {"X-N8N-API-KEY": api_key}
