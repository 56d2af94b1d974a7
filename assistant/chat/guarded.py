"""What stands between a handler and the person: a calm line and a log entry in place of an exception's text."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from typing import ParamSpec

import chainlit as cl

from assistant.chat.safe_text import plain
from assistant.chat.texts import texts
from kpi import events
from kpi.errors import PlatformError

P = ParamSpec("P")


def safely(handler: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """The handler, whose exceptions Chainlit never sees: it would send their text to the browser."""

    @wraps(handler)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
        except PlatformError as error:
            await cl.ErrorMessage(plain(str(error))).send()
        except Exception as error:
            await _apologise(error)

    return guarded


@asynccontextmanager
async def step(name: str) -> AsyncIterator[cl.Step]:
    """A collapsible step. An exception passes through it without its text being shown, as Chainlit's own would do."""
    failure: Exception | None = None
    async with cl.Step(name=name, type="tool", show_input=False) as shown:
        try:
            yield shown
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure


async def _apologise(error: Exception) -> None:
    number = events.new_id()
    trace = "".join(traceback.format_exception(error))
    events.record("chat_failure", level=logging.ERROR, id=number, trace=trace)
    await cl.ErrorMessage(texts().answer.failed.format(id=number)).send()
