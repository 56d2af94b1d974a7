"""Undo a load: its rows count no more, and the rows it had replaced count again where no newer load covers them."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from ingest.report import RevertReport
from ingest.store import rows_of
from kpi import events
from kpi.errors import UnknownBatch
from kpi.workspace import CURRENCY, Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COVERS = """claims.platform = lost_facts.platform AND claims.account = lost_facts.account
    AND lost_facts.date BETWEEN claims.first_day AND claims.last_day
    AND (claims.campaigns IS NULL OR list_contains(claims.campaigns, lost_facts.campaign))"""

# A row wins while no newer batch that stands has a claim that covers it; the batch to revert stands no more.
_WIN_AGAIN = f"""lost_facts.batch_id <> $1
    AND lost_facts.batch_id IN (SELECT batch_id FROM batches WHERE reverted_at IS NULL)
    AND EXISTS (SELECT 1 FROM claims WHERE claims.batch_id = $1 AND {_COVERS})
    AND NOT EXISTS (SELECT 1 FROM claims JOIN batches USING (batch_id)
                    WHERE batches.reverted_at IS NULL AND claims.batch_id > lost_facts.batch_id
                    AND claims.batch_id <> $1 AND {_COVERS})"""


def rows_to_restore(workspace: Workspace, batch_id: int) -> int:
    """How many rows of older loads would count again if this load were reverted."""
    return int(
        workspace.warehouse.query(f"SELECT count(*) AS rows FROM lost_facts WHERE {_WIN_AGAIN}", [batch_id])[0]["rows"]
    )


def revert(workspace: Workspace, batch_id: int, *, user: str | None = None) -> RevertReport:
    """One transaction; the audit keeps the batch and its rows. Raises UnknownBatch."""
    with workspace.warehouse.writing() as cursor:
        found = rows_of(cursor, "SELECT file_name, reverted_at, report FROM batches WHERE batch_id = ?", [batch_id])
        if not found:
            raise UnknownBatch(f"No load has the number {batch_id}.")
        name = found[0]["file_name"]
        if found[0]["reverted_at"] is not None:
            return _report(
                batch_id, "already_reverted", f"Load {batch_id} ({name}) was reverted before; nothing was changed."
            )
        removed, restored = _undo(cursor, batch_id, user)
        workspace.warehouse.facts_changed(cursor, batch_id)
        _forget_currency(cursor, json.loads(found[0]["report"]))
    events.record("revert", batch_id=batch_id, removed_rows=removed, restored_rows=restored, user=user)
    message = (
        f"Load {batch_id} ({name}) is reverted: {removed:,} rows count no more, {restored:,} older rows count again."
    )
    return _report(batch_id, "reverted", message, removed, restored)


def _undo(cursor: DuckDBPyConnection, batch_id: int, user: str | None) -> tuple[int, int]:
    mark = "UPDATE batches SET reverted_at = now() AT TIME ZONE 'UTC', reverted_by = $2 WHERE batch_id = $1"
    cursor.execute(mark, [batch_id, user])
    removed = _move(cursor, "facts", "lost_facts", "batch_id = $1", batch_id)
    return removed, _move(cursor, "lost_facts", "facts", _WIN_AGAIN, batch_id)


def _move(cursor: DuckDBPyConnection, source: str, target: str, condition: str, batch_id: int) -> int:
    moved = rows_of(cursor, f"INSERT INTO {target} SELECT * FROM {source} WHERE {condition}", [batch_id])
    cursor.execute(f"DELETE FROM {source} WHERE {condition}", [batch_id])
    return int(moved[0]["Count"])


def _forget_currency(cursor: DuckDBPyConnection, report: dict[str, Any]) -> None:
    """A currency that only the reverted load stated is stated no more."""
    if report.get("sets_currency"):
        cursor.execute(
            "DELETE FROM workspace_settings WHERE name = ? AND value = ? AND NOT EXISTS "
            "(SELECT 1 FROM batches WHERE reverted_at IS NULL AND currency IS NOT NULL)",
            [CURRENCY, report["sets_currency"]],
        )


def _report(
    batch_id: int, status: Literal["reverted", "already_reverted"], message: str, removed: int = 0, restored: int = 0
) -> RevertReport:
    return RevertReport(batch_id=batch_id, status=status, removed_rows=removed, restored_rows=restored, message=message)
