"""A stand-in for an OpenAI-compatible endpoint, over real HTTP on this machine. It understands nothing.

It plays a script, one step a request (the last one again and again), and keeps the requests. It proves protocol and
safety; whether a model understands questions is what ``python -m evals --route llm`` measures.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[["_Handler"], None]


class StandIn:
    """``steps`` may be set before and between questions."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.steps: list[Step] = [calls("cannot_place", readings=[])]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.stand_in = self  # type: ignore[attr-defined]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def prompts(self) -> list[str]:
        """Everything that was sent, a text a request."""
        return [json.dumps(request, ensure_ascii=False) for request in self.requests]

    def plays(self, *steps: Step) -> None:
        self.requests.clear()
        self.steps = list(steps)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        stand_in: StandIn = self.server.stand_in  # type: ignore[attr-defined]
        self.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stand_in.requests.append(self.asked)
        step = stand_in.steps.pop(0) if len(stand_in.steps) > 1 else stand_in.steps[0]
        try:
            step(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the caller ran out of patience, as some tests want

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def send(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, chunks: list[dict[str, Any]], *, finished: bool = True) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for chunk in chunks:
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()
        if finished:
            self.wfile.write(b"data: [DONE]\n\n")


# -- steps of a script -----------------------------------------------------------------------------
def calls(tool: str, **arguments: Any) -> Step:
    """A call of one tool."""
    return calls_raw(tool, json.dumps(arguments))


def calls_raw(tool: str, arguments: str, *, reason: str = "tool_calls", usage: bool = True) -> Step:
    """A call with arguments as they are, JSON or not."""
    function = {"name": tool, "arguments": arguments}
    message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "1", "type": "function", "function": function}],
    }
    return lambda handler: handler.send(_reply(message, reason, usage))


def says(text: str, *, reason: str | None = "stop", usage: bool = True) -> Step:
    """A text, streamed in pieces where the request asks for a stream."""

    def step(handler: _Handler) -> None:
        if not handler.asked.get("stream"):
            handler.send(_reply({"role": "assistant", "content": text}, reason or "stop", usage))
            return
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        chunks = [_chunk({"role": "assistant", "content": piece}, None) for piece in pieces]
        handler.stream([*chunks, *([_chunk({}, reason)] if reason else [])], finished=reason is not None)

    return step


def fails(status: int, text: str = "no") -> Step:
    body = json.dumps({"error": {"message": text, "type": "error", "code": None}}).encode()
    return lambda handler: handler.send(body, status)


def shows_a_web_page() -> Step:
    return lambda handler: handler.send(b"<html><body>It works!</body></html>", kind="text/html")


def sends(body: bytes) -> Step:
    return lambda handler: handler.send(body)


def hangs(seconds: float) -> Step:
    return lambda handler: time.sleep(seconds)


def drips(seconds: float) -> Step:
    """A byte now and then: every read succeeds, and the answer never comes."""

    def step(handler: _Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(int(seconds * 10)):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    return step


def waits_for_the_caller_to_leave(left: threading.Event) -> Step:
    """Says nothing, and notes when the caller closes the connection."""

    def step(handler: _Handler) -> None:
        if not handler.connection.recv(1):
            left.set()
        handler.close_connection = True

    return step


def hangs_up() -> Step:
    def step(handler: _Handler) -> None:
        handler.close_connection = True

    return step


def _reply(message: dict[str, Any], reason: str, usage: bool) -> bytes:
    choice = {"index": 0, "message": message, "finish_reason": reason}
    whole: dict[str, Any] = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "stand-in",
        "choices": [choice],
    }
    if usage:
        whole["usage"] = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}
    return json.dumps(whole).encode()


def _chunk(delta: dict[str, Any], reason: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stand-in", "choices": [choice]}
