"""The workflow files by themselves: whole, without secrets, reaching only what the environment names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from n8n.offer import is_tagged, offer
from n8n.start.setup import activation_order
from n8n.start.surroundings import credentials, variables

FOLDER = Path(__file__).resolve().parents[2] / "n8n" / "workflows"
FILES = sorted(FOLDER.glob("*.json"))
WORKFLOWS = [json.loads(file.read_text("utf-8")) for file in FILES]
KNOWN = {
    f"n8n-nodes-base.{name}"
    for name in (
        *("webhook", "respondToWebhook", "httpRequest", "if", "set", "wait", "crypto", "merge", "stopAndError"),
        *("scheduleTrigger", "errorTrigger", "executeWorkflow", "executeWorkflowTrigger", "stickyNote"),
    )
}
PROMISED = {"ingest-file", "scheduled-ingest", "slack-bot", "teams-bot", "daily-digest", "kpi-alert", "on-error"}
each = pytest.mark.parametrize("workflow", WORKFLOWS, ids=[file.stem for file in FILES])


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def nodes(workflow: dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
    return [node for node in workflow["nodes"] if node["type"].endswith(kind)]


def test_every_promised_workflow_is_there() -> None:
    assert {workflow["id"] for workflow in WORKFLOWS} >= PROMISED


def test_ids_and_webhook_paths_are_unique() -> None:
    ids = [workflow["id"] for workflow in WORKFLOWS] + [node["id"] for w in WORKFLOWS for node in w["nodes"]]
    assert len(ids) == len(set(ids))
    paths = [node["parameters"]["path"] for w in WORKFLOWS for node in nodes(w, ".webhook")]
    assert len(paths) == len(set(paths))


@each
def test_it_is_named_for_its_file_and_inactive(workflow: dict[str, Any]) -> None:
    assert (FOLDER / f"{workflow['id']}.json").exists()
    assert workflow["active"] is False, "n8n imports it inactive; make n8n activates it"


@each
def test_it_uses_known_nodes_that_are_connected(workflow: dict[str, Any]) -> None:
    assert {node["type"] for node in workflow["nodes"]} <= KNOWN
    names = {node["name"] for node in workflow["nodes"]}
    assert len(names) == len(workflow["nodes"])
    targets = {step["node"] for outs in workflow["connections"].values() for out in outs["main"] for step in out}
    assert targets | set(workflow["connections"]) <= names
    starts = {
        node["name"] for node in workflow["nodes"] if re.search(r"[tT]rigger$|\.webhook$|stickyNote$", node["type"])
    }
    assert names - targets - starts == set(), "every step is reached"


@each
def test_it_names_only_steps_that_exist(workflow: dict[str, Any]) -> None:
    names = {node["name"] for node in workflow["nodes"]}
    for text in texts([node["parameters"] for node in workflow["nodes"]]):
        assert set(re.findall(r"\$\('([^']+)'\)", text)) <= names


@each
def test_no_expression_ends_before_it_should(workflow: dict[str, Any]) -> None:
    """n8n ends an expression at the first two closing braces: those of an object would cut it off."""
    for text in texts([node["parameters"] for node in workflow["nodes"] if not node["type"].endswith("stickyNote")]):
        if text.startswith("={{"):
            assert text.count("{{") == text.count("}}"), text


@each
def test_every_address_comes_from_the_environment(workflow: dict[str, Any]) -> None:
    for node in nodes(workflow, ".httpRequest"):
        url = node["parameters"]["url"]
        assert url.startswith(("={{ $env.", "={{ $('Message').item.json.response_url", "={{ $json.upload_url")), url
    for node in workflow["nodes"]:
        if not node["type"].endswith("stickyNote"):
            assert not re.search(r"https?://|localhost|127\.0\.0\.1", json.dumps(node)), node["name"]


@each
def test_it_holds_no_secret(workflow: dict[str, Any]) -> None:
    whole = json.dumps(workflow)
    assert not re.search(r"xox[abp]-|Bearer |[A-Za-z0-9+/]{40,}", whole)
    assert '"data"' not in json.dumps([node.get("credentials", {}) for node in workflow["nodes"]])


@each
def test_a_note_explains_it(workflow: dict[str, Any]) -> None:
    notes = nodes(workflow, "stickyNote")
    assert any(workflow["name"] in note["parameters"]["content"] for note in notes)


@each
def test_its_variables_and_credentials_are_set_by_make_n8n(workflow: dict[str, Any], tmp_path: Path) -> None:
    from kpi.settings import Settings
    from n8n.start.surroundings import N8nSettings

    settings, own = Settings(_env_file=None, workspace=tmp_path), N8nSettings(_env_file=None)
    known = variables(settings, own, 1)
    assert set(re.findall(r"\$env\.([A-Z0-9_]+)", json.dumps(workflow))) <= set(known)
    made = {one["id"] for one in credentials(settings, own)}
    used = {used["id"] for node in workflow["nodes"] for used in node.get("credentials", {}).values()}
    assert used <= made


@each
def test_what_fails_is_told(workflow: dict[str, Any]) -> None:
    """The error workflow itself, and what it calls, must not call it again: that would go round in circles."""
    quiet = {"on-error", "report", "slack-post", "call-app"}
    assert (workflow["settings"].get("errorWorkflow") == "on-error") == (workflow["id"] not in quiet)


@each
def test_webhooks_ask_for_our_token_unless_the_caller_signs(workflow: dict[str, Any]) -> None:
    for node in nodes(workflow, ".webhook"):
        signs = node["parameters"]["path"] in {"slack", "teams"}
        assert (node["parameters"].get("authentication") == "headerAuth") != signs
        assert node["parameters"]["options"].get("rawBody", False) == signs, "signatures are over the raw body"


def test_what_is_tagged_for_the_chat_can_be_offered() -> None:
    offers = [offer(workflow) for workflow in WORKFLOWS if is_tagged(workflow)]
    assert all(one is not None and one.does for one in offers)
    assert {one.id for one in offers if one} == {"ingest-file", "scheduled-ingest", "daily-digest"}


def test_workflows_that_others_call_are_activated_first() -> None:
    order = activation_order(WORKFLOWS)
    assert len(order) == len(WORKFLOWS)
    for workflow in WORKFLOWS:
        for node in nodes(workflow, ".executeWorkflow"):
            assert order.index(node["parameters"]["workflowId"]["value"]) < order.index(workflow["id"])


def test_the_docs_list_every_setting_of_n8n() -> None:
    from n8n.start.surroundings import N8nSettings

    docs = (FOLDER.parents[1] / "docs" / "n8n.md").read_text("utf-8")
    for name, field in N8nSettings.model_fields.items():
        shown = "" if field.default in (None, "") else f"`{field.default}`"
        assert f"| `{name.upper()}` | {shown} | {field.description} |" in docs, name
