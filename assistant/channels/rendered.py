"""An answer in every form that a channel may want: plain text, Slack's blocks, a card for Teams, a picture."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assistant.answer import Answer
from assistant.channels.pictures import Pictures, can_draw
from assistant.channels.slack_blocks import blocks, table_text
from assistant.channels.teams_card import card
from assistant.channels.wording import wording


class Image(BaseModel):
    """Fetched from ``/api/images/<id>.png`` with the token."""

    id: str
    title: str


class Rendered(BaseModel):
    text: str
    blocks: list[dict[str, Any]]
    card: dict[str, Any]
    image: Image | None = None


def render(answer: Answer, currency: str | None, pictures: Pictures, public_url: str | None = None) -> Rendered:
    """``public_url``: where Teams can fetch pictures from; without it its card has none."""
    image = _image(answer, pictures)
    notes = (wording().no_picture,) if _is_worth_a_picture(answer) and image is None else ()
    address = f"{public_url.rstrip('/')}/images/{image.id}.png" if image and public_url else None
    for_teams = notes if address or image is None else (wording().no_address,)
    return Rendered(
        text=_text(answer, currency),
        blocks=blocks(answer, currency, notes),
        card=card(answer, currency, notes=for_teams, image_url=address),
        image=image,
    )


def _image(answer: Answer, pictures: Pictures) -> Image | None:
    if not _is_worth_a_picture(answer) or not can_draw():
        return None
    assert answer.chart is not None
    return Image(id=pictures.keep(answer.chart), title=answer.interpretation or wording().chart_title)


def _is_worth_a_picture(answer: Answer) -> bool:
    """A single number is said in the text; a picture of it would only be waited for."""
    return answer.chart is not None and len(answer.rows) > 1


def _text(answer: Answer, currency: str | None) -> str:
    table = table_text(answer, currency)
    notes = [note.text for note in answer.notes if note.text not in answer.text]
    parts = [answer.text, answer.interpretation, table, *notes]
    return "\n".join(part for part in parts if part)
