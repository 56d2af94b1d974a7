"""A stand-in for Slack's Web API that keeps its documented rules, and remembers what was posted.

By itself it is something to try the Slack bot with: ``python tests/n8n/slack_standin.py [PORT]`` prints what arrives.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_MOST_BLOCKS, _LONGEST_SECTION, _LONGEST_HEADER, _LONGEST_LABEL, _LONGEST_VALUE = 50, 3000, 150, 75, 2000
_MOST_BUTTONS, _LONGEST_TEXT = 25, 40_000


class SlackStandIn:
    """``posted`` are the messages of chat.postMessage, ``answered`` those to response_urls, ``files`` the uploads."""

    token = "xoxb-of-the-tests"

    def __init__(self, port: int = 0, say: Any = None) -> None:
        self.posted: list[dict[str, Any]] = []
        self.answered: list[dict[str, Any]] = []
        self.files: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self._uploads: dict[str, dict[str, Any]] = {}
        self._too_many = 0
        self._lock = threading.Lock()
        self._say = say or (lambda _: None)
        standin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                standin._serve(self)

            do_POST = do_GET  # noqa: N815 - the name is http.server's

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.api_url = f"{self.url}/api"

    def be_busy(self, times: int) -> None:
        """The next posts are answered with 429 and ``Retry-After: 1``."""
        self._too_many = times

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        place = urlsplit(handler.path)
        with self._lock:
            status, answer = self._answer(handler, place.path, parse_qs(place.query), body)
        content = json.dumps(answer).encode()
        handler.send_response(status)
        if status == 429:
            handler.send_header("Retry-After", "1")
        handler.send_header("Content-Type", "application/json; charset=utf-8")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def _answer(  # noqa: C901 - one line a method of Slack's API
        self, handler: BaseHTTPRequestHandler, path: str, query: dict[str, list[str]], body: bytes
    ) -> tuple[int, dict[str, Any]]:
        if path.startswith("/upload/"):
            return self._receive(path.rsplit("/", 1)[1], body)
        if path.startswith("/response/"):
            return self._respond(json.loads(body))
        if handler.headers.get("Authorization") != f"Bearer {self.token}":
            return self._refuse("invalid_auth" if handler.headers.get("Authorization") else "not_authed")
        kind = handler.headers.get("Content-Type", "")
        method = path.removeprefix("/api/")
        if method == "files.getUploadURLExternal":
            return self._offer_upload({name: values[0] for name, values in parse_qs(body.decode()).items()})
        if method == "conversations.replies":
            thread, channel = query["ts"][0], query["channel"][0]
            found = [m for m in self.posted if m["channel"] == channel and thread in (m.get("thread_ts"), m["ts"])]
            return 200, {"ok": True, "messages": found, "has_more": False}
        if not kind.startswith("application/json"):
            return self._refuse("invalid_post_type")
        asked = json.loads(body)
        if method == "chat.postMessage":
            return self._post(asked)
        if method == "files.completeUploadExternal":
            return self._complete(asked)
        return self._refuse("unknown_method")

    def _post(self, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self._too_many:
            self._too_many -= 1
            return 429, {"ok": False, "error": "ratelimited"}
        fault = fault_of(message)
        if fault:
            return self._refuse(fault)
        number = f"17000000{len(self.posted):02d}.000100"
        self.posted.append({**message, "ts": number})
        self._say(message)
        return 200, {"ok": True, "channel": message["channel"], "ts": number, "message": message}

    def _respond(self, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        fault = fault_of({**message, "channel": "D"})
        if fault:
            return self._refuse(fault)
        self.answered.append(message)
        self._say(message)
        return 200, {"ok": True}

    def _offer_upload(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if not asked.get("filename") or not asked.get("length", "").isdigit() or int(asked["length"]) == 0:
            return self._refuse("invalid_arguments")
        number = f"F{len(self._uploads)}"
        self._uploads[number] = {"length": int(asked["length"]), "content": b""}
        return 200, {"ok": True, "upload_url": f"{self.url}/upload/{number}", "file_id": number}

    def _receive(self, number: str, body: bytes) -> tuple[int, dict[str, Any]]:
        if len(body) != self._uploads[number]["length"]:
            return 400, {"ok": False, "error": "length does not fit"}
        self._uploads[number]["content"] = body
        return 200, {"ok": True}

    def _complete(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        for file in asked["files"]:
            upload = self._uploads.get(file["id"])
            if upload is None or not upload["content"]:
                return self._refuse("file_not_found")
            shown = {
                "channel": asked.get("channel_id"),
                "thread_ts": asked.get("thread_ts"),
                "title": file.get("title"),
            }
            self.files.append({**shown, "content": upload["content"]})
            self._say({**shown, "text": f"(a chart of {len(upload['content'])} bytes)"})
        return 200, {"ok": True, "files": asked["files"]}

    def _refuse(self, error: str) -> tuple[int, dict[str, Any]]:
        self.refused.append(error)
        return 200, {"ok": False, "error": error}


def fault_of(message: dict[str, Any]) -> str:
    """The documented error for a message that Slack would not take; empty where it would."""
    if not message.get("channel"):
        return "channel_not_found"
    if not message.get("text") and not message.get("blocks"):
        return "no_text"
    if len(message.get("text") or "") > _LONGEST_TEXT:
        return "msg_too_long"
    metadata = message.get("metadata")
    if metadata is not None and not (metadata.get("event_type") and isinstance(metadata.get("event_payload"), dict)):
        return "invalid_metadata_format"
    blocks = message.get("blocks") or []
    ids = [element["action_id"] for block in blocks for element in block.get("elements", []) if "action_id" in element]
    fits = len(blocks) <= _MOST_BLOCKS and len(ids) == len(set(ids)) and all(map(_is_block, blocks))
    return "" if fits else "invalid_blocks"


def _is_block(block: dict[str, Any]) -> bool:
    kind = block.get("type")
    if kind == "header":
        return block["text"]["type"] == "plain_text" and 0 < len(block["text"]["text"]) <= _LONGEST_HEADER
    if kind == "section":
        return block["text"]["type"] in {"mrkdwn", "plain_text"} and 0 < len(block["text"]["text"]) <= _LONGEST_SECTION
    if kind == "context":
        return 0 < len(block["elements"]) <= 10 and all(
            0 < len(e["text"]) <= _LONGEST_SECTION for e in block["elements"]
        )
    if kind == "actions":
        return 0 < len(block["elements"]) <= _MOST_BUTTONS and all(map(_is_button, block["elements"]))
    if kind == "image":
        return str(block["image_url"]).startswith("https://") and 0 < len(block["alt_text"]) <= 2000
    return kind == "divider"


def _is_button(button: dict[str, Any]) -> bool:
    label, value = button["text"], button.get("value", "")
    fits = label["type"] == "plain_text" and 0 < len(label["text"]) <= _LONGEST_LABEL
    return button["type"] == "button" and fits and len(value) <= _LONGEST_VALUE and len(button["action_id"]) <= 255


def main() -> None:
    def say(message: dict[str, Any]) -> None:
        sys.stdout.write(f"--- to {message.get('channel')} {message.get('thread_ts') or ''}\n{message.get('text')}\n")
        sys.stdout.flush()

    standin = SlackStandIn(int(sys.argv[1]) if len(sys.argv) > 1 else 9900, say)
    sys.stdout.write(f"SLACK_API_URL={standin.api_url} SLACK_BOT_TOKEN={standin.token}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
