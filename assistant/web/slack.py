"""Slack, as n8n forwards it: the raw body with its signature. The question becomes a job at once, and is answered next.

n8n is told within milliseconds, so that a burst of events is acknowledged in time; the answer goes back through n8n.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Request

from assistant import Assistant
from assistant.channels.pictures import Pictures
from assistant.channels.rendered import render
from assistant.channels.slack_blocks import escaped
from assistant.channels.slack_events import Asked, check_signature, read
from assistant.channels.wording import wording
from assistant.web.conversations import Conversations
from assistant.web.problems import RequestRefused
from assistant.web.served import Served
from kpi import events
from n8n.jobs import Job
from n8n.service import POST_TO_SLACK, workflows

router = APIRouter(prefix="/api/slack", tags=["Channels"])


@router.post("/events", summary="An event, slash command or click of Slack")
async def slack_event(
    request: Request,
    assistant: Served,
    signature: Annotated[str, Header(alias="X-Slack-Signature", max_length=200)] = "",
    stamp: Annotated[str, Header(alias="X-Slack-Request-Timestamp", max_length=20)] = "",
    forwarded_type: Annotated[str, Header(alias="X-Original-Content-Type", max_length=200)] = "",
) -> dict[str, Any]:
    """Verified over the raw body. Repeats of an event, events of bots and what is not meant for us change nothing.
    The answer is posted by the job."""
    secret = assistant.workspace.settings.slack_signing_secret
    if secret is None:
        raise RequestRefused("not_set_up", "Set SLACK_SIGNING_SECRET to the signing secret of the Slack app.")
    raw = await request.body()
    check_signature(secret.get_secret_value(), stamp, signature, raw, time.time())
    asked = read(forwarded_type or request.headers.get("content-type", ""), raw)
    if asked is None:
        return {"outcome": "ignored", "job": None}
    job, is_new = await run_sync(partial(_ask_for, assistant, asked))
    return {"outcome": "taken" if is_new else "repeated", "job": job.number}


def _ask_for(assistant: Assistant, asked: Asked) -> tuple[Job, bool]:
    """The event's own job: Slack sends an event again where it was not acknowledged in time."""
    key = f"slack:{asked.id}"
    service = workflows(assistant.workspace)
    known = service.store.find(key)
    if known is not None:
        return known, False
    return service.ask_for(
        POST_TO_SLACK,
        {"asked": asdict(asked)},
        title=f"Answer in Slack: {asked.question[:60]}",
        key=key,
        conversation=asked.conversation,
        user=f"slack:{asked.user}",
    )


def answer(assistant: Assistant, talks: Conversations, pictures: Pictures, job: Job) -> dict[str, Any]:
    """What the job posts: the answer, to where it was asked. Run by the dispatcher, once a job."""
    asked = Asked(**job.parameters["asked"])
    settings = assistant.workspace.settings
    if not asked.is_allowed(settings.slack_channels):
        message: dict[str, Any] = {"text": wording().not_here}
    elif not asked.question:
        message = {"text": wording().empty}
    else:
        found, _ = talks.ask(asked.question, asked.conversation, None, user=f"slack:{asked.user}")
        shown = render(found, assistant.workspace.currency, pictures, settings.public_url)
        message = {**shown.model_dump(include={"blocks", "image"}), "text": escaped(shown.text)}
    events.record("slack", job=job.number, channel=asked.channel, user=asked.user, question=asked.question[:200])
    place = {"channel": asked.channel, "thread_ts": asked.thread, "response_url": asked.response_url}
    return {name: value for name, value in {**place, **message}.items() if value is not None}
