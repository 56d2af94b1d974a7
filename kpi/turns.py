"""A fair queue: so many at once, the others in the order they came. A plain semaphore lets late callers overtake."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from kpi.cancellation import current
from kpi.errors import QueryTimeout


class Turns:
    """Safe to use from several threads; who waits can be cancelled and gives up after a while."""

    def __init__(self, at_once: int) -> None:
        self._lock = threading.Lock()
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """The block runs when it is our turn. Raises QueryTimeout after waiting so long, or Cancelled."""
        self._wait(seconds)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, seconds: float) -> None:
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return
            ours = threading.Event()
            self._waiting.append(ours)
        try:
            with current().ended_by(ours.set):
                came = ours.wait(seconds)
                current().check()
            if not came:
                raise QueryTimeout(f"Too much is being asked right now: I waited {seconds:g} seconds. Try again soon.")
        except BaseException:
            self._give_up(ours)
            raise

    def _give_up(self, ours: threading.Event) -> None:
        with self._lock:
            if ours in self._waiting:
                self._waiting.remove(ours)
                return
        self._pass_on()  # it had become our turn just now

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
