"""The web application: the API, its docs, the tools for other assistants, and the chat mounted beside them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from assistant import Assistant
from assistant.channels.pictures import Pictures
from assistant.mcp.http import add_mcp
from assistant.web import docs, health, images, jobs, loads, openapi, problems, questions, reports, slack, teams
from assistant.web.access import Access, AccessPolicy
from assistant.web.conversations import Conversations
from assistant.web.idempotency import IdempotentResults
from assistant.web.limits import BodyLimit
from assistant.web.rate import RateLimit
from assistant.web.request_log import RequestLog
from kpi.settings import Settings

_DESCRIPTION = (
    "Ask marketing questions in plain English or as typed queries, and load ad-platform exports. "
    "Where the server has a token, send it as 'Authorization: Bearer …'."
)


def create_app(assistant: Assistant, *, chat: bool = True) -> FastAPI:
    """The application over an open assistant; ``chat`` mounts the web chat at /chat."""
    app = FastAPI(
        title="AI Data Platform",
        description=_DESCRIPTION,
        version=_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.assistant = assistant
    app.state.conversations = Conversations(assistant)
    app.state.idempotent_results = IdempotentResults()
    app.state.pictures = Pictures()
    problems.install(app)
    for area in (questions, loads, jobs, slack, teams, reports, images, health):
        app.include_router(area.router)
    add_mcp(app, assistant)
    _add_pages(app, home="/chat" if chat else "/docs")
    _add_middleware(app, assistant.workspace.settings)
    if chat:
        from assistant.chat.mount import mount_chat

        mount_chat(app, assistant)
    return app


def _add_pages(app: FastAPI, home: str) -> None:
    @app.get("/", include_in_schema=False)
    async def start() -> RedirectResponse:
        return RedirectResponse(home)

    @app.get("/openapi.json", include_in_schema=False)
    async def description() -> JSONResponse:
        return JSONResponse(openapi.description(app))

    @app.get("/docs", include_in_schema=False)
    async def documentation() -> HTMLResponse:
        return HTMLResponse(docs.page(openapi.description(app)))


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """From the inside out: the one added last sees a request first."""
    app.add_middleware(BodyLimit, max_upload_mb=settings.max_upload_mb)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
            expose_headers=["X-Request-ID", "Idempotency-Replayed"],
        )
    app.add_middleware(Access, policy=AccessPolicy.from_settings(settings))
    app.add_middleware(RateLimit, calls_a_minute=settings.api_calls_a_minute)
    app.add_middleware(RequestLog)


def _version() -> str:
    try:
        return version("ai-data-platform")
    except PackageNotFoundError:
        return "0"
