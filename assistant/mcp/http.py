"""Streamable HTTP at /mcp. Who may call is decided before it, by ``assistant/web/access.py``, as for the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant import Assistant
from assistant.mcp.server import LocalTools, protocol_server

PATH = "/mcp"


class Endpoint:
    """An ASGI application. Each request stands for itself, so that nothing is kept for callers who never come back."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._requests: StreamableHTTPSessionManager | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._requests, "the application's lifespan runs it"
        await self._requests.handle_request(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        server = protocol_server(LocalTools(self._assistant), self._assistant.model)
        self._requests = StreamableHTTPSessionManager(server, json_response=True, stateless=True)
        async with self._requests.run():
            yield


def add_mcp(app: FastAPI, assistant: Assistant) -> None:
    """Serve the tools at /mcp for as long as the application runs."""
    endpoint = Endpoint(assistant)
    app.router.routes.append(Route(PATH, endpoint, methods=["GET", "POST", "DELETE"], include_in_schema=False))
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with inner(running) as state, endpoint.running():
            yield state

    app.router.lifespan_context = lifespan
