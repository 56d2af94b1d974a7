"""Errors of the API as RFC 9457 problem details: what each code means, and how every exception becomes one.

A problem's ``detail`` is fit for the person who made the request; what went wrong inside stays in the log.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from kpi.errors import PlatformError

MEDIA_TYPE = "application/problem+json"

# code -> (HTTP status, title). A PlatformError whose code is not listed counts as an internal error.
KINDS: dict[str, tuple[int, str]] = {
    "bad_request": (400, "The request can't be read"),
    "signature_refused": (401, "The message's signature is not accepted"),
    "unauthorized": (401, "A token is needed"),
    "origin_refused": (403, "The calling web page is not allowed"),
    "picture_unavailable": (404, "The chart can't be given as a picture"),
    "not_found": (404, "There is nothing at this address"),
    "unknown_job": (404, "There is no such job"),
    "unknown_batch": (404, "There is no such batch"),
    "method_not_allowed": (405, "The address doesn't take this method"),
    "too_large": (413, "The request is too large"),
    "host_refused": (421, "The server doesn't answer under this name"),
    "invalid_request": (422, "The request doesn't fit the API"),
    "invalid_query": (422, "The query doesn't fit the metrics and dimensions"),
    "revenue_unknown": (422, "The loaded data holds no revenue"),
    "key_reused": (422, "The idempotency key belongs to another request"),
    "workflow_refused": (422, "The workflow can't be run as asked"),
    "today_differs": (422, "The conversation counts another day as today"),
    "cancelled": (499, "The client went away before the answer was there"),
    "too_many_requests": (429, "Too many calls"),
    "internal": (500, "Something went wrong on our side"),
    "not_set_up": (503, "This is not set up here"),
    "n8n_away": (503, "n8n doesn't answer"),
    "workspace_busy": (503, "The workspace is in use"),
    "not_ready": (503, "The warehouse doesn't answer"),
    "query_timeout": (504, "The query took too long"),
}
_CODE_OF_STATUS = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class Problem(BaseModel):
    """Body of every error."""

    type: str = Field(examples=["/docs#invalid_query"], description="The kind of problem; the docs explain it.")
    title: str = Field(examples=["The query doesn't fit the metrics and dimensions"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["There is no metric 'roi'. Did you mean 'roas'?"])
    instance: str = Field(examples=["/api/query"])
    request_id: str = Field(examples=["5f0c2d9e1a77"], description="Also in the server's log and X-Request-ID.")
    errors: list[dict[str, str]] | None = Field(None, description="What is wrong where, for an unfit request.")


class RequestRefused(PlatformError):
    """A request that is answered with the problem ``code`` of ``KINDS``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def problem(scope: Any, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> JSONResponse:
    """The response for a problem met while serving the ASGI scope of a request."""
    status, title = KINDS[code]
    body = Problem(
        type=f"/docs#{code}",
        title=title,
        status=status,
        detail=detail,
        instance=printable(scope.get("path", "")),
        request_id=scope.get("state", {}).get("request_id", ""),
        errors=errors,
    )
    headers = {"WWW-Authenticate": "Bearer"} if code == "unauthorized" else None
    return JSONResponse(body.model_dump(exclude_none=True), status, headers, MEDIA_TYPE)


def printable(text: str, limit: int = 200) -> str:
    """Text from outside, made safe to repeat in a response or a log line."""
    return text[:limit].encode("utf-8", "replace").decode("utf-8")


def install(app: FastAPI) -> None:
    """Turn each kind of exception that an endpoint may raise into a problem."""
    app.exception_handler(PlatformError)(_on_platform_error)
    app.exception_handler(RequestValidationError)(_on_unfit_request)
    app.exception_handler(HTTPException)(_on_http_error)


async def _on_platform_error(request: Request, error: PlatformError) -> JSONResponse:
    return problem(request.scope, error.code if error.code in KINDS else "internal", printable(str(error), 1000))


async def _on_unfit_request(request: Request, error: RequestValidationError) -> JSONResponse:
    faults = [{"where": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()[:20]]
    faults = [{name: printable(text) for name, text in fault.items()} for fault in faults]
    if any(e["type"] == "json_invalid" for e in error.errors()):
        return problem(request.scope, "bad_request", "The body is not valid JSON.", faults)
    listed = "; ".join(f"{fault['where']}: {fault['message']}" for fault in faults[:3])
    return problem(request.scope, "invalid_request", f"Please correct this and send it again. {listed}.", faults)


async def _on_http_error(request: Request, error: HTTPException) -> JSONResponse:
    code = _CODE_OF_STATUS.get(error.status_code, "internal")
    detail = "There is nothing here; /docs lists the addresses." if code == "not_found" else str(error.detail)
    response = problem(request.scope, code, detail)
    response.headers.update(error.headers or {})
    return response
