"""Files in, and what became of them: loading, the batches, their rejected rows, taking one back."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from assistant.web import uploads
from assistant.web.load_request import BODY, LoadForm, LoadFrom, read_load
from assistant.web.served import Repeatable, Served
from kpi.workspace import Workspace
from tools import ingest_file

router = APIRouter(prefix="/api", tags=["Loading"])
_BatchId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class CsvResponse(Response):
    media_type = "text/csv"


@router.post("/ingest", summary="Load a file", openapi_extra=BODY)
async def ingest(
    request: Request,
    response: Response,
    assistant: Served,
    results: Repeatable,
    wanted: Annotated[LoadForm | LoadFrom, Depends(read_load)],
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=200)] = None,
) -> dict[str, Any]:
    """A file sent along, or its address or path in the import folder. The answer is the load's report; also a file
    that is refused or needs a confirmation is a result, told by its `status`.
    With the same `Idempotency-Key` the same request is carried out once and its report given again."""
    work = partial(_load_once, assistant.workspace, wanted, idempotency_key, results)
    report, repeated = await run_sync(work, limiter=_limiter(request))
    request.state.batch_id = report.get("batch_id")
    if repeated:
        response.headers["Idempotency-Replayed"] = "true"
    return report


def _load_once(
    workspace: Workspace, wanted: LoadForm | LoadFrom, key: str | None, results: Repeatable
) -> tuple[dict[str, Any], bool]:
    choices = wanted.choices()
    with wanted.place() as place:

        def load() -> dict[str, Any]:
            report = ingest_file.load(workspace, place, file_name=wanted.name, via="api", **choices)
            return report.model_dump(mode="json")

        return results.run(key, uploads.fingerprint(place, wanted.name, choices), load)


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
