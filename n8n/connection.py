"""Where n8n is and what opens it: from the settings, else generated once and kept in the workspace for its owner alone.

<workspace>/n8n/secrets.json   mode 0600; the app and `make n8n` read the same file, whichever comes first writes it
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from kpi.errors import WorkspaceError
from kpi.settings import Settings

FOLDER = "n8n"
_GENERATED = ("webhook_token", "callback_secret", "encryption_key", "owner_password")
API_KEY = "api_key"


@dataclass(frozen=True)
class Connection:
    """``api_key`` is None until n8n was set up: workflows can be triggered without it, but not listed or stopped."""

    url: str
    webhook_token: str
    callback_secret: str
    api_key: str | None


def connection(workspace: Path, settings: Settings) -> Connection:
    """As it is now: read again for each use, because `make n8n` may have been run meanwhile."""
    kept = kept_secrets(workspace)
    said = settings.n8n_api_key, settings.n8n_webhook_token, settings.n8n_callback_secret
    api_key, token, secret = (one.get_secret_value() if one else None for one in said)
    return Connection(
        settings.n8n_url.rstrip("/"),
        token or kept["webhook_token"],
        secret or kept["callback_secret"],
        api_key or kept.get(API_KEY),
    )


def kept_secrets(workspace: Path) -> dict[str, str]:
    """The generated secrets by name. Raises WorkspaceError where the file can't be read."""
    file = _file(workspace)
    if not file.exists():
        _create(file, {name: secrets.token_urlsafe(32) for name in _GENERATED})
    try:
        kept = json.loads(file.read_text("utf-8"))
        return {str(name): str(value) for name, value in kept.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise WorkspaceError(f"{file} can't be read: remove it, and it is made anew.") from error


def keep_secret(workspace: Path, name: str, value: str) -> None:
    """Add a secret to the file, whole or not at all."""
    kept = kept_secrets(workspace) | {name: value}
    file = _file(workspace)
    fresh = file.with_suffix(f".{secrets.token_hex(4)}")
    _create(fresh, kept)
    fresh.replace(file)


def _file(workspace: Path) -> Path:
    return workspace / FOLDER / "secrets.json"


def _create(file: Path, values: dict[str, str]) -> None:
    """Where two processes create it at once, the first wins and the other reads what it wrote."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = file.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(values, out, indent=1)
    try:
        os.link(whole, file)
    except FileExistsError:
        pass
    finally:
        whole.unlink()
