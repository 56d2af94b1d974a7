"""The outermost middleware: an id and one log line a request, security headers, and a last net for what broke."""

from __future__ import annotations

import logging
import re
import time
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.problems import printable, problem
from kpi import events

_OUTSIDE_ID = re.compile(r"[\w.:-]{1,64}")
_CLOSED_BY_CLIENT = 499  # what proxies log for it; nobody is left to receive it

# The chat's bundle needs inline scripts and styles. Nothing may be fetched from, or sent to, another machine.
_CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_PLAIN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class RequestLog:
    """Gives ``scope["state"]`` a ``request_id`` (the caller's X-Request-ID where sane) and records the outcome."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        request = _Request(scope, send)
        try:
            await self.app(scope, receive, request.send)
        except ClientDisconnect:
            request.status = _CLOSED_BY_CLIENT
        except Exception as error:
            await request.fail(error, receive)
        finally:
            request.record()


class _Request:
    def __init__(self, scope: Scope, send: Send) -> None:
        given = Headers(scope=scope).get("x-request-id", "")
        self.id = given if _OUTSIDE_ID.fullmatch(given) else events.new_id()
        self.scope = scope
        self.state: dict[str, Any] = scope.setdefault("state", {})
        self.state["request_id"] = self.id
        self.status: int | None = None
        self._path: str = scope["path"]  # mounted apps change the scope's own
        self._send = send
        self._started = time.perf_counter()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._dress(MutableHeaders(scope=message))
        elif self.status is None:  # a websocket: accepted, or closed before it was
            self.status = 101 if message["type"] == "websocket.accept" else 403
        await self._send(message)

    def _dress(self, headers: MutableHeaders) -> None:
        headers["X-Request-ID"] = self.id
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers.setdefault("Content-Security-Policy", _CHAT_POLICY if self._in_chat else _PLAIN_POLICY)
        if self._path.startswith("/api/"):
            headers["Cache-Control"] = "no-store"

    @property
    def _in_chat(self) -> bool:
        return self._path == "/chat" or self._path.startswith("/chat/")

    async def fail(self, error: Exception, receive: Receive) -> None:
        """Log what nobody expected with its traceback; the caller hears that it failed and the id to quote."""
        trace = events.trace(error)
        events.record("failure", level=logging.ERROR, request_id=self.id, path=printable(self._path), trace=trace)
        if self.status is None and self.scope["type"] == "http":
            detail = f"The request failed and was logged as {self.id}: try again, or quote that to who runs the server."
            await problem(self.scope, "internal", detail)(self.scope, receive, self.send)

    def record(self) -> None:
        """One line; the chat's many assets only at level debug, as its answers are recorded by themselves."""
        quiet = self._in_chat and (self.status or 0) < 400
        events.record(
            "request",
            level=logging.DEBUG if quiet else logging.INFO,
            request_id=self.id,
            method=self.scope.get("method", "WEBSOCKET"),
            path=printable(self._path),
            status=self.status,
            ms=round((time.perf_counter() - self._started) * 1000, 1),
            **{name: self.state[name] for name in ("answer_id", "batch_id") if self.state.get(name)},
        )
