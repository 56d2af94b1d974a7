"""Whether the process is up and the warehouse answers; open to monitors without a token."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.web.problems import RequestRefused
from assistant.web.served import Served
from kpi.errors import PlatformError

router = APIRouter(tags=["Health"])


@router.get("/health", summary="The process is up")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready", summary="The warehouse answers")
def ready(assistant: Served) -> dict[str, str]:
    try:
        assistant.workspace.warehouse.query("SELECT 1 AS alive")
    except PlatformError as error:
        raise RequestRefused("not_ready", str(error)) from error
    return {"status": "ready"}
