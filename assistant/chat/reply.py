"""From an Answer to what Chainlit shows: message text, the step behind it, chart, table, downloads and chips."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import chainlit as cl
from chainlit.element import Element, ElementType
from pydantic.dataclasses import dataclass as pydantic_dataclass

from assistant import export
from assistant.answer import Answer
from assistant.chat.safe_text import code_block, line, plain
from assistant.chat.table import table
from assistant.chat.texts import texts
from tools.base import Option

ASK = "ask"  # the action of a chip
_CSV = "text/csv"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_FILE_NAME = 60


@pydantic_dataclass
class Chart(Element):
    """Ready Plotly JSON. ``cl.Plotly`` would build and validate the figure once more, at some 40 ms of CPU."""

    type: ClassVar[ElementType] = "plotly"
    mime: str | None = "application/json"


@dataclass(frozen=True)
class Reply:
    """Everything to send for one answer; made in a worker thread, sent from the event loop."""

    content: str
    understood: str | None
    elements: list[Any]
    chips: list[cl.Action]
    objections: list[cl.Action]  # buttons that say this answer is wrong; unlike chips they stay
    jobs: tuple[int, ...] = ()  # of workflows, that the answer speaks of


def compose(answer: Answer, currency: str | None, objections: list[cl.Action]) -> Reply:
    jobs = tuple(int(row["job"]) for row in answer.rows if "job" in row) if answer.kind == "workflow" else ()
    return Reply(_content(answer), _understood(answer), _elements(answer, currency), _chips(answer), objections, jobs)


def chip(option: Option) -> cl.Action:
    """A button that asks its question as if it had been typed. Chainlit shows labels as plain text."""
    tooltip = "" if option.label == option.question else option.question
    return cl.Action(name=ASK, payload={"question": option.question}, label=option.label, tooltip=tooltip)


def _chips(answer: Answer) -> list[cl.Action]:
    changes = [Option(label=edit.label, question=edit.question) for edit in answer.edits]
    return [chip(option) for option in [*answer.options, *answer.follow_ups, *changes]]


def _content(answer: Answer) -> str:
    parts = [plain(answer.text)]
    if answer.interpretation:
        parts.append(f"*{line(answer.interpretation, longest=600)}*")
    if answer.notes:
        said = [note for note in answer.notes if note.text not in answer.text]
        parts.append("\n".join(f"- {line(note.text, longest=600)}" for note in said))
    return "\n\n".join(part for part in parts if part)


def _understood(answer: Answer) -> str | None:
    if not (answer.interpretation or answer.sql):
        return None
    parts = [plain(answer.interpretation)]
    if answer.sql:
        parts.append(code_block(answer.sql, "sql"))
    said = texts().answer
    parts.append(said.made_by.format(route=said.routes[answer.route], id=answer.id, version=line(answer.data_version)))
    return "\n\n".join(part for part in parts if part)


def _elements(answer: Answer, currency: str | None) -> list[Any]:
    elements: list[Any] = []
    name = _file_name(answer)
    if answer.chart:
        elements.append(Chart(name="chart", content=json.dumps(_for_the_page(answer.chart, name))))
    if (markdown := table(answer, currency)) is not None:
        elements.append(cl.Text(name=texts().answer.table_title, content=markdown))
        elements.append(cl.File(name=f"{name}.csv", content=export.csv_bytes(answer), mime=_CSV))
        elements.append(cl.File(name=f"{name}.xlsx", content=_workbook(answer), mime=_EXCEL))
    return elements


def _workbook(answer: Answer) -> bytes:
    """The costliest part of an answer that is known already, so the newest are kept."""
    return _made_workbook(answer.model_dump_json(exclude={"id", "timings_ms", "chart", "options", "follow_ups"}))


@lru_cache(maxsize=200)
def _made_workbook(frozen: str) -> bytes:
    return export.xlsx_bytes(Answer.model_validate_json(frozen))


def _for_the_page(chart: dict[str, Any], name: str) -> dict[str, Any]:
    """The figure with the page's own settings: a name for the picture to download, no link to Plotly."""
    picture = {"filename": name, "scale": 2}
    return {**chart, "config": {"displaylogo": False, "responsive": True, "toImageButtonOptions": picture}}


def _file_name(answer: Answer) -> str:
    if answer.query is None:
        return answer.kind
    named = "-".join(answer.query.metrics)
    broken_down = [*answer.query.dimensions, *([answer.query.grain] if answer.query.grain else [])]
    name = f"{named}-by-{'-'.join(broken_down)}" if broken_down else named
    return name[:_LONGEST_FILE_NAME]
