"""Reading the audit: the loads of a workspace, and the rejected rows of one as a file to correct."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from ingest.report import Batch
from kpi.errors import UnknownBatch
from kpi.workspace import Workspace

_BATCHES = """SELECT * EXCLUDE (status), file_name AS file,
    CASE WHEN reverted_at IS NULL THEN status ELSE 'reverted' END AS status,
    (SELECT count(*) FROM facts WHERE facts.batch_id = batches.batch_id) AS winning_rows FROM batches"""
_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+")


def list_batches(workspace: Workspace, limit: int = 50) -> list[Batch]:
    """The newest loads first, reverted ones included."""
    return [_batch(row) for row in workspace.warehouse.query(f"{_BATCHES} ORDER BY batch_id DESC LIMIT ?", [limit])]


def get_batch(workspace: Workspace, batch_id: int) -> Batch:
    """One load. Raises UnknownBatch."""
    found = workspace.warehouse.query(f"{_BATCHES} WHERE batch_id = ?", [batch_id])
    if not found:
        raise UnknownBatch(f"No load has the number {batch_id}.")
    return _batch(found[0])


def rejects_csv(workspace: Workspace, batch_id: int) -> str:
    """The rejected rows under the file's own header, with line and reason before it. Raises UnknownBatch.

    Cells that a spreadsheet would run as a formula start with an apostrophe, which loading takes off again.
    """
    batch = get_batch(workspace, batch_id)
    rows = workspace.warehouse.query(
        "SELECT source_line, reason, raw FROM rejected_rows WHERE batch_id = ? ORDER BY source_line", [batch_id]
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["line", "reason", *map(_harmless, batch.report.header)])
    for row in rows:
        writer.writerow(
            [row["source_line"], row["reason"], *map(_harmless, _cells(row["raw"], batch.report.delimiter))]
        )
    return out.getvalue()


def _cells(raw: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([raw], delimiter=delimiter), [])
    except csv.Error:
        return [raw]


def _harmless(cell: str) -> str:
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if formula and not _PLAIN_NUMBER.fullmatch(cell) else cell


def _batch(row: dict[str, Any]) -> Batch:
    return Batch.model_validate({**row, "report": json.loads(row["report"])})
