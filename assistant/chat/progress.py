"""A load's progress, told by a worker thread and shown in the name of the step that runs."""

from __future__ import annotations

import asyncio
import time

import chainlit as cl

_SECONDS_BETWEEN = 0.5


class ProgressLine:
    """Call it with a step of the load and its share done (0 to 1), from any thread."""

    def __init__(self, shown: cl.Step) -> None:
        self._shown = shown
        self._name = shown.name
        self._loop = asyncio.get_running_loop()
        self._said_at = time.monotonic()  # a load that ends at once shows no progress

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        if now - self._said_at < _SECONDS_BETWEEN:
            return
        self._said_at = now
        asyncio.run_coroutine_threadsafe(self._say(f"{self._name} · {step} {share:.0%}"), self._loop)

    async def _say(self, text: str) -> None:
        self._shown.name = text
        await self._shown.update()
