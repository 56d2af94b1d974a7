"""What n8n reports of a job: it started, goes on, ended, got lost. The body of a callback, and what it changes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kpi import events
from n8n.jobs.job import Job
from n8n.jobs.store import JobStore

_LONGEST = 500


class Report(BaseModel):
    """``job`` is missing where only n8n's error workflow speaks, which knows nothing but the execution."""

    model_config = ConfigDict(extra="forbid")

    event: Literal["started", "progress", "succeeded", "failed", "lost"]
    job: int | None = Field(None, ge=1, le=2**62, examples=[12])
    attempt: int | None = Field(None, ge=1, le=1000)
    execution: str | None = Field(None, max_length=100, examples=["231"])
    step: str = Field("", max_length=_LONGEST, examples=["loading the file"])
    reason: str = Field("", max_length=4 * _LONGEST)
    result: dict[str, Any] | None = Field(None, description="Of an ingest: the report of the load.")


def receive(store: JobStore, report: Report, silence: float) -> Job | None:
    """The job as it is after the report; None where the report belongs to none of ours."""
    job = _job(store, report)
    if job is None:
        return None
    if report.event == "succeeded":
        changed = store.succeed(job.number, report.result or {})
    elif report.event == "failed":
        changed = _fail(store, job, report)
    elif report.event == "lost":  # n8n was killed in the middle of it
        changed = store.postpone(job.number, 0, state="waiting")
    else:
        changed = store.hear(job.number, silence, execution=report.execution, step=report.step)
    events.record("job_report", job=job.number, reported=report.event, step=report.step[:80], changed=changed)
    return store.get(job.number)


def _fail(store: JobStore, job: Job, report: Report) -> bool:
    """Of an attempt that another one has followed, a failure doesn't count."""
    if report.attempt is not None and report.attempt < job.attempts:
        return False
    reason = report.reason or "no reason was given"
    return store.fail(job.number, step=report.step, reason=reason, result=report.result)


def _job(store: JobStore, report: Report) -> Job | None:
    if report.job is not None:
        return store.get(report.job)
    return store.of_execution(report.execution) if report.execution else None
