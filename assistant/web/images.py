"""Charts as pictures: for n8n with the token, and for Teams by an address that can't be guessed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from assistant.web.problems import RequestRefused
from assistant.web.served import Drawn, Served

router = APIRouter(tags=["Channels"])
_Id = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{20,60}$")]


class PngResponse(Response):
    media_type = "image/png"


@router.get("/api/images/{image_id}.png", summary="A chart as a picture", response_class=PngResponse)
def image(pictures: Drawn, image_id: _Id) -> PngResponse:
    """The chart of an answer that was given for a channel; the newest two hundred are kept."""
    return PngResponse(pictures.png(image_id))


@router.get("/images/{image_id}.png", include_in_schema=False)
def public_image(assistant: Served, pictures: Drawn, image_id: _Id) -> PngResponse:
    """The same without a token, where the server has a PUBLIC_URL that such pictures are fetched from."""
    if assistant.workspace.settings.public_url is None:
        raise RequestRefused("not_found", "There is nothing here; /docs lists the addresses.")
    return PngResponse(pictures.png(image_id))
