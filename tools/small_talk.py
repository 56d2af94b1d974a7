"""Greetings, thanks and help: the messages that ask for no data."""

from __future__ import annotations

from typing import Literal

from prompts.library import tool_prompts
from tools.base import Option, Tool, ToolArguments, ToolContext, ToolResult

_TEXTS = {
    "greeting": "Hello! Ask me about your campaigns: a figure, a period, a breakdown. For example:",
    "thanks": "You're welcome. Ask on whenever you like.",
    "bye": "Goodbye. Your data stays where it is.",
}
_EXAMPLES = (
    "Compare CAC and ROAS for the last 30 days vs the prior 30 days",
    "Spend by platform last month",
    "Which campaign got worse?",
    "What data do we have?",
)


class SmallTalk(ToolArguments):
    about: Literal["greeting", "thanks", "bye", "help"]


def small_talk(context: ToolContext, arguments: SmallTalk) -> ToolResult:
    text = _TEXTS.get(arguments.about) or _help(context)
    examples = () if arguments.about in {"thanks", "bye"} else _EXAMPLES
    return ToolResult(
        kind="message", status="message", text=text, follow_ups=tuple(Option(label=e, question=e) for e in examples)
    )


def _help(context: ToolContext) -> str:
    metrics = ", ".join(metric.label for metric in context.model.metrics.values())
    dimensions = ", ".join(d.label.lower() for d in context.model.dimensions.values())
    can = " ".join(prompt.summary for prompt in tool_prompts() if prompt.name != "small_talk")
    return f"{can} Metrics: {metrics}. Break down and filter by {dimensions}, in any period, against any other."


TOOL = Tool(name="small_talk", arguments=SmallTalk, run=small_talk, only_in_conversation=True)
