"""Questions over HTTP: in words, as a typed query, and as plain parameters. All give an Answer.

The endpoints are plain functions, which FastAPI runs in worker threads: a slow query never blocks the event loop.
It is interrupted where the client goes away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticSerializationError

from assistant.answer import Answer
from assistant.channels.rendered import Rendered, render
from assistant.web.dropped import ends_with_its_client
from assistant.web.kpi_params import Compare, metric_query, whole_days
from assistant.web.served import Drawn, Served, Talks
from kpi.errors import InvalidQuery
from kpi.query import MetricQuery

router = APIRouter(prefix="/api", tags=["Questions"], dependencies=[Depends(ends_with_its_client)])
_KPI_PARAMETERS = {"start", "end", "metrics", "by", "compare", "today"}
Text = Annotated[
    str, AfterValidator(lambda text: text.encode("utf-8", "replace").decode())
]  # an emoji may come cut in half
Today = Annotated[date | None, Query(description="The day that counts as today; the real one by default.")]


class AskRequest(BaseModel):
    """A question in words."""

    model_config = ConfigDict(extra="forbid")

    question: Text = Field(examples=["Compare CAC and ROAS for the last 30 days vs the prior 30 days"])
    conversation_id: Text | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="Of an earlier answer, or an id of your own (a Slack thread); a follow-up changes its last query.",
    )
    today: date | None = Field(None, description="The day that counts as today in a new conversation.")
    channel: Literal["slack", "teams"] | None = Field(
        None, description="Where it was asked; the reply then holds `rendered`: text, blocks, card and picture."
    )
    user: Text | None = Field(None, max_length=200, description="Who asked there.")
    thread: Text | None = Field(
        None, min_length=1, max_length=200, description="The thread it was asked in: one conversation each."
    )


class AskReply(Answer):
    """The Answer, the conversation to send the follow-up to, and the ISO code of values in the unit `currency`."""

    conversation_id: str
    currency: str | None


class ChannelReply(AskReply):
    """The reply to a question of a channel, ready to be posted there."""

    rendered: Rendered


@router.post("/ask", summary="Ask a question in plain English")
def ask(
    request: Request, assistant: Served, talks: Talks, pictures: Drawn, body: AskRequest
) -> AskReply | ChannelReply:
    """With `channel`, `user` and `thread` the reply also holds the answer laid out for that channel."""
    thread = f"{body.channel or 'thread'}:{body.thread}" if body.thread else None
    answer, conversation_id = talks.ask(body.question, body.conversation_id or thread, body.today, user=body.user)
    _note_id(request, answer)
    fields = {name: getattr(answer, name) for name in Answer.model_fields}
    workspace = assistant.workspace
    fields |= {"conversation_id": conversation_id, "currency": workspace.currency}
    if body.channel is None:
        return AskReply(**fields)
    shown = render(answer, workspace.currency, pictures, workspace.settings.public_url)
    return ChannelReply(**fields, rendered=shown)


@router.post("/query", summary="Run a typed query")
def query(
    request: Request,
    assistant: Served,
    body: MetricQuery,
    today: Today = None,
) -> Answer:
    _check_text(body)
    return _note_id(request, assistant.answer_query(body, today=today))


@router.get("/kpis", summary="Metrics of a period by plain parameters")
def kpis(
    request: Request,
    assistant: Served,
    start: Annotated[date, Query(examples=["2025-06-01"])],
    end: Annotated[date, Query(description="The last day, inclusive.", examples=["2025-06-30"])],
    metrics: Annotated[list[str], Query(description="Names, separated by commas.", examples=[["spend,roas"]])],
    by: Annotated[list[str], Query(description="Dimensions and one of day, week, month, quarter, year.")] = [],  # noqa: B006
    compare: Annotated[Compare, Query(description="`previous`: as many days just before.")] = "none",
    today: Today = None,
) -> Answer:
    """Every dimension is a filter as well: `platform=Meta&platform=Google` keeps these two."""
    wanted = metric_query(whole_days(start, end), metrics, by, compare, _members(request, assistant.model.dimensions))
    return _note_id(request, assistant.answer_query(wanted, today=today))


def _note_id(request: Request, answer: Answer) -> Answer:
    """The request's log line names the answer; one without an id of its own gets the request's."""
    answer.id = answer.id or request.state.request_id
    request.state.answer_id = answer.id
    return answer


def _check_text(query: MetricQuery) -> None:
    """Raises InvalidQuery for half characters, which JSON can hold and neither a member nor an answer can."""
    try:
        query.model_dump_json()
    except PydanticSerializationError as error:
        raise InvalidQuery("The query holds text that is not valid Unicode.") from error


def _members(request: Request, dimensions: Iterable[str]) -> dict[str, list[str]]:
    """The parameters that name a dimension. Raises InvalidQuery for any other: none is ignored."""
    given = request.query_params
    members = {name: given.getlist(name) for name in given if name not in _KPI_PARAMETERS}
    known = [*sorted(_KPI_PARAMETERS), *dimensions]
    for name in members:
        if name not in known:
            raise InvalidQuery(f"There is no parameter {name[:50]!r}; there are: {', '.join(known)}.")
    return members
