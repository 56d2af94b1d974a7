"""Teams, as n8n forwards it: answered in the response itself, within the few seconds that Teams waits."""

from __future__ import annotations

import time
from functools import partial
from typing import Annotated, Any

from anyio import fail_after
from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Request

from assistant import Assistant
from assistant.channels import teams_card
from assistant.channels.rendered import render
from assistant.channels.teams_messages import TeamsQuestion, check_signature, read
from assistant.channels.wording import wording
from assistant.web.conversations import Conversations
from assistant.web.problems import RequestRefused
from assistant.web.served import Drawn, Repeatable, Served, Talks

router = APIRouter(prefix="/api/teams", tags=["Channels"])
_SECONDS = 4.0  # Teams gives up after five
Message = dict[str, Any]


@router.post("/messages", summary="A message of a Teams outgoing webhook")
async def teams_message(
    request: Request,
    assistant: Served,
    talks: Talks,
    results: Repeatable,
    pictures: Drawn,
    authorization: Annotated[str, Header(alias="X-Teams-Authorization", max_length=200)] = "",
) -> Message:
    """The `Authorization` of Teams comes as `X-Teams-Authorization`, verified over the raw body. Gives the reply."""
    secret = assistant.workspace.settings.teams_secret
    if secret is None:
        raise RequestRefused("not_set_up", "Set TEAMS_SECRET to the security token of the outgoing webhook.")
    raw = await request.body()
    check_signature(secret.get_secret_value(), authorization, raw)
    asked = read(raw, time.time())
    if asked is None:
        return teams_card.plain(wording().empty)
    work = partial(results.run, f"teams:{asked.id}", asked.id, partial(_answer, assistant, talks, pictures, asked))
    try:
        with fail_after(_SECONDS):
            reply, _ = await run_sync(work, abandon_on_cancel=True)
    except TimeoutError:
        return teams_card.plain(wording().too_slow)
    return reply


def _answer(assistant: Assistant, talks: Conversations, pictures: Drawn, asked: TeamsQuestion) -> Message:
    settings = assistant.workspace.settings
    if settings.teams_channels and asked.channel not in settings.teams_channels:
        return teams_card.plain(wording().not_here)
    if not asked.question:
        return teams_card.plain(wording().empty)
    answer, _ = talks.ask(asked.question, f"teams:{asked.conversation}", None, user=f"teams:{asked.user}")
    shown = render(answer, assistant.workspace.currency, pictures, settings.public_url)
    return teams_card.message(shown.card, answer.text)
