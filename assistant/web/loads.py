"""Files in, and what became of them: loading, the batches, their rejected rows, taking one back."""

from __future__ import annotations

from typing import Annotated, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Header, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from assistant.web import uploads
from assistant.web.problems import RequestRefused
from assistant.web.served import Repeatable, Served
from kpi.workspace import Workspace
from tools import ingest_file

router = APIRouter(prefix="/api", tags=["Loading"])
_BatchId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class LoadForm(BaseModel):
    """One file and what is to be known about it."""

    model_config = ConfigDict(extra="forbid")

    file: UploadFile
    platform: str | None = Field(None, max_length=100, description="The ad platform, where the file doesn't say.")
    account: str | None = Field(None, max_length=200, description="The ad account, where the file doesn't say.")
    currency: str | None = Field(None, pattern="^[A-Z]{3}$", description="ISO code, where the file states none.")
    replace: bool = Field(False, description="Carry out a load that would take away loaded data.")
    add: bool = Field(False, description="Load beside what is there: it then covers only its own campaigns.")


class CsvResponse(Response):
    media_type = "text/csv"


@router.post("/ingest", summary="Load a file")
async def ingest(
    request: Request,
    response: Response,
    assistant: Served,
    results: Repeatable,
    form: Annotated[LoadForm, Form(media_type="multipart/form-data")],
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=200)] = None,
) -> dict[str, Any]:
    """The load's report; also a file that is refused or needs a confirmation is a result, told by its `status`.
    With the same `Idempotency-Key` the same request is carried out once and its report given again."""
    if len((await request.form()).getlist("file")) > 1:
        raise RequestRefused("invalid_request", "One file a request: send the others by themselves.")
    if form.replace and form.add:
        raise RequestRefused("invalid_request", "Choose one of 'replace' and 'add'.")

    def work() -> tuple[dict[str, Any], bool]:
        return _load_once(assistant.workspace, form, idempotency_key, results)

    report, repeated = await run_sync(work, limiter=_limiter(request))
    request.state.batch_id = report.get("batch_id")
    if repeated:
        response.headers["Idempotency-Replayed"] = "true"
    return report


def _load_once(
    workspace: Workspace, form: LoadForm, key: str | None, results: Repeatable
) -> tuple[dict[str, Any], bool]:
    choices = form.model_dump(exclude={"file"})
    name = uploads.safe_name(form.file)
    with uploads.kept(form.file) as path:

        def load() -> dict[str, Any]:
            return ingest_file.load(workspace, path, file_name=name, via="api", **choices).model_dump(mode="json")

        return results.run(key, uploads.fingerprint(path, name, choices), load)


def _limiter(request: Request) -> CapacityLimiter:
    """Loads queue for the one writer; on few threads of their own they leave those of questions free."""
    state = request.app.state
    if not hasattr(state, "load_limiter"):
        state.load_limiter = CapacityLimiter(4)
    limiter: CapacityLimiter = state.load_limiter
    return limiter


@router.get("/batches", summary="The newest batches")
def batches(assistant: Served, limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> list[dict[str, Any]]:
    return [batch.model_dump(mode="json") for batch in ingest_file.list_batches(assistant.workspace, limit=limit)]


@router.get("/batches/{batch_id}", summary="One batch")
def batch(assistant: Served, batch_id: _BatchId) -> dict[str, Any]:
    return ingest_file.get_batch(assistant.workspace, batch_id).model_dump(mode="json")


@router.get("/batches/{batch_id}/rejects.csv", summary="The rejected rows of a batch", response_class=CsvResponse)
def rejects(assistant: Served, batch_id: _BatchId) -> CsvResponse:
    """Line number, reason and raw text of each row that was not loaded."""
    text = ingest_file.rejects_csv(assistant.workspace, batch_id)
    headers = {"Content-Disposition": f'attachment; filename="rejects-{batch_id}.csv"'}
    return CsvResponse(text.encode("utf-8", "replace"), headers=headers)


@router.post("/batches/{batch_id}/revert", summary="Take a batch back")
def revert(assistant: Served, batch_id: _BatchId) -> dict[str, Any]:
    """The batch before it counts again."""
    return ingest_file.revert(assistant.workspace, batch_id).model_dump(mode="json")
