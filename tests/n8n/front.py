"""A door in front of the app, as n8n sees it: passes calls on, notes them, and answers with an error when told to."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx


class Front:
    def __init__(self) -> None:
        self.target = ""
        self.calls: list[tuple[float, str, str, int]] = []  # time, path, Idempotency-Key, status
        self._errors: dict[str, list[int]] = {}
        self._delay: dict[str, float] = {}
        self._lock = threading.Lock()
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                front._serve(self)

            do_POST = do_GET  # noqa: N815 - the name is http.server's

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer_next(self, path: str, *statuses: int) -> None:
        """The next calls of the path are answered with these statuses instead of being passed on."""
        with self._lock:
            self._errors.setdefault(path, []).extend(statuses)

    def slow_down(self, path: str, seconds: float) -> None:
        self._delay[path] = seconds

    def of(self, path: str) -> list[tuple[float, str, str, int]]:
        return [call for call in self.calls if call[1] == path]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        path = handler.path.split("?")[0]
        with self._lock:
            waiting = self._errors.get(path)
            status = waiting.pop(0) if waiting else 0
        time.sleep(self._delay.get(path, 0))
        content, kind = b'{"detail": "told to fail"}', "application/problem+json"
        if not status:
            kept = {
                k: v for k, v in handler.headers.items() if k.lower() not in {"host", "content-length", "connection"}
            }
            answer = httpx.request(
                handler.command,
                f"{self.target}{handler.path}",
                headers=kept,
                content=body,
                timeout=120,
                trust_env=False,
            )
            status, content, kind = answer.status_code, answer.content, answer.headers.get("content-type", "")
        with self._lock:
            self.calls.append((time.time(), path, handler.headers.get("Idempotency-Key") or "", status))
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", kind)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except OSError:  # n8n was killed meanwhile
            handler.close_connection = True
