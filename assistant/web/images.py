"""Charts as pictures: for n8n with the token, and for Teams by an address that can't be guessed.

Those who wait for a picture wait outside the worker threads: fifty at once must not keep questions from being answered.
"""

from __future__ import annotations

from typing import Annotated

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Path, Request, Response

from assistant.channels.pictures import Pictures
from assistant.web.problems import RequestRefused
from assistant.web.served import Drawn, Served

router = APIRouter(tags=["Channels"])
_Id = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{20,60}$")]


class PngResponse(Response):
    media_type = "image/png"


@router.get("/api/images/{image_id}.png", summary="A chart as a picture", response_class=PngResponse)
async def image(request: Request, pictures: Drawn, image_id: _Id) -> PngResponse:
    """The chart of an answer that was given for a channel; the newest two hundred are kept."""
    return await _drawn(request, pictures, image_id)


@router.get("/images/{image_id}.png", include_in_schema=False)
async def public_image(request: Request, assistant: Served, pictures: Drawn, image_id: _Id) -> PngResponse:
    """The same without a token, where the server has a PUBLIC_URL that such pictures are fetched from."""
    if assistant.workspace.settings.public_url is None:
        raise RequestRefused("not_found", "There is nothing here; /docs lists the addresses.")
    return await _drawn(request, pictures, image_id)


async def _drawn(request: Request, pictures: Pictures, image_id: str) -> PngResponse:
    state = request.app.state
    if not hasattr(state, "drawing"):
        state.drawing = CapacityLimiter(1)
    return PngResponse(await run_sync(pictures.png, image_id, limiter=state.drawing))
