"""Answers that people called wrong, kept in the workspace for the evaluation to make cases of.

``feedback.jsonl`` in the workspace's folder, a JSON object a line. The newest line of an answer counts.
"""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer

FILE = "feedback.jsonl"
LONGEST_TEXT = 1000
_LOCK = threading.Lock()


class Objection(BaseModel):
    """One answer that somebody called wrong: what was asked on which day, what was understood, and what they said."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    answer: str
    today: date
    user: str | None = None
    after: tuple[str, ...] = ()
    question: str
    status: str
    query: dict[str, Any] | None = None
    data_version: str = ""
    comment: str = ""
    promoted_to: str = ""

    @classmethod
    def of(cls, question: str, answer: Answer, *, after: list[str], today: date, user: str | None) -> Objection:
        """``after``: what was asked before in the same conversation, oldest first."""
        return cls(
            answer=answer.id,
            today=today,
            user=user,
            after=tuple(text[:LONGEST_TEXT] for text in after),
            question=question[:LONGEST_TEXT],
            status=answer.status,
            query=answer.query.model_dump(mode="json") if answer.query else None,
            data_version=answer.data_version,
        )


def add(folder: Path, objection: Objection) -> None:
    """Append one line; safe from several threads."""
    with _LOCK, (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(objection.model_dump_json() + "\n")


def read(folder: Path) -> list[Objection]:
    """All of them, oldest first. A line that a crash cut short is passed over."""
    try:
        lines = (folder / FILE).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    found: dict[str, Objection] = {}
    for line in lines:
        try:
            objection = Objection.model_validate_json(line)
        except ValidationError:
            continue
        found[objection.answer] = objection
    return list(found.values())
