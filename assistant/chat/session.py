"""What one chat remembers: its conversation, the chips that still fit, and the files that wait for a decision."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import chainlit as cl
from chainlit.chat_context import chat_contexts

from assistant.chat.not_right import Said
from assistant.chat.pending import PendingFile

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.conversation import Conversation

_KEY = "chat_session"
_BACK_WITHIN_SECONDS = 3  # a connection that only broke is there again by then


@dataclass
class ChatSession:
    conversation: Conversation
    user: str | None
    chips: list[cl.Action] = field(default_factory=list)
    pending: dict[str, PendingFile] = field(default_factory=dict)
    following: dict[tuple[int, float], asyncio.Future[None]] = field(default_factory=dict)  # jobs: number, deadline
    said: Said = field(init=False)

    def __post_init__(self) -> None:
        self.said = Said(self.user)

    @classmethod
    def current(cls, assistant: Assistant) -> ChatSession:
        """The session of the chat that is being served; each browser tab and each 'New Chat' has its own."""
        session: ChatSession | None = cl.user_session.get(_KEY)
        if session is None:
            signed_in = cl.user_session.get("user")
            user = signed_in.identifier if signed_in else None
            session = cls(assistant.conversation(user=user), user)
            cl.user_session.set(_KEY, session)
        return session

    async def replace_chips(self, chips: list[cl.Action]) -> None:
        """Chips speak about the newest answer: those of an earlier one would ask in the wrong context."""
        stale, self.chips = self.chips, chips
        await asyncio.gather(*(chip.remove() for chip in stale))

    def take_pending(self, keys: list[str]) -> list[PendingFile]:
        """Take files off the waiting list; each can be taken, and so decided, once."""
        found = [self.pending.pop(key, None) for key in keys]
        return [file for file in found if file is not None]


def forget_messages() -> None:
    """Chainlit would keep every message of a chat, with its chart and files, in memory for as long as it runs."""
    chat_contexts.pop(cl.context.session.id, None)


def run_as_said(session: ChatSession, text: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do what a click asked for as if it had been typed: the text as the person's own message, the work as its answer.

    As for a typed message there is the busy sign meanwhile, and the stop button stops it.
    """
    emitter = cl.context.emitter

    async def task() -> None:
        await emitter.task_start()
        try:
            said = await cl.Message(text, type="user_message", author=session.user or "User").send()
            async with cl.Step(name="on_message", type="run", parent_id=said.id):  # as Chainlit wraps typed ones
                await work()
        finally:
            await emitter.task_end()

    cl.context.session.current_task = asyncio.create_task(task())


def stop_unless_back(session: Any) -> None:
    """A tab that was closed waits for no answer: stop its work. A reload or a broken line comes back under its id."""
    left_as, work = session.socket_id, session.current_task
    if work is None or work.done():
        return

    def stop() -> None:
        if session.socket_id == left_as:
            work.cancel()

    asyncio.get_running_loop().call_later(_BACK_WITHIN_SECONDS, stop)
