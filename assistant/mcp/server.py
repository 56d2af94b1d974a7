"""The protocol's server: lists the tools and calls them, in this process or at the server that holds the workspace."""

from __future__ import annotations

from typing import Any, Protocol

from mcp import types
from mcp.server.lowlevel import Server

from assistant import Assistant
from assistant.mcp.offered import call_tool, offered_tools
from assistant.workers import in_worker
from kpi.semantic import SemanticModel
from prompts.library import template


class Tools(Protocol):
    """Where the tools are: here (LocalTools), or at a running server (stdio.RemoteTools)."""

    async def listed(self) -> list[types.Tool]: ...

    async def called(self, name: str, arguments: dict[str, Any]) -> Any:
        """A dict of the answer, or a whole CallToolResult. Raises with the one line that the caller reads."""


class LocalTools:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def listed(self) -> list[types.Tool]:
        reads = types.ToolAnnotations(readOnlyHint=True, openWorldHint=False)
        return [
            types.Tool(name=tool.name, description=tool.description, inputSchema=tool.arguments, annotations=reads)
            for tool in offered_tools()
        ]

    async def called(self, name: str, arguments: dict[str, Any]) -> Any:
        return await in_worker(call_tool, self._assistant, name, arguments)


def protocol_server(tools: Tools, model: SemanticModel) -> Server[Any, Any]:
    """A server over ``tools``. Arguments are checked by the tools' own models, whose errors say what to do."""
    server: Server[Any, Any] = Server("ai-data-platform", instructions=_instructions(model))
    server.list_tools()(tools.listed)  # type: ignore[no-untyped-call]
    server.call_tool(validate_input=False)(tools.called)
    return server


def _instructions(model: SemanticModel) -> str:
    metrics = "\n".join(f"- {name}: {metric.description} ({metric.unit})" for name, metric in model.metrics.items())
    return template("mcp/instructions").substitute(metrics=metrics, dimensions=", ".join(model.dimensions))
