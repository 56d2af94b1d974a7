"""What workflows are doing: what runs, what failed and why, what can be run."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from kpi.result import Column
from n8n.jobs import State
from n8n.jobs.job import ACTIVE
from n8n.service import Workflows, workflows
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult
from tools.run_job import JOB_COLUMNS, row
from tools.trigger_workflow import KIND, N8N_AWAY, is_up

_EVENING = time(17)  # where last night begins
_STATES: dict[str, tuple[State, ...]] = {
    "running": ACTIVE,
    "failed": ("failed",),
    "all": ("waiting", "running", "succeeded", "failed", "stopped"),
}
_OFFER_COLUMNS = (
    Column(name="workflow", label="Workflow", unit="text"),
    Column(name="does", label="What it does", unit="text"),
    Column(name="parameters", label="Parameters", unit="text"),
)


class WorkflowStatus(ToolArguments):
    """``start`` and ``end``: the days in which it changed; ``night``: since yesterday evening."""

    what: Literal["running", "failed", "all", "offers"] = "running"
    night: bool = False
    start: date | None = None
    end: date | None = None


def workflow_status(context: ToolContext, arguments: WorkflowStatus) -> ToolResult:
    service = workflows(context.workspace)
    if arguments.what == "offers":
        return _offers(service)
    notes = () if is_up(service) else (Note(code="n8n_away", text=N8N_AWAY),)
    since, until = _times(context, arguments)
    known = service.store.newest(_STATES[arguments.what], since=since, most=500)
    jobs = [job for job in known if job.changed_at < until]
    return ToolResult(
        kind=KIND,
        text=_summary(arguments, len(jobs)),
        interpretation=_interpretation(arguments),
        columns=JOB_COLUMNS if jobs else (),
        rows=tuple(row(job) for job in jobs),
        notes=notes,
        follow_ups=_chips(arguments, [job.number for job in jobs]),
    )


def _times(context: ToolContext, arguments: WorkflowStatus) -> tuple[float, float]:
    """From and until, in seconds since 1970; days and nights are those of the workspace's time zone."""
    zone = ZoneInfo(context.workspace.settings.timezone)
    if arguments.night:
        return datetime.combine(context.today - timedelta(days=1), _EVENING, zone).timestamp(), float("inf")
    if arguments.start is None:
        return 0, float("inf")
    last = (arguments.end or arguments.start) + timedelta(days=1)
    return datetime.combine(arguments.start, time(), zone).timestamp(), datetime.combine(last, time(), zone).timestamp()


def _summary(arguments: WorkflowStatus, count: int) -> str:
    jobs = f"{count} job{'' if count == 1 else 's'}"
    if arguments.what == "running":
        return f"{jobs} running or waiting." if count else "Nothing is running."
    if arguments.what == "failed":
        return f"{jobs} failed." if count else "Nothing failed."
    return f"{jobs}." if count else "There were no jobs."


def _interpretation(arguments: WorkflowStatus) -> str:
    named = {"running": "Jobs that run or wait", "failed": "Jobs that failed", "all": "Jobs of workflows"}
    if arguments.night:
        return f"{named[arguments.what]} since yesterday evening"
    if arguments.start is None:
        return named[arguments.what]
    return f"{named[arguments.what]}, {arguments.start} to {arguments.end or arguments.start}"


def _chips(arguments: WorkflowStatus, numbers: list[int]) -> tuple[Option, ...]:
    if arguments.what == "failed":
        return tuple(Option(label=f"Try job {n} again", question=f"try job {n} again") for n in numbers[:3])
    if arguments.what == "running":
        return tuple(Option(label=f"Stop job {n}", question=f"stop job {n}") for n in numbers[:3])
    return ()


def _offers(service: Workflows) -> ToolResult:
    listed = service.offers()
    notes = () if listed.is_fresh else (Note(code="n8n_away", text=N8N_AWAY),)
    offers = list(listed.offers.values())
    return ToolResult(
        kind=KIND,
        text=f"{len(offers)} workflows can be run from here.",
        interpretation="Workflows tagged “chat” in n8n",
        columns=_OFFER_COLUMNS,
        rows=tuple(
            {"workflow": one.title, "does": one.does, "parameters": ", ".join(one.parameters)} for one in offers
        ),
        notes=notes,
        follow_ups=tuple(Option(label=one.title, question=f"run {one.says[0]}") for one in offers if one.says),
    )


TOOL = Tool(name="workflow_status", arguments=WorkflowStatus, run=workflow_status)
