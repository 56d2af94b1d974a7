"""A text about a result, by the model: what it is shown, and what is wrong with what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import formats
from assistant.answer import Answer
from assistant.llm.claims import Claims
from assistant.llm.prompt import Message
from assistant.llm.prose import vocabulary
from prompts.library import template

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MOST_ROWS = 20  # of a longer result our own sentence says enough
LONGEST = 600  # characters of a summary


def messages(answer: Answer, assistant: Assistant) -> list[Message]:
    """The table as people see it: numbers already rounded and with their units."""
    currency = assistant.workspace.currency
    header = " | ".join(column.label for column in answer.columns)
    rows = [
        " | ".join(
            formats.change(row[c.name]) if c.name.endswith("_change") else formats.value(row[c.name], c.unit, currency)
            for c in answer.columns
        ).replace("\n", " ")
        for row in answer.rows
    ]
    system = template("summary").substitute(words=", ".join(sorted(vocabulary())))
    shown = "\n".join([answer.interpretation.replace("\n", " "), header, *rows])
    return [{"role": "system", "content": system}, {"role": "user", "content": shown}]


def objection(text: str, answer: Answer, assistant: Assistant) -> str | None:
    """Why the text may not be shown, or None where every claim in it is in the result."""
    if len(text) > LONGEST:
        return "too_long"
    assert answer.query
    claims = Claims(answer.query, answer.rows, assistant.model, assistant.workspace.currency)
    return claims.objection(text)
