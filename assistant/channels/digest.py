"""The digest: a few questions of ``digest.yml``, answered and laid out as one message."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import formats
from assistant.answer import Answer
from assistant.channels.pictures import Pictures
from assistant.channels.rendered import Image, render
from assistant.channels.slack_blocks import escaped, header
from assistant.channels.teams_card import plain
from assistant.channels.wording import wording
from kpi.errors import DefinitionError

if TYPE_CHECKING:
    from assistant import Assistant

FILE = "digest.yml"
_MOST_BLOCKS = 50


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DigestQuestion(_Strict):
    ask: str
    chart: bool = False


class DigestContents(_Strict):
    questions: tuple[DigestQuestion, ...] = Field(min_length=1, max_length=8)


def contents(workspace: Path) -> DigestContents:
    """The workspace's own, else ours. Raises DefinitionError naming the file."""
    own = workspace / FILE
    text = own.read_text("utf-8") if own.exists() else resources.files("assistant.channels").joinpath(FILE).read_text()
    try:
        return DigestContents.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"{own if own.exists() else FILE} is malformed: {error}") from error


def digest(assistant: Assistant, pictures: Pictures) -> dict[str, Any]:
    """``post`` for Slack (text, blocks, image), ``card`` for Teams, and the ``answers`` behind them."""
    day = formats.as_date(assistant.workspace.today())
    title = wording().digest_title.format(day=f"{day.day} {day:%B %Y}")
    if assistant.engine.catalogue.is_empty:
        text = wording().digest_nothing
        return {"post": {"text": f"{title}\n{text}", "blocks": None, "image": None}, "card": plain(text), "answers": []}
    asked = contents(assistant.workspace.folder).questions
    answers = [assistant.conversation().ask(question.ask) for question in asked]
    wants_chart = [question.chart for question in asked]
    return _laid_out(assistant, pictures, title, answers, wants_chart)


def _laid_out(
    assistant: Assistant, pictures: Pictures, title: str, answers: list[Answer], wants_chart: list[bool]
) -> dict[str, Any]:
    texts, blocks, body = [title], [header(title)], []
    image: Image | None = None
    for answer, wanted in zip(answers, wants_chart, strict=True):
        drawn = answer if wanted and image is None else answer.model_copy(update={"chart": None})
        shown = render(drawn, assistant.workspace.currency, pictures, assistant.workspace.settings.public_url)
        image = image or shown.image
        texts.append(escaped(answer.text))
        blocks += [block for block in shown.blocks if block["type"] != "actions"]
        body += shown.card["body"]
    post = {"text": "\n".join(texts), "blocks": blocks[:_MOST_BLOCKS], "image": image.model_dump() if image else None}
    card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
    return {"post": post, "card": card, "answers": [answer.model_dump(mode="json") for answer in answers]}
