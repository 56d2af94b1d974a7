"""An answer for Teams: an Adaptive Card, small enough for the response of an outgoing webhook (28 KB).

Text of people and of files stands in TextRuns, which Teams shows as they are: no Markdown, no link.
"""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer
from assistant.channels.grid import Grid, grid
from assistant.channels.wording import wording

_MOST_ROWS = 15
_MOST_CHIPS = 5
_LONGEST = 4000
Element = dict[str, Any]


def card(answer: Answer, currency: str | None, *, notes: tuple[str, ...] = (), image_url: str | None = None) -> Element:
    body = [_text(answer.text)]
    if answer.interpretation:
        body.append(_text(answer.interpretation, isSubtle=True))
    found = grid(answer, currency, _MOST_ROWS)
    if found:
        body += _table(found)
    if image_url:
        body.append({"type": "Image", "url": image_url, "altText": answer.interpretation or "Chart"})
    remarks = [note.text for note in answer.notes if note.text not in answer.text]
    body += [_text(f"• {text}", isSubtle=True) for text in [*remarks, *notes]]
    body += _chips(answer)
    return {"type": "AdaptiveCard", "version": "1.5", "body": body}


def message(adaptive: Element, text: str) -> Element:
    """The body of a response to an outgoing webhook. ``text`` is what is read aloud, and shown where cards are not."""
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": adaptive}
    return {"type": "message", "summary": text[:200], "attachments": [attachment]}


def plain(text: str) -> Element:
    return message({"type": "AdaptiveCard", "version": "1.5", "body": [_text(text)]}, text)


def _table(found: Grid) -> list[Element]:
    rows = [_row(found.headings, found.right, bold=True), *(_row(row, found.right, bold=False) for row in found.rows)]
    columns = [{"width": 1} for _ in found.headings]
    table = {"type": "Table", "firstRowAsHeaders": True, "columns": columns, "rows": rows}
    if len(found.rows) == found.total:
        return [table]
    return [table, _text(wording().more_rows.format(shown=len(found.rows), total=found.total), isSubtle=True)]


def _row(cells: list[str], right: list[bool], *, bold: bool) -> Element:
    weight = "Bolder" if bold else "Default"
    sides = ["Right" if to_right else "Left" for to_right in right]
    texts = [_text(cell, horizontalAlignment=side, weight=weight) for cell, side in zip(cells, sides, strict=True)]
    return {"type": "TableRow", "cells": [{"type": "TableCell", "items": [text]} for text in texts]}


def _chips(answer: Answer) -> list[Element]:
    """As text: an outgoing webhook can't hear of a click."""
    said = wording()
    if answer.options:
        labels = [f"{number}. {option.label}" for number, option in enumerate(answer.options[:10], start=1)]
        return [_text("\n".join([said.choose, *labels]))]
    if answer.follow_ups:
        questions = [f"– {option.question}" for option in answer.follow_ups[:_MOST_CHIPS]]
        return [_text("\n".join([said.ask_next, *questions]), isSubtle=True)]
    return []


def _text(text: str, *, horizontalAlignment: str = "Left", isSubtle: bool = False, weight: str = "Default") -> Element:  # noqa: N803
    run = {"type": "TextRun", "text": text[:_LONGEST] or "–", "isSubtle": isSubtle, "weight": weight}
    return {"type": "RichTextBlock", "horizontalAlignment": horizontalAlignment, "inlines": [run]}
