"""What n8n is started with: addresses, schedules and secrets, from the environment or generated and kept.

n8n gets no other variable of ours: its workflows can read its environment.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from kpi.settings import Settings
from n8n.connection import FOLDER, connection, kept_secrets

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "NODE_EXTRA_CA_CERTS", "HTTPS_PROXY", "NO_PROXY")
_QUIET = {
    "N8N_DIAGNOSTICS_ENABLED": "false",
    "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
    "N8N_TEMPLATES_ENABLED": "false",
    "N8N_PERSONALIZATION_ENABLED": "false",
    "N8N_HIRING_BANNER_ENABLED": "false",
    "N8N_DISABLED_MODULES": "mcp-registry",  # it would ask the network at each start
    "N8N_SECURE_COOKIE": "false",
    "N8N_BLOCK_ENV_ACCESS_IN_NODE": "false",  # the workflows take their addresses from the environment
    "EXECUTIONS_DATA_PRUNE": "true",
}


class N8nSettings(BaseSettings):
    """What only n8n and its workflows need; docs/n8n.md lists it."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    n8n_owner_email: str = Field("owner@example.com", description="Login of n8n's owner.")
    n8n_owner_password: SecretStr | None = Field(None, description="Else generated and kept in the workspace.")
    n8n_encryption_key: SecretStr | None = Field(None, description="Else generated and kept in the workspace.")
    app_url: str | None = Field(None, description="Where n8n reaches the app; else the one that holds the workspace.")
    slack_api_url: str = Field("https://slack.com/api", description="Slack's API.")
    slack_bot_token: SecretStr | None = Field(None, description="Bot token of the Slack app (xoxb-…).")
    digest_channel: str = Field("", description="Slack channel of the digest; none if empty.")
    alert_channel: str = Field("", description="Slack channel of alerts and failures; none if empty.")
    import_schedule: str = Field("*/15 * * * *", description="When to look for new files (cron).")
    digest_schedule: str = Field("0 8 * * *", description="When to post the digest (cron).")
    alert_schedule: str = Field("30 7 * * *", description="When to look at the alert rules (cron).")
    n8n_concurrency: int = Field(50, ge=1, description="Runs at a time; others wait, and survive a crash of n8n.")


def variables(settings: Settings, own: N8nSettings, broker_port: int) -> dict[str, str]:
    """The environment of the n8n process. ``broker_port``: a free port that n8n uses inside."""
    folder = settings.workspace.resolve()
    kept, reach = kept_secrets(folder), connection(folder, settings)
    place = urlsplit(reach.url)
    password = bcrypt.hashpw(owner_password(folder, own).encode(), bcrypt.gensalt(10)).decode()
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        **_QUIET,
        "N8N_USER_FOLDER": str(folder / FOLDER),
        "N8N_LISTEN_ADDRESS": place.hostname or "127.0.0.1",
        "N8N_PORT": str(place.port or 5678),
        "N8N_RUNNERS_BROKER_PORT": str(broker_port),
        "WEBHOOK_URL": f"{reach.url}/",
        "N8N_EDITOR_BASE_URL": f"{reach.url}/",
        "N8N_ENCRYPTION_KEY": _secret(own.n8n_encryption_key) or kept["encryption_key"],
        "N8N_INSTANCE_OWNER_MANAGED_BY_ENV": "true",
        "N8N_INSTANCE_OWNER_EMAIL": own.n8n_owner_email,
        "N8N_INSTANCE_OWNER_FIRST_NAME": "Platform",
        "N8N_INSTANCE_OWNER_LAST_NAME": "Owner",
        "N8N_INSTANCE_OWNER_PASSWORD_HASH": password,
        "N8N_RESTRICT_FILE_ACCESS_TO": str(folder / FOLDER / "files"),  # our workflows read no file
        "N8N_CONCURRENCY_PRODUCTION_LIMIT": str(own.n8n_concurrency),
        "GENERIC_TIMEZONE": settings.timezone,
        "N8N_CALLBACK_SECRET": reach.callback_secret,
        "APP_URL": app_url(settings, own),
        "SLACK_API_URL": own.slack_api_url.rstrip("/"),
        "DIGEST_CHANNEL": own.digest_channel,
        "ALERT_CHANNEL": own.alert_channel,
        "IMPORT_SCHEDULE": own.import_schedule,
        "DIGEST_SCHEDULE": own.digest_schedule,
        "ALERT_SCHEDULE": own.alert_schedule,
    }  # fmt: skip


def credentials(settings: Settings, own: N8nSettings) -> list[dict[str, object]]:
    """What n8n imports and encrypts. The workflows know them by these ids."""
    token = connection(settings.workspace.resolve(), settings).webhook_token
    return [
        _header("platform-api", "AI Data Platform", "Authorization", f"Bearer {settings.api_token or 'none'}"),
        _header("slack-bot", "Slack bot", "Authorization", f"Bearer {_secret(own.slack_bot_token) or 'none'}"),
        _header("chat-webhook", "Webhook token", "X-Webhook-Token", token),
    ]


def owner_password(folder: Path, own: N8nSettings) -> str:
    return _secret(own.n8n_owner_password) or kept_secrets(folder)["owner_password"]


def app_url(settings: Settings, own: N8nSettings) -> str:
    if own.app_url:
        return own.app_url.rstrip("/")
    try:
        url: str = json.loads((settings.workspace / "server.json").read_text("utf-8"))["url"]
    except (OSError, ValueError, KeyError, TypeError):
        url = f"http://localhost:{settings.port or 8000}"
    return url.rstrip("/").replace("://localhost", "://127.0.0.1")  # the server listens on IPv4


def _header(identity: str, name: str, header: str, value: str) -> dict[str, object]:
    return {"id": identity, "name": name, "type": "httpHeaderAuth", "data": {"name": header, "value": value}}


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None
