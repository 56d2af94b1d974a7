"""Proposes to run a workflow of n8n: names what will happen, and runs nothing before the person's yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import Field

from kpi.errors import PlatformError
from n8n.jobs import Job
from n8n.offer import Offer
from n8n.service import INGEST, Workflows, workflows
from n8n.sources import Source
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult

KIND = "workflow"
N8N_AWAY = "n8n does not answer. I keep what you ask for, and it starts once n8n is back (`make n8n`)."


class TriggerWorkflow(ToolArguments):
    """A workflow by its id, or the load of a source: by the source's name, or by the platform it is of."""

    workflow: str | None = Field(None, max_length=100)
    source: str | None = Field(None, max_length=100)
    platform: str | None = Field(None, max_length=100)
    start: date | None = Field(None, description="first day to load; yesterday where none is said")
    end: date | None = None


def trigger_workflow(context: ToolContext, arguments: TriggerWorkflow) -> ToolResult:
    """A job that waits for a yes, and the question for it."""
    service = workflows(context.workspace)
    if arguments.workflow in (None, INGEST):
        return _load(context, service, arguments)
    offers = service.offers().offers
    offer = offers.get(arguments.workflow or "")
    if offer is None:
        return _unknown(f"There is no workflow “{arguments.workflow}”.", offers)
    job = _propose(context, service, offer.id, offer.title, {})
    return _question(service, job, f"{offer.title}: n8n will {offer.does or 'run it'}.")


def _load(context: ToolContext, service: Workflows, arguments: TriggerWorkflow) -> ToolResult:
    found = _source(service.sources(), arguments, context)
    if isinstance(found, ToolResult):
        return found
    start = arguments.start or context.today - timedelta(days=1)
    end = arguments.end or start
    parameters = found.parameters(start, end)
    missing = _missing_file(context, parameters)
    if missing:
        return ToolResult(kind=KIND, status="cannot_answer", text=missing)
    place = parameters.get("import_path") or parameters.get("address")
    job = _propose(context, service, INGEST, f"Load {place}", parameters)
    days = str(start) if start == end else f"{start} to {end}"
    said = "".join(f", {name} {parameters[name]}" for name in ("platform", "account", "currency") if name in parameters)
    text = f"n8n will load {place} ({days}{said}). Its rows will count instead of those loaded before for these days."
    return _question(service, job, text)


def _source(known: Mapping[str, Source], arguments: TriggerWorkflow, context: ToolContext) -> Source | ToolResult:
    if arguments.source in known:
        return known[arguments.source or ""]
    fitting = [source for source in known.values() if arguments.platform and source.platform == arguments.platform]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        days = f" of {arguments.start} to {arguments.end}" if arguments.start else ""
        options = tuple(Option(label=one.says[0], question=f"load {one.says[0]}{days}") for one in fitting)
        text = f"There are {len(fitting)} sources of {arguments.platform} data. Which one?"
        return ToolResult(kind=KIND, status="needs_clarification", text=text, options=options)
    wanted = arguments.platform or arguments.source or "that"
    return ToolResult(
        kind=KIND,
        status="cannot_answer",
        text=f"I know no source of {wanted} data. Name its address or its path in the import folder in "
        f"{context.workspace.folder.name}/sources.yml (docs/n8n.md shows how), or drop the export into the chat.",
    )


def _missing_file(context: ToolContext, parameters: Mapping[str, Any]) -> str:
    """Whether the import folder lacks the file; the loader itself decides whether it may be read."""
    path, folder = parameters.get("import_path"), context.workspace.settings.import_folder
    if path is None:
        return ""
    if folder is None:
        return "There is no import folder: set IMPORT_FOLDER, and put the file there."
    if (folder / path).is_file():
        return ""
    there = ", ".join(sorted(file.name for file in folder.glob("*") if file.is_file())[:5]) or "nothing"
    return f"The import folder holds no file {path}; there is {there}."


def _propose(context: ToolContext, service: Workflows, workflow: str, title: str, parameters: dict[str, Any]) -> Job:
    about = {"conversation": context.conversation, "user": context.user}
    return service.ask_for(workflow, parameters, title=title, state="proposed", **about)[0]


def _question(service: Workflows, job: Job, text: str) -> ToolResult:
    notes = () if is_up(service) else (Note(code="n8n_away", text=N8N_AWAY),)
    return ToolResult(
        kind=KIND,
        status="needs_clarification",
        text=f"{text} Run it?",
        notes=notes,
        options=(
            Option(label="Yes, run it", question=f"yes, run job {job.number}"),
            Option(label="No, don't", question=f"stop job {job.number}"),
        ),
    )


def is_up(service: Workflows) -> bool:
    try:
        return service.client().is_up()
    except PlatformError:
        return False


def _unknown(text: str, offers: Mapping[str, Offer]) -> ToolResult:
    named = tuple(offer for offer in offers.values() if offer.says)
    options = tuple(Option(label=offer.title, question=f"run {offer.says[0]}") for offer in named)
    return ToolResult(kind=KIND, status="needs_clarification", text=f"{text} These can be run:", options=options)


TOOL = Tool(name="trigger_workflow", arguments=TriggerWorkflow, run=trigger_workflow, only_in_conversation=True)
