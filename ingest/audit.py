"""Reading the audit: the loads of a workspace, and the rejected rows of one as a file to correct."""

from __future__ import annotations

import json
from typing import Any

from ingest.rejects import rejects_table
from ingest.report import Batch
from kpi.errors import UnknownBatch
from kpi.workspace import Workspace

_BATCHES = """SELECT * EXCLUDE (status), file_name AS file,
    CASE WHEN reverted_at IS NULL THEN status ELSE 'reverted' END AS status,
    (SELECT count(*) FROM facts WHERE facts.batch_id = batches.batch_id) AS winning_rows FROM batches"""


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
    """The rejected rows under the file's own header, with line and reason before it. Raises UnknownBatch."""
    batch = get_batch(workspace, batch_id)
    rows = workspace.warehouse.query(
        "SELECT source_line, reason, raw FROM rejected_rows WHERE batch_id = ? ORDER BY source_line", [batch_id]
    )
    return rejects_table(batch.report.header, batch.report.delimiter, rows)


def _batch(row: dict[str, Any]) -> Batch:
    return Batch.model_validate({**row, "report": json.loads(row["report"])})
