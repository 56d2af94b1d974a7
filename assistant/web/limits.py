"""Size limits on request bodies, kept while they stream in: a middleware, so that no parser reads past them."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.problems import problem

MEGABYTE = 1024 * 1024
_FORM_OVERHEAD = 64 * 1024  # boundaries and fields around an uploaded file
_UPLOADS = ("/api/ingest", "/chat")


class BodyLimit:
    """1 MB a request, the upload limit where files are taken. Announced or streamed, more is answered with 413."""

    def __init__(self, app: ASGIApp, max_upload_mb: int) -> None:
        self.app = app
        self.max_upload_mb = max_upload_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        megabytes = self.max_upload_mb if scope["path"].startswith(_UPLOADS) else 1
        limit, detail = megabytes * MEGABYTE + _FORM_OVERHEAD, f"At most {megabytes} MB are accepted here."
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > limit:
            await problem(scope, "too_large", detail)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit, detail), send)


def _counted(receive: Receive, limit: int, detail: str) -> Receive:
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, detail)  # passes through form and JSON parsing to our handler
        return message

    return counting
