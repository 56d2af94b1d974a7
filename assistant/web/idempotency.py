"""The same ``Idempotency-Key`` gives the first result again instead of doing the work twice.

Kept in memory: after a restart a repeated load is still harmless, as the same bytes change nothing (``duplicate``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.web.problems import RequestRefused
from assistant.web.recent import Recent

_KEYS, _SECONDS = 1000, 24 * 3600


@dataclass
class _Work:
    fingerprint: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    result: dict[str, Any] | None = None


class IdempotentResults:
    def __init__(self) -> None:
        self._works: Recent[_Work] = Recent(_KEYS, _SECONDS)

    def run(self, key: str | None, fingerprint: str, work: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
        """The result, and whether it is a repeated one. A key in use waits for its result; failed work is done again.

        Raises RequestRefused where the key came with another request before.
        """
        if key is None:
            return work(), False
        entry = self._works.get_or_add(key, lambda: _Work(fingerprint))
        if entry.fingerprint != fingerprint:
            raise RequestRefused("key_reused", "This Idempotency-Key came with another request before: use a new one.")
        with entry.lock:
            if entry.result is not None:
                return entry.result, True
            entry.result = work()
            return entry.result, False
