"""Rejected rows as a table to correct: the file's own columns, the line and the reason before them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+")


def rejects_table(header: Sequence[str], delimiter: str, rejects: Iterable[dict[str, Any]]) -> str:
    """CSV text. ``rejects`` have source_line, reason and the raw line.

    Cells that a spreadsheet would run as a formula start with an apostrophe, which loading takes off again.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["line", "reason", *map(_harmless, header)])
    for row in rejects:
        writer.writerow([row["source_line"], row["reason"], *map(_harmless, _cells(row["raw"], delimiter))])
    return out.getvalue()


def _cells(raw: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([raw], delimiter=delimiter), [])
    except csv.Error:
        return [raw]


def _harmless(cell: str) -> str:
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if formula and not _PLAIN_NUMBER.fullmatch(cell) else cell
