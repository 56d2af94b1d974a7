"""A job of a workflow, followed in the chat that asked for it: one message that tells how it goes, then its report."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import chainlit as cl
from pydantic import ValidationError

from assistant.chat.guarded import safely
from assistant.chat.load_report import figures, follow_ups_of, headline, remarks
from assistant.chat.reply import chip
from assistant.chat.safe_text import line
from assistant.chat.session import ChatSession
from assistant.chat.texts import texts
from n8n.jobs import Job
from n8n.jobs.dispatcher import AWAY
from n8n.service import workflows
from tools.base import Option
from tools.ingest_file import LoadReport

if TYPE_CHECKING:
    from assistant import Assistant

_SECONDS_BETWEEN = 0.5


class JobMessages:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def follow(self, session: ChatSession, numbers: tuple[int, ...]) -> None:
        """Follow those jobs that this chat asked for, in the background: the chat stays usable meanwhile.

        A job may have ended before we look: it is told all the same, once for each time it was asked for.
        """
        for number in numbers:
            job = await self._get(number)
            asked = (number, job.deadline)
            if job.conversation == session.conversation.id and asked not in session.following:
                session.following[asked] = asyncio.ensure_future(safely(self._follow)(session, job))

    async def _follow(self, session: ChatSession, job: Job) -> None:
        shown = await cl.Message(said(job)).send()
        while not job.is_finished:
            await asyncio.sleep(_SECONDS_BETWEEN)
            job = await self._get(job.number)
            if said(job) != shown.content:
                shown.content = said(job)
                await shown.update()
        await self._report(session, job)
        for child in await asyncio.to_thread(workflows(self._assistant.workspace).store.children, job.number):
            await self.follow(session, (child.number,))

    async def _report(self, session: ChatSession, job: Job) -> None:
        """What came of it, with what can be done next as chips."""
        content, options = await asyncio.to_thread(self._outcome, job)
        if content:
            chips = [chip(option) for option in options]
            await session.replace_chips(chips)
            await cl.Message(content, actions=chips).send()

    def _outcome(self, job: Job) -> tuple[str, list[Option]]:
        wording = texts().workflow
        if job.state == "failed":
            again = wording.try_again
            number = {"number": job.number}
            return said(job), [Option(label=again.label, question=again.question.format(**number))]
        if job.state != "succeeded" or job.result is None:
            return "", []
        if "files" in job.result:
            files = [line(str(file)) for file in job.result["files"]]
            return wording.found.format(count=len(files), files=", ".join(files)) if files else wording.nothing_new, []
        return self._loaded(job)

    def _loaded(self, job: Job) -> tuple[str, list[Option]]:
        try:
            report = LoadReport.model_validate(job.result)
        except ValidationError:  # another workflow's result, which has no wording of its own
            return "", []
        currency = self._assistant.workspace.currency
        parts = [headline(report), figures(report, self._assistant.model, currency), remarks(report)]
        return "\n\n".join(part for part in parts if part), follow_ups_of(report)

    async def _get(self, number: int) -> Job:
        return await asyncio.to_thread(workflows(self._assistant.workspace).store.get, number)


def said(job: Job) -> str:
    """One line on how the job goes."""
    wording = texts().workflow
    step = line(job.step)
    about = {"what": line(job.title), "number": job.number}
    if job.state == "failed":
        at = wording.failed_step.format(step=step) if step else ""
        return wording.failed.format(step=at, reason=line(job.reason, longest=600), **about)
    if job.state == "waiting":
        return (wording.away if job.step == AWAY else wording.waiting).format(**about)
    if job.state == "running":
        return wording.running.format(step=wording.step.format(step=step) if step else "", **about)
    return (wording.done if job.state == "succeeded" else wording.stopped).format(**about)
