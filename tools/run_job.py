"""Runs a job that was proposed, or tries a failed one again: the person's yes."""

from __future__ import annotations

from pydantic import Field

from kpi.errors import UnknownJob
from kpi.result import Column
from n8n.jobs import Job
from n8n.service import workflows
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult
from tools.trigger_workflow import KIND, N8N_AWAY, is_up

JOB_COLUMNS = (
    Column(name="job", label="Job", unit="text"),
    Column(name="what", label="What", unit="text"),
    Column(name="state", label="State", unit="text"),
    Column(name="step", label="Step", unit="text"),
    Column(name="reason", label="Reason", unit="text"),
    Column(name="changed", label="Changed (UTC)", unit="text"),
)


class RunJob(ToolArguments):
    number: int = Field(ge=1, le=2**62, description="The job's number.")


def run_job(context: ToolContext, arguments: RunJob) -> ToolResult:
    service = workflows(context.workspace)
    try:
        job = service.store.get(arguments.number)
    except UnknownJob as error:
        return ToolResult(kind=KIND, status="cannot_answer", text=f"{error} Ask “what is running?” for their numbers.")
    if not service.accept(job.number, context.conversation):
        return ToolResult(kind=KIND, text=f"Job {job.number} ({job.title}) {already(job)}.")
    notes = () if is_up(service) else (Note(code="n8n_away", text=N8N_AWAY),)
    job = service.store.get(job.number)
    return ToolResult(
        kind=KIND,
        text=f"Job {job.number} is on its way: {job.title}.",
        interpretation=f"Runs job {job.number}",
        columns=JOB_COLUMNS,
        rows=(row(job),),
        notes=notes,
        follow_ups=(Option(label="What is running?", question="what is running?"),),
    )


def already(job: Job) -> str:
    return {"succeeded": "is done", "waiting": "is waiting for n8n", "running": "is running"}.get(job.state, job.state)


def row(job: Job) -> dict[str, str]:
    """A job as a row of an answer."""
    return {
        "job": str(job.number),
        "what": job.title,
        "state": job.state,
        "step": job.step,
        "reason": job.reason,
        "changed": f"{job.changed:%Y-%m-%d %H:%M}",
    }


TOOL = Tool(name="run_job", arguments=RunJob, run=run_job, changes_data=True)
