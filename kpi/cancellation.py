"""Stopping work from outside: whoever no longer waits for an answer cancels it, and whatever works on it ends at once.

A surface opens ``cancellable()`` around the work, in the thread or task that starts it (worker threads started with
``asyncio.to_thread`` or by the web framework inherit it), and calls ``cancel()`` from anywhere. Slow work asks
``current()``: it passes ``check()`` between steps, and names in ``ended_by(…)`` what ends a step from outside.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kpi.errors import Cancelled

_AGAIN_SECONDS = 0.1


class Cancellation:
    """One piece of work that may be cancelled; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._endings: list[Callable[[], object]] = []

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Ends what runs now and whatever would begin later. Calling it again changes nothing."""
        with self._lock:
            self._cancelled = True
        self._end()

    def check(self) -> None:
        """Raises Cancelled once the work was cancelled."""
        if self._cancelled:
            raise Cancelled("That was stopped.")

    @contextmanager
    def ended_by(self, end: Callable[[], object]) -> Iterator[None]:
        """While the block runs, ``cancel()`` calls ``end`` (which must return quickly); never after the block."""
        with self._lock:
            self._endings.append(end)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._endings.remove(end)

    def _end(self) -> None:
        """A step that was only about to begin may miss its ending, so it is told again until it is over."""
        with self._lock:
            for end in self._endings:
                end()
            if self._endings:
                again = threading.Timer(_AGAIN_SECONDS, self._end)
                again.daemon = True
                again.start()


_current: ContextVar[Cancellation | None] = ContextVar("cancellation", default=None)


def current() -> Cancellation:
    """The cancellation of the work at hand; one that nobody will ever cancel where no surface opened one."""
    return _current.get() or Cancellation()


@contextmanager
def cancellable() -> Iterator[Cancellation]:
    """Work begun in this block can be cancelled with what this gives."""
    cancellation = Cancellation()
    before = _current.set(cancellation)
    try:
        yield cancellation
    finally:
        _current.reset(before)
