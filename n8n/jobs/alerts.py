"""Which alerts were posted, so that each is posted once. Keys are ``<rule>:<member>``."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from n8n.jobs.database import prepared, transaction


class AlertMemory:
    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = prepared(folder)
        self._clock = clock

    def claim(self, key: str, seconds: float) -> bool:
        """True for the one caller who is to post the alert now. A claim that is not confirmed lapses after a while."""
        now = self._clock()
        with transaction(self._path) as database:
            claimed = database.execute(
                "INSERT INTO alerts (key, claimed_until) VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
                " SET claimed_until = excluded.claimed_until WHERE posted = 0 AND claimed_until <= ?",
                (key, now + seconds, now),
            )
            return claimed.rowcount == 1

    def was_posted(self, key: str) -> bool:
        """Note that it was. False where no such alert fired."""
        with transaction(self._path) as database:
            return database.execute("UPDATE alerts SET posted = 1 WHERE key = ?", (key,)).rowcount == 1

    def rearm(self, rule: str, firing: Sequence[str]) -> None:
        """Alerts of the rule that fire no more may fire again later."""
        marks = ", ".join("?" * len(firing))
        with transaction(self._path) as database:
            statement = f"DELETE FROM alerts WHERE substr(key, 1, ?) = ? AND key NOT IN ({marks})"  # noqa: S608
            database.execute(statement, (len(rule) + 1, f"{rule}:", *firing))
