"""Worker threads of the surfaces: nothing heavy runs on the event loop, and who stops waiting stops the work too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

from kpi.cancellation import cancellable

P = ParamSpec("P")
T = TypeVar("T")

# Threads mostly wait: for their turn at the warehouse (kpi/turns.py), or for a model. Work beyond them queues in order.
_WORKERS = ThreadPoolExecutor(max_workers=32, thread_name_prefix="worker")


async def in_worker(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``work``, run in a worker thread. Where the waiting task is cancelled, the work is as well."""
    with cancellable() as cancellation:
        context = copy_context()
        running = asyncio.get_running_loop().run_in_executor(_WORKERS, lambda: context.run(work, *args, **kwargs))
        try:
            return await running
        except asyncio.CancelledError:
            cancellation.cancel()
            raise
