"""``python -m assistant mcp``: the tools over standard input and output, for assistants that start their servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client
from mcp.server.stdio import stdio_server

from assistant import Assistant
from assistant.mcp.http import PATH
from assistant.mcp.server import LocalTools, Tools, protocol_server
from assistant.terminal.askers import server_of
from kpi.errors import PlatformError, WorkspaceBusy
from kpi.semantic import SemanticModel
from kpi.settings import Settings


class RemoteTools:
    """The tools of the server that holds the workspace: what it says is passed on as it is."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def listed(self) -> list[types.Tool]:
        return (await self._session.list_tools()).tools

    async def called(self, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
        return await self._session.call_tool(name, arguments)


def run(settings: Settings) -> int:
    """Serve until the other side ends. Raises PlatformError where the workspace can't be used and no server answers."""
    asyncio.run(_serve(settings))
    return 0


async def _serve(settings: Settings) -> None:
    async with _tools(settings) as tools, stdio_server() as (read, write):
        server = protocol_server(tools, SemanticModel.load())
        await server.run(read, write, server.create_initialization_options())


@asynccontextmanager
async def _tools(settings: Settings) -> AsyncIterator[Tools]:
    try:
        assistant = Assistant.open(settings.workspace, settings)
    except WorkspaceBusy as busy:
        async with _session(server_of(settings.workspace, busy), settings) as session:
            yield RemoteTools(session)
        return
    try:
        yield LocalTools(assistant)
    finally:
        assistant.close()


@asynccontextmanager
async def _session(url: str, settings: Settings) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"Bearer {settings.api_token}"} if settings.api_token else {}
    patience = httpx.Timeout(2 * settings.query_timeout_seconds + 30, connect=5)
    async with httpx.AsyncClient(headers=headers, timeout=patience, trust_env=False) as client:
        await _check(client, url)
        async with (
            streamable_http_client(f"{url}{PATH}", http_client=client) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            yield session


async def _check(client: httpx.AsyncClient, url: str) -> None:
    """One line for a person, before the protocol begins. Raises PlatformError."""
    try:
        reply = await client.get(f"{url}/api/status")
    except httpx.HTTPError as error:
        raise PlatformError(
            f"The workspace is held by another process, and no server answers at {url}: wait for it, or stop it."
        ) from error
    if reply.status_code == httpx.codes.UNAUTHORIZED:
        raise PlatformError(f"The server at {url} asks for its token: set API_TOKEN to it.")
