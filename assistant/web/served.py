"""What endpoints share, put on the application once: ``app.state.assistant`` and the API's memories."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from assistant import Assistant
from assistant.channels.pictures import Pictures
from assistant.web.conversations import Conversations
from assistant.web.idempotency import IdempotentResults


def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.app.state.assistant
    return assistant


def _conversations(request: Request) -> Conversations:
    conversations: Conversations = request.app.state.conversations
    return conversations


def _results(request: Request) -> IdempotentResults:
    results: IdempotentResults = request.app.state.idempotent_results
    return results


def _pictures(request: Request) -> Pictures:
    pictures: Pictures = request.app.state.pictures
    return pictures


Served = Annotated[Assistant, Depends(_assistant)]
Talks = Annotated[Conversations, Depends(_conversations)]
Repeatable = Annotated[IdempotentResults, Depends(_results)]
Drawn = Annotated[Pictures, Depends(_pictures)]
