"""One load in one transaction: the older rows that lose, the batch, its claims, facts, rollups and rejected rows."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.format import DIMENSIONS, MEASURES
from ingest.parsing import Parsed
from ingest.plan import Plan
from ingest.remembered import remember
from ingest.report import LoadReport
from ingest.rules import rules
from kpi.workspace import CURRENCY, Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAMES = ", ".join(("date", *DIMENSIONS, *MEASURES))
_CLAIMS = """INSERT INTO claims
    SELECT $1, platform, account, min(date), max(date), CASE WHEN $2 THEN list(DISTINCT campaign ORDER BY campaign) END
    FROM read_parquet($3) GROUP BY platform, account"""
# By days first: facts stand in the order of their loads, so that most of them need not be looked at.
_COVERED = """facts.date BETWEEN $2 AND $3 AND EXISTS (
    FROM claims c WHERE c.batch_id = $1 AND c.platform = facts.platform AND c.account = facts.account
    AND facts.date BETWEEN c.first_day AND c.last_day
    AND (c.campaigns IS NULL OR list_contains(c.campaigns, facts.campaign)))"""


def rows_of(cursor: DuckDBPyConnection, sql: str, parameters: Any = None) -> list[dict[str, Any]]:
    """Rows of one statement inside the open transaction."""
    cursor.execute(sql, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def next_batch_id(cursor: DuckDBPyConnection) -> int:
    return int(rows_of(cursor, "SELECT nextval('batch_ids') AS id")[0]["id"])


def store(
    cursor: DuckDBPyConnection,
    workspace: Workspace,
    parsed: Parsed,
    plan: Plan,
    report: LoadReport,
    *,
    mode: str,
    user: str | None,
    via: str,
) -> None:
    """Write the batch of ``report``. Its file is kept before the transaction ends, so no batch lacks its file."""
    batch_id, facts, summary = report.batch_id, str(parsed.facts), parsed.summary
    _insert_batch(cursor, parsed, report, mode=mode, user=user, via=via)
    cursor.execute(_CLAIMS, [batch_id, mode == "add", facts])
    if plan.replaced_rows:
        covered = [batch_id, summary["first_day"], summary["last_day"]]
        cursor.execute(f"INSERT INTO lost_facts SELECT * FROM facts WHERE {_COVERED}", covered)
        cursor.execute(f"DELETE FROM facts WHERE {_COVERED}", covered)
    cursor.execute(
        f"INSERT INTO facts ({_NAMES}, batch_id, source_line) SELECT {_NAMES}, $1, source_line FROM read_parquet($2)",
        [batch_id, facts],
    )
    cursor.execute(
        "INSERT INTO rejected_rows SELECT $1, source_line, reason, raw FROM read_parquet($2)",
        [batch_id, str(parsed.rejects)],
    )
    workspace.warehouse.facts_changed(cursor, int(batch_id or 0))
    if plan.sets_currency:
        cursor.execute("INSERT OR REPLACE INTO workspace_settings VALUES (?, ?)", [CURRENCY, plan.sets_currency])
    remember(cursor, parsed.layout, parsed.stated)
    original = parsed.source.original
    original.path.replace(workspace.files / original.sha256)


def _insert_batch(
    cursor: DuckDBPyConnection, parsed: Parsed, report: LoadReport, *, mode: str, user: str | None, via: str
) -> None:
    source, summary = parsed.source.original, parsed.summary
    values = {
        "batch_id": report.batch_id,
        "loaded_by": user,
        "via": via,
        "file_name": source.file_name,
        "file_sha256": source.sha256,
        "file_bytes": source.size,
        "format": report.format,
        "rules_version": rules().version,
        "mode": mode,
        "status": report.status,
        "currency": report.currency,
        "rows_read": report.rows_read,
        "rows_loaded": report.rows_loaded,
        "rows_rejected": report.rows_rejected,
        "rows_skipped": report.rows_skipped,
        "replaced_rows": report.replaced_rows,
        "first_day": summary["first_day"],
        "last_day": summary["last_day"],
        "report": report.model_dump_json(),
    }
    marks = ", ".join("?" for _ in values)
    cursor.execute(
        f"INSERT INTO batches ({', '.join(values)}, loaded_at) VALUES ({marks}, now() AT TIME ZONE 'UTC')",
        list(values.values()),
    )
