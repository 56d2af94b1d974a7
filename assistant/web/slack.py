"""Slack, as n8n forwards it: the raw body with its signature. The answer goes back as a job that n8n posts."""

from __future__ import annotations

import time
from functools import partial
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Request

from assistant import Assistant
from assistant.channels.rendered import render
from assistant.channels.slack_blocks import escaped
from assistant.channels.slack_events import Asked, check_signature, read
from assistant.channels.wording import wording
from assistant.web.conversations import Conversations
from assistant.web.problems import RequestRefused
from assistant.web.served import Drawn, Repeatable, Served, Talks
from kpi import events
from n8n.service import POST_TO_SLACK, workflows

router = APIRouter(prefix="/api/slack", tags=["Channels"])
Outcome = dict[str, Any]


@router.post("/events", summary="An event, slash command or click of Slack")
async def slack_event(
    request: Request,
    assistant: Served,
    talks: Talks,
    results: Repeatable,
    pictures: Drawn,
    signature: Annotated[str, Header(alias="X-Slack-Signature", max_length=200)] = "",
    stamp: Annotated[str, Header(alias="X-Slack-Request-Timestamp", max_length=20)] = "",
) -> Outcome:
    """Verified over the raw body. Repeats of an event, events of bots and what is not meant for us change nothing."""
    secret = assistant.workspace.settings.slack_signing_secret
    if secret is None:
        raise RequestRefused("not_set_up", "Set SLACK_SIGNING_SECRET to the signing secret of the Slack app.")
    raw = await request.body()
    check_signature(secret.get_secret_value(), stamp, signature, raw, time.time())
    asked = read(request.headers.get("content-type", ""), raw)
    if asked is None:
        return {"outcome": "ignored", "job": None}
    known = await run_sync(workflows(assistant.workspace).store.find, _key(asked))
    if known is not None:
        return {"outcome": "repeated", "job": known.number}
    work = partial(_answer, assistant, talks, pictures, asked)
    outcome, repeated = await run_sync(partial(results.run, _key(asked), asked.id, work))
    return {**outcome, "outcome": "repeated"} if repeated else outcome


def _answer(assistant: Assistant, talks: Conversations, pictures: Drawn, asked: Asked) -> Outcome:
    """The job that posts the answer to where it was asked."""
    settings = assistant.workspace.settings
    if not asked.is_allowed(settings.slack_channels):
        message: dict[str, Any] = {"text": wording().not_here}
    elif not asked.question:
        message = {"text": wording().empty}
    else:
        answer, _ = talks.ask(asked.question, asked.conversation, None, user=f"slack:{asked.user}")
        shown = render(answer, assistant.workspace.currency, pictures, settings.public_url)
        message = {**shown.model_dump(include={"blocks", "image"}), "text": escaped(shown.text)}
    place = {"channel": asked.channel, "thread_ts": asked.thread, "response_url": asked.response_url}
    parameters = {name: value for name, value in {**place, **message}.items() if value is not None}
    job, _ = workflows(assistant.workspace).ask_for(
        POST_TO_SLACK,
        parameters,
        title=f"Answer in Slack: {asked.question[:60]}",
        key=_key(asked),
        conversation=asked.conversation,
        user=f"slack:{asked.user}",
    )
    events.record("slack", job=job.number, channel=asked.channel, user=asked.user, question=asked.question[:200])
    return {"outcome": "answered", "job": job.number}


def _key(asked: Asked) -> str:
    return f"slack:{asked.id}"
