"""Puts the chat into our server: ``mount_chat`` is all that the rest of the product knows of Chainlit."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from assistant.chat import app_root, login

if TYPE_CHECKING:
    from assistant import Assistant

PATH = "/chat"


def mount_chat(app: FastAPI, assistant: Assistant) -> None:
    """Serve the chat under ``/chat``. Chainlit is one a process: the assistant that was mounted last answers."""
    root = _prepare(assistant)
    _remove_at_shutdown(app, root)

    from chainlit.server import app as chainlit_app  # reads its configuration when imported, so only now

    from assistant.chat.handlers import Chat
    from assistant.chat.upload_route import install_upload_route

    install_upload_route(chainlit_app, assistant.workspace.settings.max_upload_mb)
    Chat(assistant).register()
    app.mount(PATH, chainlit_app)


def _prepare(assistant: Assistant) -> Path:
    """The folder Chainlit runs in, and the environment that it reads once, when it is first imported."""
    folder = assistant.workspace.folder.resolve()
    root = folder / "chat"
    if "chainlit" in sys.modules:  # not the first chat of this process: Chainlit stays where it started
        from chainlit.config import APP_ROOT

        root = Path(APP_ROOT)
    app_root.make(root)
    os.environ["CHAINLIT_APP_ROOT"] = str(root)
    os.environ["CHAINLIT_ROOT_PATH"] = PATH
    os.environ["CHAINLIT_ENV_FILE"] = os.devnull  # our settings read .env themselves
    os.environ["CHAINLIT_AUTH_COOKIE_NAME"] = "chat_login"
    os.environ["CHAINLIT_AUTH_SECRET"] = login.secret(folder, assistant.workspace.settings)
    return root


def _remove_at_shutdown(app: FastAPI, root: Path) -> None:
    """Of a mounted app no shutdown hook is ever called, so the outer app's own lifespan does it."""
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with inner(running) as state:
            yield state
        app_root.remove(root)

    app.router.lifespan_context = lifespan
