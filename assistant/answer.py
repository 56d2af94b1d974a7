"""The answer that every surface shows. Its shape is a contract (docs/contracts.md)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from kpi.query import MetricQuery
from kpi.result import Column
from tools.base import Note, Option

Status = Literal["answered", "needs_clarification", "cannot_answer", "message", "error"]
Kind = Literal[
    "metrics", "define", "data_status", "ingest", "workflow", "sql", "explain", "forecast", "anomalies", "message"
]


class Timings(BaseModel):
    """Milliseconds of wall clock."""

    understand: float = 0
    query: float = 0
    total: float = 0


class Edit(BaseModel):
    """A chip that changes one part of the question; ``question`` leans on it as a typed follow-up would."""

    model_config = ConfigDict(frozen=True)

    part: Literal["breakdown", "grain", "filter", "condition", "period", "comparison", "limit"]
    label: str
    question: str


class Answer(BaseModel):
    """What was asked, as understood, and what the data says. Rows hold unrounded numbers and ISO dates."""

    model_config = ConfigDict(extra="forbid")

    id: str = ""
    status: Status
    kind: Kind
    text: str
    interpretation: str = ""
    query: MetricQuery | None = None
    sql: str | None = None
    columns: list[Column] = []
    rows: list[dict[str, Any]] = []
    chart: dict[str, Any] | None = None
    notes: list[Note] = []
    options: list[Option] = []
    follow_ups: list[Option] = []
    edits: list[Edit] = []
    route: Literal["rules", "llm"] = "rules"
    data_version: str = ""
    timings_ms: Timings = Timings()
