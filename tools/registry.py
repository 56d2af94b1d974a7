"""Finds the tools: every module of this folder that has a ``TOOL``."""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import Any

from pydantic import ValidationError

import tools as package
from kpi.errors import DefinitionError, InvalidQuery
from tools.base import Tool, ToolCall, ToolContext, ToolResult


@lru_cache(maxsize=1)
def all_tools() -> dict[str, Tool[Any]]:
    """Tools by name. Raises DefinitionError where two share one."""
    found: dict[str, Tool[Any]] = {}
    for module in pkgutil.iter_modules(package.__path__):
        tool = getattr(import_module(f"tools.{module.name}"), "TOOL", None)
        if tool is not None and tool.name in found:
            raise DefinitionError(f"Two tools are called {tool.name!r}.")
        if tool is not None:
            found[tool.name] = tool
    return found


def run(call: ToolCall, context: ToolContext) -> ToolResult:
    """Check a call's arguments and run its tool. Raises InvalidQuery for arguments that don't fit."""
    tool = all_tools().get(call.tool)
    if tool is None:
        raise InvalidQuery(f"There is no tool called {call.tool!r}.")
    try:
        arguments = tool.arguments.model_validate(call.arguments)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidQuery(f"{where}: {first['msg']}") from error
    return tool.run(context, arguments)
