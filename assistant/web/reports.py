"""What workflows post by themselves: the digest, and alerts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.channels.alerts import evaluate
from assistant.channels.digest import digest
from assistant.web.served import Drawn, Repeatable, Served
from n8n.service import workflows

router = APIRouter(prefix="/api", tags=["Channels"])
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


class Nothing(BaseModel):
    """An empty object."""

    model_config = ConfigDict(extra="forbid")


class PostedAlerts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[str] = Field(max_length=1000, examples=[["cac-up:Meta"]])


@router.post("/digest", summary="The digest")
def the_digest(
    response: Response, assistant: Served, results: Repeatable, pictures: Drawn, body: Nothing, key: Key = None
) -> dict[str, Any]:
    """What `digest.yml` asks, as one message: `post` for Slack, `card` for Teams, and the answers."""
    made, repeated = results.run(_of("digest", key), "digest", lambda: digest(assistant, pictures))
    if repeated:
        response.headers["Idempotency-Replayed"] = "true"
    return made


@router.post("/alerts/evaluate", summary="Which alerts fire now")
def evaluate_alerts(
    response: Response, assistant: Served, results: Repeatable, body: Nothing, key: Key = None
) -> dict[str, Any]:
    """Those of `alerts.yml` that fire and were not posted yet. One that is not confirmed as posted comes again."""
    memory = workflows(assistant.workspace).alerts
    found, repeated = results.run(_of("alerts", key), "alerts", lambda: evaluate(assistant, memory))
    if repeated:
        response.headers["Idempotency-Replayed"] = "true"
    return found


@router.post("/alerts/posted", summary="These alerts were posted")
def alerts_posted(assistant: Served, body: PostedAlerts) -> dict[str, int]:
    """They stay quiet until their condition has ended and comes back."""
    memory = workflows(assistant.workspace).alerts
    return {"posted": sum(memory.was_posted(key) for key in body.keys)}


def _of(what: str, key: str | None) -> str | None:
    return f"{what}:{key}" if key else None
