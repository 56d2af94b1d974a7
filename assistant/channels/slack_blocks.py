"""An answer for Slack, within the limits of Block Kit: text, table, notes, and buttons that ask on."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer
from assistant.channels.grid import grid, in_letters
from assistant.channels.wording import wording

_LONGEST_SECTION = 3000
_LONGEST_LABEL = 75
_LONGEST_QUESTION = 2000
_MOST_ROWS = 20
_MOST_BUTTONS = 5
Block = dict[str, Any]


def blocks(answer: Answer, currency: str | None, notes: tuple[str, ...] = ()) -> list[Block]:
    """``notes`` are about the delivery, and follow those of the answer."""
    parts = [section(escaped(answer.text))]
    if answer.interpretation:
        parts.append(_small(f"_{escaped(answer.interpretation)}_"))
    parts += _table(answer, currency)
    remarks = [note.text for note in answer.notes if note.text not in answer.text]
    if remarks or notes:
        parts.append(_small("\n".join(f"• {escaped(text)}" for text in [*remarks, *notes])))
    return [*parts, *_buttons(answer)]


def section(markdown: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": _cut(markdown or "–", _LONGEST_SECTION)}}


def header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": _cut(text, 150)}}


def escaped(text: str) -> str:
    """Text that can't be a mention, a link or a command to Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def table_text(answer: Answer, currency: str | None) -> str:
    """The table in letters; empty where there is none."""
    found = grid(answer, currency, _MOST_ROWS)
    return in_letters(found) if found else ""


def _table(answer: Answer, currency: str | None) -> list[Block]:
    text = _fitting(table_text(answer, currency))
    if not text:
        return []
    shown, total = text.count("\n") - 1, len(answer.rows)
    more = [_small(wording().more_rows.format(shown=shown, total=total))] if shown < total else []
    return [section(f"```\n{text}\n```"), *more]


def _fitting(table: str) -> str:
    """Whole rows that fit a section, and can't end its code block."""
    lines = escaped(table.replace("```", "'''")).split("\n") if table else []
    while lines and len("\n".join(lines)) > _LONGEST_SECTION - 10:
        lines.pop()
    return "\n".join(lines)


def _buttons(answer: Answer) -> list[Block]:
    chips = [chip for chip in [*answer.options, *answer.follow_ups] if len(chip.question) <= _LONGEST_QUESTION]
    buttons = [
        {
            "type": "button",
            "action_id": f"ask_{number}",
            "text": {"type": "plain_text", "text": _cut(chip.label, _LONGEST_LABEL)},
            "value": chip.question,
        }
        for number, chip in enumerate(chips[: max(_MOST_BUTTONS, len(answer.options[:25]))])
    ]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _small(markdown: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": _cut(markdown, _LONGEST_SECTION)}]}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
