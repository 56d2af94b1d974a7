"""``python -m assistant serve``: open the workspace, take the port, say where, and leave nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from assistant import Assistant
from assistant.authors import NOT_SET_UP
from assistant.web import slack
from assistant.web.access import check_exposure, is_loopback
from assistant.web.app import create_app
from kpi import events
from kpi.errors import SettingsError
from kpi.settings import Settings
from n8n.service import POST_TO_SLACK, workflows

_GRACE_SECONDS = 10  # for open requests and chats when stopping
_LARGEST_CHAT_MESSAGE = 1024 * 1024


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises SettingsError for an unusable host or port, WorkspaceBusy where it is held."""
    check_exposure(settings)
    events.switch_on(settings.log_level)
    with (
        _listening(settings.host, settings.port) as listener,
        closing(Assistant.open(settings.workspace, settings)) as assistant,
    ):
        url = _url(settings.host, listener.getsockname()[1])
        _stop_cleanly_when_terminated()
        app = create_app(assistant)
        with _announced_in(settings.workspace, url), _jobs_done(app, assistant):
            _Server(app, _greeting(settings, url)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Prints its greeting once it takes requests. Requests are logged by ``request_log``, not by uvicorn."""

    def __init__(self, app: object, greeting: str) -> None:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            ws_max_size=_LARGEST_CHAT_MESSAGE,
        )
        super().__init__(config)
        self._greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(self._greeting + "\n")
        sys.stdout.flush()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"Can't listen on {host}:{port} ({error.strerror}). Choose another with --port or PORT."
        ) from error
    return listener


def _url(host: str, port: int) -> str:
    """Where to reach the server from this machine."""
    if host in {"0.0.0.0", "::"} or (is_loopback(host) and host != "::1"):  # noqa: S104
        return f"http://localhost:{port}"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _greeting(settings: Settings, url: str) -> str:
    """Where to go, and, said here once, how to switch the language model on."""
    with_model = "" if settings.has_language_model else f"\n{NOT_SET_UP}"
    if settings.api_token:
        return (
            f"Open {url} (listening on {settings.host}; the API asks for the token, the chat for a login){with_model}"
        )
    return f"Open {url} (open to this machine only, without a login; set API_TOKEN to serve others){with_model}"


@contextmanager
def _announced_in(workspace: Path, url: str) -> Iterator[None]:
    """``server.json`` tells the commands where to find the server that holds the workspace."""
    file = workspace / "server.json"
    fresh = file.with_suffix(".tmp")
    fresh.write_text(json.dumps({"url": url, "pid": os.getpid()}), "utf-8")
    fresh.replace(file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


@contextmanager
def _jobs_done(app: FastAPI, assistant: Assistant) -> Iterator[None]:
    """While the server runs, jobs are handed to n8n and looked after; those left over wait for the next start."""
    dispatcher = workflows(assistant.workspace).dispatcher
    answer = partial(slack.answer, assistant, app.state.conversations, app.state.pictures)
    dispatcher.prepare_with(POST_TO_SLACK, answer)
    dispatcher.start()
    try:
        yield
    finally:
        dispatcher.stop()


def _stop_cleanly_when_terminated() -> None:
    """uvicorn repeats the signal that stopped it: let SIGTERM unwind as an exit, so that the files are closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
