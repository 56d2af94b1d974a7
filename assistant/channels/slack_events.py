"""What Slack sends: a mention, a direct message, a slash command, a click on a button; all else is not for us."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from kpi.errors import SignatureRefused
from n8n.signing import is_current

_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:[^|>]+\|)?([^>]+)>")
DIRECT = "direct"  # in the list of channels: direct messages are answered


@dataclass(frozen=True)
class Asked:
    """A question from Slack. ``thread`` is where the answer goes, or the channel itself; ``id`` names the event.

    A slash command is answered at its ``response_url``, to the asker alone.
    """

    id: str
    team: str
    channel: str
    user: str
    question: str
    thread: str | None = None
    response_url: str | None = None
    is_direct: bool = False

    @property
    def conversation(self) -> str:
        """One a thread; of slash commands, one a person and channel."""
        place = self.thread or (self.user if self.response_url else "all")
        return f"slack:{self.team}:{self.channel}:{place}"

    def is_allowed(self, channels: tuple[str, ...]) -> bool:
        return not channels or (DIRECT if self.is_direct else self.channel) in channels


def check_signature(secret: str, stamp: str, given: str, body: bytes, now: float) -> None:
    """Slack's rule v0: HMAC-SHA256 over ``v0:<stamp>:<body>``, five minutes. Raises SignatureRefused."""
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(f"v0={digest}".encode(), given.encode()):
        raise SignatureRefused("The Slack signature does not fit.")
    if not is_current(stamp, now):
        raise SignatureRefused("The Slack time stamp is more than five minutes away.")


def read(content_type: str, body: bytes) -> Asked | None:
    """The question in a request of Slack; None where there is none for us (bots above all: they would loop)."""
    try:
        if content_type.startswith("application/json"):
            return _event(json.loads(body))
        fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        return _click(json.loads(fields["payload"])) if "payload" in fields else _command(fields)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def _event(payload: dict[str, Any]) -> Asked | None:
    event = payload["event"]
    is_direct = event.get("channel_type") == "im"
    is_ours = event["type"] == "app_mention" or (event["type"] == "message" and is_direct)
    if payload["type"] != "event_callback" or not is_ours or _is_of_a_bot(payload, event):
        return None
    return Asked(
        id=payload["event_id"],
        team=payload.get("team_id", ""),
        channel=event["channel"],
        user=event["user"],
        question=_plain(event.get("text", "")),
        thread=event.get("thread_ts") or (None if is_direct else event["ts"]),
        is_direct=is_direct,
    )


def _is_of_a_bot(payload: dict[str, Any], event: dict[str, Any]) -> bool:
    ourselves = {one.get("user_id") for one in payload.get("authorizations", []) if one.get("is_bot")}
    return bool(event.get("bot_id") or event.get("subtype") or event.get("user") in ourselves)


def _command(fields: dict[str, str]) -> Asked:
    return Asked(
        id=fields["trigger_id"],
        team=fields.get("team_id", ""),
        channel=fields["channel_id"],
        user=fields["user_id"],
        question=_plain(fields.get("text", "")),
        response_url=fields["response_url"],
        is_direct=fields.get("channel_name") == "directmessage",
    )


def _click(payload: dict[str, Any]) -> Asked | None:
    if payload["type"] != "block_actions":
        return None
    message, container = payload.get("message", {}), payload.get("container", {})
    only_for_one = bool(container.get("is_ephemeral"))
    channel = payload["channel"]["id"]
    is_direct = payload["channel"].get("name") == "directmessage"
    top = None if is_direct else message.get("ts")
    return Asked(
        id=f"{payload['trigger_id']}",
        team=payload.get("team", {}).get("id", ""),
        channel=channel,
        user=payload["user"]["id"],
        question=str(payload["actions"][0]["value"]),
        thread=None if only_for_one else message.get("thread_ts") or top,
        response_url=payload["response_url"] if only_for_one else None,
        is_direct=is_direct,
    )


def _plain(text: str) -> str:
    """As it was typed: without the mention of us, links by their label, and Slack's three escapes undone."""
    return html.unescape(_LINK.sub(r"\1", _MENTION.sub(" ", text))).strip()
