"""``python -m n8n.slack_event QUESTION``: post a mention to our n8n as Slack would, signed, to try the Slack bot."""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sys
import time
from uuid import uuid4

from kpi.errors import PlatformError, SettingsError
from kpi.settings import Settings


def signed_event(question: str, channel: str, secret: str, now: float) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a mention, by Slack's rule v0."""
    said = {"type": "app_mention", "user": "U0TRY", "text": question, "ts": f"{now:.6f}", "channel": channel}
    event = {"type": "event_callback", "team_id": "T0TRY", "event_id": f"Ev{uuid4().hex[:12]}", "event": said}
    body, stamp = json.dumps(event).encode(), str(int(now))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": stamp}
    return body, {**headers, "Content-Type": "application/json"}


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 where n8n acknowledged, 1 where it did not."""
    parser = argparse.ArgumentParser(prog="python -m n8n.slack_event", description="Post a signed Slack event to n8n.")
    parser.add_argument("question")
    parser.add_argument("--channel", default="C0TRY", help="channel to ask in (default: C0TRY)")
    chosen = parser.parse_args(arguments)
    try:
        return _post(chosen.question, chosen.channel, Settings.load())
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _post(question: str, channel: str, settings: Settings) -> int:
    import httpx

    if settings.slack_signing_secret is None:
        raise SettingsError("Set SLACK_SIGNING_SECRET to what the app was started with.")
    body, headers = signed_event(question, channel, settings.slack_signing_secret.get_secret_value(), time.time())
    url = f"{settings.n8n_url}/webhook/slack"
    try:
        answer = httpx.post(url, content=body, headers=headers, timeout=10, trust_env=False)
    except httpx.HTTPError as error:
        raise PlatformError(f"n8n does not answer at {settings.n8n_url}: start it with `make n8n`.") from error
    sys.stdout.write(f"n8n acknowledged with {answer.status_code}; the reply goes to Slack's address.\n")
    return 0 if answer.is_success else 1


if __name__ == "__main__":
    raise SystemExit(main())
