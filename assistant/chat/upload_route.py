"""Chainlit's upload address with one check before it: an empty file would end there in an error without words."""

from __future__ import annotations

from typing import Any

from chainlit.config import config
from chainlit.server import UserParam, upload_file
from fastapi import FastAPI, HTTPException, UploadFile
from fastapi.routing import APIRoute

from assistant.chat.texts import texts

_ADDRESS = "/project/file"


def install_upload_route(chainlit_app: FastAPI, max_upload_mb: int) -> None:
    """Put our route before Chainlit's own, once, and set the size that browser and server accept."""
    accepted = config.features.spontaneous_file_upload
    if accepted is not None:
        accepted.max_size_mb = max_upload_mb
    routes = chainlit_app.router.routes
    if not any(isinstance(route, APIRoute) and route.endpoint is receive_file for route in routes):
        routes.insert(0, APIRoute(_ADDRESS, receive_file, methods=["POST"]))


async def receive_file(
    current_user: UserParam, session_id: str, file: UploadFile, ask_parent_id: str | None = None
) -> Any:
    """Store a file for a chat. What is wrong with it is said in ``detail``, which the page shows."""
    if not file.size:
        raise HTTPException(400, texts().upload.empty.format(file=file.filename or "This file"))
    return await upload_file(current_user, session_id, file, ask_parent_id)
