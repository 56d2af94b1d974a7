"""A file dropped into the chat: shown before it is loaded, loaded when the person says so, reported afterwards."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import chainlit as cl

from assistant.chat.decisions import ABOUT_THE_FILE, ABOUT_THE_LOAD, button, follow_ups, known, ways
from assistant.chat.guarded import step
from assistant.chat.load_report import column_uses, figures, headline, remarks
from assistant.chat.pending import PendingFile
from assistant.chat.progress import ProgressLine
from assistant.chat.reply import chip
from assistant.chat.safe_text import line
from assistant.chat.session import ChatSession
from assistant.chat.texts import texts
from tools import ingest_file

if TYPE_CHECKING:
    from assistant import Assistant
    from tools.ingest_file import LoadReport, Preview

_WAITING = ("ready", "needs_confirmation")


class Uploads:
    """Previews and loads run in worker threads; the loader lets one load at a time write."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._workspace = assistant.workspace

    async def offer(self, session: ChatSession, files: list[PendingFile]) -> None:
        """Show what each file holds, with the buttons to decide; several that are ready can be loaded at once."""
        ready = [file for file in files if await self._preview(session, file) == "ready"]
        if len(ready) > 1:
            said = texts().upload
            load_all = button(said.load_all.format(count=len(ready)), ready)
            for file in ready:
                file.buttons.append(load_all)
            await cl.Message(said.several_ready.format(count=len(ready)), actions=[load_all]).send()

    async def decide(self, session: ChatSession, decision: dict[str, Any]) -> None:
        """Carry out the decision of a button; the buttons of the files it decides go away."""
        files = session.take_pending(decision.get("files", []))
        if not files:
            await cl.Message(texts().upload.expired).send()
        for file in files:
            await asyncio.gather(*(shown.remove() for shown in file.buttons))
            file.buttons.clear()
            file.options |= known(decision.get("options", {}), ABOUT_THE_FILE + ABOUT_THE_LOAD)
            await self._carry_out(session, file, decision.get("do"))

    async def _carry_out(self, session: ChatSession, file: PendingFile, what: str | None) -> None:
        if what == "load":
            await self._load(session, file)
        elif what == "preview":
            await self.offer(session, [file])
        else:
            await cl.Message(texts().upload.cancelled.format(file=line(file.name))).send()

    async def _preview(self, session: ChatSession, file: PendingFile) -> str:
        async with step(texts().upload.reading.format(file=file.name)) as shown:
            preview = await asyncio.to_thread(self._read, file)
            shown.name = texts().upload.understood
            shown.output = column_uses(preview)
        if not shown.output:
            await shown.remove()
        if preview.status == "refused" and await asyncio.to_thread(self._lacks_a_word, preview, file):
            await self._ask_for_it(session, file, preview)
        else:
            await self._show(session, file, preview)
        return preview.status

    def _read(self, file: PendingFile, **more: str) -> Preview:
        said = {**known(file.options, ABOUT_THE_FILE), **more}
        return ingest_file.preview(self._workspace, file.path, file_name=file.name, **said)

    def _lacks_a_word(self, preview: Preview, file: PendingFile) -> bool:
        """Whether a word of the person is all that the file needs: then we ask instead of refusing."""
        if not preview.choices:
            return False
        said = {name: str(value) for name, value in preview.choices[0].options.items()}
        return self._read(file, **said).reason != preview.reason

    async def _ask_for_it(self, session: ChatSession, file: PendingFile, preview: Preview) -> None:
        """The file's platform, or the order of day and month in it."""
        said, choices = texts().upload, preview.choices
        of_platform = all(choice.options.keys() == {"platform"} for choice in choices)
        content = said.platform.format(file=line(file.name)) if of_platform else line(preview.message, longest=600)
        options = [(choice.label, dict(choice.options)) for choice in choices]
        await self._ask(
            session, file, content, [button(label, [file], do="preview", options=o) for label, o in options]
        )

    async def _ask(self, session: ChatSession, file: PendingFile, content: str, buttons: list[cl.Action]) -> None:
        """Put a decision to the person, with a way out; until it is made the file waits."""
        file.buttons = [*buttons, button(texts().upload.choices.cancel, [file], do="cancel")]
        session.pending[file.id] = file
        await cl.Message(content, actions=file.buttons).send()

    async def _load(self, session: ChatSession, file: PendingFile) -> None:
        async with step(texts().upload.loading.format(file=file.name)) as shown:
            load = partial(ingest_file.load, file_name=file.name, user=session.user, via="chat", **file.options)
            work = asyncio.to_thread(load, self._workspace, file.path, progress=ProgressLine(shown))
            report = await _to_the_end(asyncio.ensure_future(work))
            shown.name = texts().upload.understood
            shown.output = column_uses(report)
        await self._show(session, file, report)

    async def _show(self, session: ChatSession, file: PendingFile, report: Preview | LoadReport) -> None:
        """The file or its load in one message, with what can be done next as buttons."""
        currency = self._workspace.currency
        parts = [headline(report), figures(report, self._assistant.model, currency), remarks(report)]
        content = "\n\n".join(part for part in parts if part)
        if report.status in _WAITING:
            await self._ask(session, file, f"{content}\n\n{texts().upload.question}", ways(file, report))
            return
        chips = [] if report.status == "refused" else [chip(option) for option in follow_ups(file, report)]
        await session.replace_chips(chips)
        rejects = await asyncio.to_thread(self._rejects, report)
        await cl.Message(content, actions=chips, elements=rejects).send()

    def _rejects(self, report: Preview | LoadReport) -> list[Any]:
        """The rejected rows of a load, to be mended and dropped again."""
        if report.status != "loaded_with_rejects" or report.batch_id is None:
            return []
        rows = ingest_file.rejects_csv(self._workspace, report.batch_id)
        return [cl.File(name=f"rejected-rows-{report.batch_id}.csv", content=rows, mime="text/csv")]


async def _to_the_end(work: asyncio.Future[LoadReport]) -> LoadReport:
    """A load is one transaction and can't be stopped half way: the stop button gets that answer, then the report."""
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await cl.Message(texts().upload.not_stopped).send()
        return await work
