"""What a tool is: a name, an argument model, and a function from a workspace and arguments to a ToolResult.

A tool is one module in this folder with a module-level ``TOOL``; its prompt ``prompts/tools/<name>.md`` says in its
header which phrases call it. Nothing else needs to know the tool: ``tools.registry`` finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from kpi.engine import Engine
from kpi.health import Health
from kpi.query import MetricQuery
from kpi.result import Column
from kpi.semantic import SemanticModel
from kpi.workspace import Workspace


class Note(BaseModel):
    """A remark on data health or an assumption; ``code`` is stable, ``text`` is for people."""

    model_config = ConfigDict(frozen=True)

    code: str
    text: str


class Option(BaseModel):
    """A chip: what it says, and the question it asks when chosen."""

    model_config = ConfigDict(frozen=True)

    label: str
    question: str


class ToolArguments(BaseModel):
    """Base of all argument models: unknown arguments are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class ToolContext:
    """What a tool may use: the metric layer over the open workspace, the day that counts as today, and who asks.

    ``conversation``: an id, for what goes on after the answer.
    """

    engine: Engine
    today: date
    user: str | None = None
    conversation: str | None = None

    @property
    def workspace(self) -> Workspace:
        return self.engine.workspace

    @property
    def model(self) -> SemanticModel:
        return self.engine.model


@dataclass(frozen=True)
class ToolResult:
    """A tool's part of an answer. A metric tool leaves ``text`` empty: the assistant words results of queries."""

    kind: str
    status: Literal["answered", "needs_clarification", "cannot_answer", "message", "error"] = "answered"
    text: str = ""
    interpretation: str = ""
    query: MetricQuery | None = None
    sql: str | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    notes: tuple[Note, ...] = ()
    options: tuple[Option, ...] = ()
    follow_ups: tuple[Option, ...] = ()
    health: Health | None = None
    data_version: str = ""


A = TypeVar("A", bound=ToolArguments)


@dataclass(frozen=True)
class Tool(Generic[A]):
    """``changes_data`` tools run only after the person confirmed; other assistants get neither those nor small talk."""

    name: str
    arguments: type[A]
    run: Callable[[ToolContext, A], ToolResult]
    changes_data: bool = False
    only_in_conversation: bool = False


class ToolCall(BaseModel):
    """What rules and language model both produce: a tool's name and its arguments, nothing else."""

    model_config = ConfigDict(frozen=True)

    tool: str
    arguments: dict[str, Any] = {}
