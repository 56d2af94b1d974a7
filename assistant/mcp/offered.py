"""Which tools another assistant gets, and what a call gives back: an Answer without the chart, as in the API."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from assistant import Assistant
from assistant.compose import compose
from kpi import events
from kpi.errors import Cancelled, PlatformError
from prompts.library import template, tool_prompts
from tools import registry
from tools.base import Note, Tool, ToolCall, ToolContext

MOST_ROWS = 1000  # what an assistant can read; kpi_daily itself is never the answer to a question
_OWN_WORDS = {"query_kpis": "mcp/query_kpis"}  # there days are days, not words for a reader of dates


@dataclass(frozen=True)
class OfferedTool:
    """Its name, what prompts/ says of it, and the JSON schema of its arguments."""

    name: str
    description: str
    arguments: dict[str, Any]


class CallFailed(PlatformError):
    """The one line that the calling assistant reads; it may call again with it put right."""


def offered_tools() -> list[OfferedTool]:
    """Those that only read. What changes something takes a person's confirmation, which nobody can give here."""
    said = {prompt.name: prompt.body for prompt in tool_prompts()}
    said |= {name: template(place).template for name, place in _OWN_WORDS.items()}
    return [
        OfferedTool(tool.name, said[tool.name], tool.arguments.model_json_schema())
        for tool in registry.all_tools().values()
        if _is_offered(tool) and tool.name in said
    ]


def call_tool(assistant: Assistant, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The answer as plain JSON values. Raises CallFailed, or Cancelled where the caller went away."""
    try:
        answer = _answer(assistant, name, arguments)
    except Cancelled:
        raise
    except PlatformError as error:
        raise CallFailed(str(error)) from error
    except Exception as error:
        number = events.new_id()
        events.record("failure", level=logging.ERROR, id=number, error=repr(error), trace=events.trace(error))
        raise CallFailed(f"Something went wrong on our side (number {number}).") from error
    events.record("mcp_call", tool=name, status=answer["status"], rows=len(answer["rows"]))
    return answer


def _answer(assistant: Assistant, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    tool = registry.all_tools().get(name)
    if tool is None or not _is_offered(tool):
        raise CallFailed(f"There is no tool called {name[:50]!r} here.")
    calendar, shifted = assistant.calendar(None)
    context = ToolContext(assistant.engine, calendar.today)
    answer = compose(registry.run(ToolCall(tool=name, arguments=arguments), context), None, context)
    answer.data_version = answer.data_version or assistant.data_version()
    cut = Note(
        code="rows_cut", text=f"Only the first {MOST_ROWS:,} of {len(answer.rows):,} rows: use limit or filters."
    )
    answer.notes = [*filter(None, [shifted]), *answer.notes, *([cut] if len(answer.rows) > MOST_ROWS else [])]
    answer.rows = answer.rows[:MOST_ROWS]
    return answer.model_dump(mode="json", exclude={"chart", "options", "follow_ups", "timings_ms", "route"})


def _is_offered(tool: Tool[Any]) -> bool:
    return not tool.changes_data and not tool.only_in_conversation
