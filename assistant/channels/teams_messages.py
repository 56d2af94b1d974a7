"""What a Teams outgoing webhook sends: a mention in a public channel, signed over the raw body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import html
import json
import re
from dataclasses import dataclass
from datetime import datetime

from kpi.errors import SignatureRefused
from n8n.signing import WINDOW_SECONDS

_AT = re.compile(r"<at[^>]*>.*?</at>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class TeamsQuestion:
    """``conversation`` is the thread it stands in."""

    id: str
    channel: str
    conversation: str
    user: str
    question: str


def check_signature(secret: str, authorization: str, body: bytes) -> None:
    """``HMAC <base64 of HMAC-SHA256>`` by the webhook's security token. Raises SignatureRefused."""
    try:
        key = base64.b64decode(secret, validate=True)
    except binascii.Error as error:
        raise SignatureRefused("TEAMS_SECRET is not the security token that Teams showed.") from error
    expected = base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode()
    if not hmac.compare_digest(f"HMAC {expected}".encode(), authorization.encode()):
        raise SignatureRefused("The Teams signature does not fit.")


def read(body: bytes, now: float) -> TeamsQuestion | None:
    """None for what is no message of a person. Raises SignatureRefused for one that was sent long ago."""
    try:
        activity = json.loads(body)
        if activity["type"] != "message" or activity["from"].get("role") == "bot":
            return None
        sent = datetime.fromisoformat(activity["timestamp"]).timestamp()
        question = TeamsQuestion(
            id=activity["id"],
            channel=activity.get("channelData", {}).get("channel", {}).get("id", ""),
            conversation=activity["conversation"]["id"],
            user=activity["from"]["id"],
            question=_plain(activity.get("text", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if abs(now - sent) > WINDOW_SECONDS:
        raise SignatureRefused("This Teams message was sent more than five minutes ago.")
    return question


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", _AT.sub(" ", text))).split())
