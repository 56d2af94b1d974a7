"""What happens when a chat opens, a message comes in, or a chip is clicked."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import chainlit as cl
from chainlit.config import config
from fastapi import HTTPException

from assistant.chat import login, not_right
from assistant.chat.decisions import UPLOAD
from assistant.chat.guarded import safely, step
from assistant.chat.job_messages import JobMessages
from assistant.chat.not_right import NOT_RIGHT
from assistant.chat.pending import PendingFile
from assistant.chat.reply import ASK, Reply, compose
from assistant.chat.session import ChatSession, forget_messages, run_as_said, stop_unless_back
from assistant.chat.texts import texts
from assistant.chat.uploads import Uploads
from assistant.workers import in_worker

if TYPE_CHECKING:
    from assistant import Assistant


class Chat:
    """The handlers of one assistant. Questions run in worker threads, so nobody waits for another's query."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._uploads = Uploads(assistant)
        self._jobs = JobMessages(assistant)
        self._login = login.Login(assistant.workspace.settings.chat_users)
        self._checking_password = asyncio.Lock()  # one at a time: bcrypt is slow by design

    def register(self) -> None:
        cl.set_starters(self.starters)
        cl.on_chat_start(safely(self.start))
        cl.on_message(safely(self.message))
        cl.on_chat_end(self.left)
        cl.action_callback(ASK)(safely(self.chip_clicked))
        cl.action_callback(UPLOAD)(safely(self.choice_clicked))
        cl.action_callback(NOT_RIGHT)(safely(self.not_right_clicked))
        # Not by cl.password_auth_callback: it would hide from the person why the login was refused.
        asked = login.is_asked(self._assistant.workspace.settings)
        config.code.password_auth_callback = self.sign_in if asked else None

    async def starters(self, user: cl.User | None, language: str | None) -> list[cl.Starter]:
        return [cl.Starter(label=option.label, message=option.question) for option in texts().starters]

    async def start(self) -> None:
        ChatSession.current(self._assistant)

    async def message(self, message: cl.Message) -> None:
        session = ChatSession.current(self._assistant)
        typed = message.content.strip()
        files = [PendingFile(path=file.path, name=file.name, question=typed) for file in message.elements if file.path]
        if files:
            # Chainlit names a chat by its first message, and shows no stop button in one without a name.
            await cl.context.emitter.init_thread(typed or files[0].name)
            await self._uploads.offer(session, files)
        else:
            await self._answer(session, message.content)

    async def left(self) -> None:
        forget_messages()
        stop_unless_back(cl.context.session)

    async def chip_clicked(self, action: cl.Action) -> None:
        session = ChatSession.current(self._assistant)
        question = str(action.payload.get("question", ""))
        run_as_said(session, question, partial(safely(self._answer), session, question))

    async def choice_clicked(self, action: cl.Action) -> None:
        session = ChatSession.current(self._assistant)
        run_as_said(session, action.label, partial(safely(self._uploads.decide), session, action.payload))

    async def not_right_clicked(self, action: cl.Action) -> None:
        session = ChatSession.current(self._assistant)
        work = partial(safely(not_right.clicked), session.said, action.payload, self._assistant.workspace.folder)
        run_as_said(session, action.label, work)

    async def sign_in(self, name: str, password: str) -> cl.User:
        async with self._checking_password:
            admitted = await asyncio.to_thread(self._login.admits, name, password)
        if not admitted:
            raise HTTPException(401, texts().login.refused)
        return cl.User(identifier=name)

    async def _answer(self, session: ChatSession, question: str) -> None:
        forget_messages()
        await session.replace_chips([])
        reply = await in_worker(self._reply, session, question)
        if reply.understood:
            async with step(texts().answer.understood) as shown:
                shown.output = reply.understood
        await session.replace_chips(reply.chips)
        await cl.Message(reply.content, elements=reply.elements, actions=[*reply.chips, *reply.objections]).send()
        await self._jobs.follow(session, reply.jobs)

    def _reply(self, session: ChatSession, question: str) -> Reply:
        answer = session.conversation.ask(question)
        objections = session.said.note(question, answer, self._assistant.workspace.today())
        return compose(answer, self._assistant.workspace.currency, objections)
