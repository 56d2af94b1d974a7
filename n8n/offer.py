"""The workflows that the chat offers: those tagged ``chat`` in n8n, with their parameters.

What the chat needs to know stands in the notes of the workflow's webhook, as YAML:

    says: [daily import, import]        what people call it
    does: loads what is new             completes 'I will …'
    parameters: {platform: of the rows} optional
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kpi.errors import DefinitionError
from n8n.client import CHAT_TAG

WEBHOOK = "n8n-nodes-base.webhook"


class Offer(BaseModel):
    """``id`` is the workflow's id in n8n and the path of its webhook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    does: str = ""
    says: tuple[str, ...] = ()
    parameters: dict[str, str] = {}


@cache
def shipped() -> list[dict[str, Any]]:
    """The workflows of ``n8n/workflows``, by file name, read once. Not to be changed."""
    folder = resources.files("n8n").joinpath("workflows")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda file: file.name)
    return [json.loads(file.read_text("utf-8")) for file in files]


def is_tagged(workflow: dict[str, Any]) -> bool:
    return CHAT_TAG in [tag.get("name") for tag in workflow.get("tags", [])]


def offer(workflow: dict[str, Any]) -> Offer | None:
    """What the chat may offer of a workflow as n8n describes it; None where it has no webhook to start it.

    Raises DefinitionError where the webhook's notes are not what they should be.
    """
    notes = next((node.get("notes") or "" for node in workflow["nodes"] if _starts(node, workflow["id"])), None)
    if notes is None:
        return None
    try:
        return Offer(id=workflow["id"], title=workflow["name"], **(yaml.safe_load(notes) or {}))
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise DefinitionError(
            f"The notes of the webhook of workflow {workflow['name']!r} don't fit: {error}"
        ) from error


def _starts(node: dict[str, Any], workflow_id: str) -> bool:
    return bool(node["type"] == WEBHOOK and node.get("parameters", {}).get("path") == workflow_id)
