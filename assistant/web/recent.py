"""A bounded memory: the newest entries by key, forgotten after a while without use. Safe to share between threads."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """Keeps at most ``size`` values; one not asked for in ``seconds`` is gone, as is the least recently used."""

    def __init__(self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, tuple[float, V]] = OrderedDict()

    def get_or_add(self, key: str, make: Callable[[], V]) -> V:
        with self._lock:
            now = self._clock()
            self._forget(now)
            value = self._entries[key][1] if key in self._entries else make()
            self._entries[key] = (now, value)
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
            return value

    def _forget(self, now: float) -> None:
        """Entries stand in the order of their last use, so the stale ones come first."""
        while self._entries and now - next(iter(self._entries.values()))[0] > self._seconds:
            self._entries.popitem(last=False)
