"""Stops a job: the one that runs, or one by its number."""

from __future__ import annotations

from pydantic import Field

from kpi.errors import N8nAway, PlatformError, UnknownJob
from n8n.jobs import Job
from n8n.jobs.job import ACTIVE
from n8n.service import Workflows, workflows
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult
from tools.run_job import already
from tools.trigger_workflow import KIND


class StopJob(ToolArguments):
    number: int = Field(0, ge=0, le=2**62, description="The job's number; 0 is the one that runs.")


def stop_job(context: ToolContext, arguments: StopJob) -> ToolResult:
    """Where several run, it asks which."""
    service = workflows(context.workspace)
    try:
        return (
            _stop(context, service, service.store.get(arguments.number))
            if arguments.number
            else _the_one(context, service)
        )
    except UnknownJob as error:
        return ToolResult(kind=KIND, status="cannot_answer", text=f"{error} Ask “what is running?” for their numbers.")


def _the_one(context: ToolContext, service: Workflows) -> ToolResult:
    active = service.store.newest(ACTIVE)
    mine = [job for job in active if job.conversation == context.conversation] or active
    if not mine:
        return ToolResult(kind=KIND, text="Nothing is running.")
    if len(mine) == 1:
        return _stop(context, service, mine[0])
    options = tuple(Option(label=f"{job.number}: {job.title}", question=f"stop job {job.number}") for job in mine)
    return ToolResult(kind=KIND, status="needs_clarification", text="Which one shall I stop?", options=options)


def _stop(context: ToolContext, service: Workflows, job: Job) -> ToolResult:
    if job.is_finished:
        return ToolResult(kind=KIND, text=f"Job {job.number} ({job.title}) {already(job)}.")
    notes: tuple[Note, ...] = ()
    try:
        service.stop(job.number, by=context.user or "you")
    except N8nAway as error:
        notes = (Note(code="n8n_away", text=f"{error} The job will not be taken up again."),)
    except PlatformError as error:
        notes = (Note(code="run_not_stopped", text=f"Its run in n8n may go on: {error}"),)
    if job.state == "proposed":
        return ToolResult(kind=KIND, text=f"All right: {job.title} was not run. Nothing has changed.")
    return ToolResult(
        kind=KIND,
        text=f"Job {job.number} ({job.title}) is stopped. A load that had begun comes to its end, as one transaction.",
        notes=notes,
        follow_ups=(Option(label="Recent loads", question="recent loads"),),
    )


TOOL = Tool(name="stop_job", arguments=StopJob, run=stop_job, changes_data=True)
