"""One job: a workflow that was asked for, by whom, with what, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

State = Literal["proposed", "waiting", "running", "succeeded", "failed", "stopped"]
ACTIVE: tuple[State, ...] = ("waiting", "running")
FINISHED: tuple[State, ...] = ("succeeded", "failed", "stopped")


class Job(BaseModel):
    """``proposed`` waits for a person's yes, ``waiting`` for n8n. Times are seconds since 1970.

    ``key`` is the idempotency key: asking again under it gives this job, and every attempt delivers under it.
    ``due_at`` is when the dispatcher looks at the job next, ``deadline`` when it gives up.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    key: str
    workflow: str
    title: str
    parameters: dict[str, Any]
    state: State
    attempts: int = 0
    execution: str | None = None
    step: str = ""
    reason: str = ""
    result: dict[str, Any] | None = None
    parent: int | None = None
    conversation: str | None = None
    user: str | None = None
    created_at: float
    changed_at: float
    due_at: float
    deadline: float

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def changed(self) -> datetime:
        return datetime.fromtimestamp(self.changed_at, UTC)
