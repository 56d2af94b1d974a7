"""The buttons below a file in the chat: what can be done with it, and what a click on one may say."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

import chainlit as cl

from assistant.chat.load_report import follow_ups_of
from assistant.chat.pending import PendingFile
from assistant.chat.texts import texts
from tools.base import Option

if TYPE_CHECKING:
    from tools.ingest_file import LoadReport, Preview

UPLOAD = "upload"  # the action of these buttons
ABOUT_THE_FILE = ("platform", "account", "currency", "date_order")  # what a person may say of a file
ABOUT_THE_LOAD = ("replace", "add")
_LONGEST_LABEL = 60


def button(label: str, files: list[PendingFile], do: str = "load", options: dict[str, Any] | None = None) -> cl.Action:
    """``do`` is load, preview (again, with the options) or cancel."""
    payload = {"files": [file.id for file in files], "do": do, "options": options or {}}
    return cl.Action(name=UPLOAD, payload=payload, label=label)


def known(options: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Of what a button's payload (and so a browser) says, only what the loader is to hear."""
    return {key: value for key, value in options.items() if key in keys}


def ways(file: PendingFile, report: Preview | LoadReport) -> list[cl.Action]:
    """The loader's own ways on where it asks for one, else simply to load."""
    asked = [button(choice.label, [file], options=dict(choice.options)) for choice in report.choices]
    return asked or [button(texts().upload.choices.load, [file])]


def follow_ups(file: PendingFile, report: Preview | LoadReport) -> list[Option]:
    """What one asks of freshly loaded days, and first what was typed along with the file."""
    label = shorten(file.question, _LONGEST_LABEL, placeholder="…")
    typed = [Option(label=label, question=file.question)] if file.question else []
    return [*typed, *follow_ups_of(report)]
