"""Jobs of workflows over HTTP: asking for one, looking, stopping, and what n8n reports of them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.web.problems import RequestRefused
from assistant.web.served import Served
from kpi.errors import WorkflowRefused
from n8n.imports import found_files
from n8n.jobs import Job, State
from n8n.jobs.reports import Report, receive
from n8n.service import Workflows, workflows
from n8n.signing import SIGNATURE_HEADER, STAMP_HEADER

router = APIRouter(prefix="/api", tags=["Workflows"])
Number = Annotated[int, Path(ge=1, le=2**62)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


class JobRequest(BaseModel):
    """A workflow that is offered in the chat, and its parameters."""

    model_config = ConfigDict(extra="forbid")

    workflow: str = Field(max_length=100, examples=["ingest-file"])
    parameters: dict[str, str] = Field({}, max_length=20, examples=[{"import_path": "june.csv", "platform": "Meta"}])


class ImportRequest(BaseModel):
    """``job``: the job that asked for the import, where one did; the loads then belong to it."""

    model_config = ConfigDict(extra="forbid")

    job: int | None = Field(None, ge=1, le=2**62)


@router.post("/jobs", summary="Run a workflow")
def ask_for_job(response: Response, assistant: Served, body: JobRequest, key: Key = None) -> Job:
    """The job, which n8n takes up as soon as it can. With the same `Idempotency-Key` it is the same job again."""
    service = workflows(assistant.workspace)
    offers = service.offers().offers
    if body.workflow not in offers:
        known = ", ".join(sorted(offers))
        raise WorkflowRefused(f"There is no workflow {body.workflow[:50]!r}; there are: {known}.")
    offer = offers[body.workflow]
    unknown = sorted(set(body.parameters) - set(offer.parameters))
    if unknown:
        raise WorkflowRefused(f"{offer.title} has no parameter {unknown[0][:50]!r}.")
    job, is_new = service.ask_for(body.workflow, dict(body.parameters), title=offer.title, key=key)
    if not is_new:
        response.headers["Idempotency-Replayed"] = "true"
    return job


@router.get("/jobs", summary="The newest jobs")
def jobs(
    assistant: Served,
    state: Annotated[list[State] | None, Query(description="Only those in one of these states.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> list[Job]:
    return workflows(assistant.workspace).store.newest(state or (), most=limit)


@router.get("/jobs/{number}", summary="One job")
def job(assistant: Served, number: Number) -> Job:
    return workflows(assistant.workspace).store.get(number)


@router.post("/jobs/{number}/stop", summary="Stop a job")
def stop(assistant: Served, number: Number) -> Job:
    """Also the run in n8n. A load that the app has begun comes to its end: it is one transaction."""
    return workflows(assistant.workspace).stop(number, by="the API")


@router.post("/jobs/callback", summary="What n8n reports of a job")
async def callback(
    request: Request,
    assistant: Served,
    stamp: Annotated[str, Header(alias=STAMP_HEADER, max_length=20, description="Seconds since 1970.")],
    signature: Annotated[str, Header(alias=SIGNATURE_HEADER, max_length=200, description="`v1=` and HMAC-SHA256.")],
) -> dict[str, Any]:
    """Signed over the time stamp, a full stop and the raw body; good for five minutes, and once."""
    raw = await request.body()
    service = workflows(assistant.workspace)
    service.verifier().check(stamp, signature, raw)
    try:
        report = Report.model_validate_json(raw)
    except ValidationError as error:
        raise RequestRefused("invalid_request", f"The report can't be read: {error.errors()[0]['msg']}.") from error
    known = receive(service.store, report, assistant.workspace.settings.workflow_silence_seconds)
    service.dispatcher.wake()
    return {"job": known.number if known else None, "state": known.state if known else None}


@router.post("/imports", summary="Load what is new")
def imports(assistant: Served, body: ImportRequest) -> dict[str, Any]:
    """One job for each new file of the import folder and each source marked daily. Asked again, only what is newer."""
    service = workflows(assistant.workspace)
    about = _about(service, body.job)
    workspace = assistant.workspace
    new = service.import_daily(workspace.today(), found_files(workspace.settings), **about)
    return {"jobs": [one.number for one in new], "files": [one.title for one in new]}


def _about(service: Workflows, number: int | None) -> dict[str, Any]:
    if number is None:
        return {}
    parent = service.store.get(number)
    return {"parent": parent.number, "conversation": parent.conversation, "user": parent.user}
