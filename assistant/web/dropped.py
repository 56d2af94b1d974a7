"""A client that goes away while its question is being answered: the query ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request

from kpi.cancellation import Cancellation, cancellable


async def ends_with_its_client(request: Request) -> AsyncIterator[None]:
    """Dependency of endpoints whose work is of use only to whoever asked. The endpoint's thread inherits it."""
    with cancellable() as cancellation:
        watching = asyncio.create_task(_watch(request, cancellation))
        try:
            yield
        finally:
            watching.cancel()


async def _watch(request: Request, cancellation: Cancellation) -> None:
    """The body was read before dependencies run, so all that can still come is that the client left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    cancellation.cancel()
