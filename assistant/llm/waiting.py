"""Waiting for the network from an ordinary thread: no longer than allowed, and cut off at once where work is stopped.

A blocking read can't be interrupted from outside. An event loop's can: its connection is closed with it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any, TypeVar

from kpi.cancellation import current

T = TypeVar("T")
_GRACE_SECONDS = 0.5  # for closing the connection when time is over


def within(seconds: float, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The result of ``work``. Raises TimeoutError after so many seconds, and Cancelled where the work at hand was."""
    loop, future = asyncio.new_event_loop(), Future[T]()
    task = loop.create_task(asyncio.wait_for(work(), seconds))

    def run() -> None:
        try:
            future.set_result(loop.run_until_complete(task))
        except BaseException as error:
            future.set_exception(error)
        finally:
            loop.close()

    def cut() -> None:
        with suppress(RuntimeError):  # the loop is closed: it was over anyway
            loop.call_soon_threadsafe(task.cancel)

    threading.Thread(target=run, name="language-model", daemon=True).start()
    try:
        with current().ended_by(cut):
            return future.result(timeout=seconds + _GRACE_SECONDS)
    except (asyncio.CancelledError, CancelledError):
        current().check()
        raise TimeoutError from None
