"""The endpoint, over LangChain: one forced tool call, or a text. The only module that imports LangChain.

Three failures raise nothing in LangChain and are found here: malformed tool JSON, an answer cut off in the middle,
and an answer without anything in it.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.llm.failures import ModelFailed
from assistant.llm.prompt import Message, estimated_tokens
from assistant.llm.waiting import within
from kpi import events
from kpi.errors import PlatformError
from kpi.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

MOST_WRITTEN = 800  # tokens of one reply
_COMPLETE = {"stop", "tool_calls", "function_call"}


class Deadline:
    """The time that one question may spend with the model, over all its calls."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Raises ModelFailed where nothing is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise ModelFailed("too_slow", seconds=self.seconds)
        return left


@dataclass(frozen=True)
class Usage:
    """Tokens read and written; estimated where the endpoint doesn't say."""

    read: int
    written: int


@dataclass(frozen=True)
class Called:
    """The tool call a model made; ``problem`` says what is wrong with it where it can't be used."""

    id: str
    tool: str
    arguments: dict[str, Any]
    usage: Usage
    problem: str = ""


class Client:
    """Talks to the endpoint of the settings; safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Imports LangChain, which takes seconds: before any question's time runs."""
        from langchain_openai import ChatOpenAI

        self._settings = settings
        self._chat = ChatOpenAI

    def call(self, messages: Sequence[Message], tools: list[dict[str, Any]], deadline: Deadline) -> Called:
        """One tool call, forced. Raises ModelFailed."""

        async def ask() -> AIMessage:
            async with self._model(deadline.left) as model:
                return await model.bind_tools(tools, tool_choice="required").ainvoke(list(messages))

        reply = _reply(ask, deadline)
        return _called(reply, _usage(reply, messages, str(reply.additional_kwargs) + str(reply.content)))

    def write(self, messages: Sequence[Message], deadline: Deadline) -> tuple[str, Usage]:
        """A text, streamed so that it can be stopped when time is over. Raises ModelFailed."""

        async def ask() -> AIMessage:
            async with self._model(deadline.left) as model:
                return await _whole(model.astream(list(messages)))

        reply = _reply(ask, deadline)
        text = str(reply.content).strip()
        if not text:
            raise ModelFailed("empty")
        return text, _usage(reply, messages, text)

    @asynccontextmanager
    async def _model(self, seconds: float) -> AsyncIterator[ChatOpenAI]:
        """With a connection of its own, so that it can be cut, and without LangSmith: prompts go to the endpoint alone,
        whatever the environment says (LANGSMITH_TRACING and its older names)."""
        import httpx
        from langsmith import tracing_context

        async with httpx.AsyncClient(timeout=seconds) as connection:
            with tracing_context(enabled=False):
                yield self._chat(
                    model=self._settings.llm_model,
                    api_key=self._settings.openai_api_key,
                    base_url=self._settings.openai_base_url,
                    timeout=seconds,
                    temperature=self._settings.llm_temperature,
                    max_tokens=MOST_WRITTEN,
                    max_retries=0,  # the rules' answer is there at once; asking again is the person's choice
                    use_responses_api=False,
                    http_async_client=connection,
                )


def _reply(ask: Callable[[], Coroutine[Any, Any, AIMessage]], deadline: Deadline) -> AIMessage:
    """What ``ask`` gives within the deadline. Raises ModelFailed, or Cancelled where nobody waits any more."""
    try:
        return within(deadline.left, ask)
    except PlatformError:
        raise
    except TimeoutError as error:
        raise ModelFailed("too_slow", seconds=deadline.seconds) from error
    except Exception as error:
        raise _named(error, deadline) from error


def _named(error: Exception, deadline: Deadline) -> ModelFailed:
    """The failure's name. What the endpoint wrote goes nowhere: it may repeat the key or the prompt."""
    import openai

    names: list[tuple[type[Exception] | tuple[type[Exception], ...], str]] = [
        ((openai.AuthenticationError, openai.PermissionDeniedError), "refused_key"),
        (openai.RateLimitError, "too_many"),
        (openai.NotFoundError, "not_found"),
        (openai.APITimeoutError, "too_slow"),
        (openai.APIConnectionError, "no_server"),
        (openai.InternalServerError, "broken"),
        (openai.APIStatusError, "refused_request"),
        (ValidationError, "empty"),  # a call whose arguments are no object
        ((ValueError, TypeError, AttributeError, LookupError), "not_a_model"),
    ]
    reason = next((name for kinds, name in names if isinstance(error, kinds)), "broken")
    events.record("model_failed", reason=reason, error=type(error).__name__)
    return ModelFailed(reason, seconds=deadline.seconds)


async def _whole(chunks: AsyncIterator[Any]) -> AIMessage:
    """The streamed message. A stream that ends without saying why was cut: what came looks complete, and is not."""
    whole: Any = None
    async for chunk in chunks:
        whole = chunk if whole is None else whole + chunk
    if whole is None:
        raise ModelFailed("empty")
    _check_complete(whole)
    message: AIMessage = whole
    return message


def _called(reply: AIMessage, usage: Usage) -> Called:
    if reply.invalid_tool_calls:
        broken = reply.invalid_tool_calls[0]
        return Called(broken["id"] or "", broken["name"] or "", {}, usage, "Its arguments were not valid JSON.")
    _check_complete(reply)
    if not reply.tool_calls:
        return Called("", "", {}, usage, "It called no tool.")
    first = reply.tool_calls[0]
    problem = "It called several tools; call one." if len(reply.tool_calls) > 1 else ""
    return Called(first["id"] or "", first["name"], first["args"], usage, problem)


def _check_complete(reply: AIMessage) -> None:
    if reply.response_metadata.get("finish_reason") not in _COMPLETE:
        raise ModelFailed("cut")


def _usage(reply: AIMessage, messages: Sequence[Message], written: str) -> Usage:
    said = reply.usage_metadata
    if said:
        return Usage(said["input_tokens"], said["output_tokens"])
    return Usage(estimated_tokens("".join(str(message) for message in messages)), estimated_tokens(written))
