"""Who may chat: names and bcrypt hashes of ``CHAT_USERS``, tried at most a few times a name and quarter of an hour."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import bcrypt

from kpi import events
from kpi.settings import Settings

_SECRET_FILE = "chat_secret"  # noqa: S105 - the name of the file, not the secret
_LONGEST_PASSWORD = 72  # bytes; bcrypt reads no further, so a longer one is refused instead of cut
_TRIES = 5
_WINDOW_SECONDS = 15 * 60
_MOST_NAMES = 10_000  # a guesser who makes up names fills no more memory than this


def is_asked(settings: Settings) -> bool:
    return bool(settings.api_token or settings.chat_users)


def secret(folder: Path, settings: Settings) -> str:
    """What signs the login cookies: random, kept in the workspace for its owner alone, and mixed with the users.

    So a restart keeps people logged in, and a changed or removed user is logged out by it.
    """
    path = folder / _SECRET_FILE
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    users = repr(sorted(settings.chat_users.items()))
    return hmac.new(path.read_bytes(), users.encode(), hashlib.sha256).hexdigest()


class Login:
    """Checks passwords; slow by design (bcrypt), so call it in a worker thread."""

    def __init__(self, users: dict[str, str], clock: Callable[[], float] = time.monotonic) -> None:
        self._hashes = {name: hashed.encode() for name, hashed in users.items()}
        self._nobody = bcrypt.hashpw(secrets.token_bytes(16), bcrypt.gensalt())  # an unknown name takes as long
        self._clock = clock
        self._failures: dict[str, list[float]] = {}

    def admits(self, name: str, password: str) -> bool:
        """True for a known name with its password, unless the name failed too often of late."""
        if len(self._recent(name)) >= _TRIES:
            events.record("chat_login", user=name[:80], outcome="too_many_tries")
            return False
        admitted = self._fits(name, password)
        if admitted:
            self._failures.pop(name, None)
        else:
            self._note_failure(name)
        events.record("chat_login", user=name[:80], outcome="admitted" if admitted else "refused")
        return admitted

    def _fits(self, name: str, password: str) -> bool:
        typed = password.encode()
        hashed = self._hashes.get(name, self._nobody)
        try:
            return bcrypt.checkpw(typed[:_LONGEST_PASSWORD], hashed) and len(typed) <= _LONGEST_PASSWORD
        except ValueError:  # a hash in the configuration is not one, or the password holds a NUL
            return False

    def _recent(self, name: str) -> list[float]:
        return [moment for moment in self._failures.get(name, ()) if self._clock() - moment < _WINDOW_SECONDS]

    def _note_failure(self, name: str) -> None:
        if len(self._failures) >= _MOST_NAMES:
            self._failures.pop(next(iter(self._failures)))
        self._failures[name] = [*self._recent(name), self._clock()]
