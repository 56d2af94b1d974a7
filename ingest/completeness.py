"""What is missing in what is loaded: days that no load speaks for, days without rows, a newest day cut short."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from ingest.report import Completeness, LoadReport
from kpi.workspace import Workspace

_DAYS = """SELECT platform, account, list(DISTINCT date) AS days FROM facts GROUP BY ALL ORDER BY platform, account"""
_CLAIMS = """SELECT c.platform, c.account, c.first_day, c.last_day FROM claims AS c JOIN batches USING (batch_id)
    WHERE batches.reverted_at IS NULL"""
_LOADS = """SELECT DISTINCT f.platform, f.account, batches.batch_id, batches.report
    FROM (SELECT DISTINCT platform, account, batch_id FROM facts) AS f JOIN batches USING (batch_id)
    ORDER BY batches.batch_id"""


def completeness(workspace: Workspace) -> list[Completeness]:
    """One entry an account, by platform and name."""
    query = workspace.warehouse.query
    claims, loads = _by_account(query(_CLAIMS)), _by_account(query(_LOADS))
    return [
        _of_account(row, claims[key], [LoadReport.model_validate(json.loads(load["report"])) for load in loads[key]])
        for row in query(_DAYS)
        if (key := (row["platform"], row["account"])) in claims
    ]


def _by_account(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["platform"], row["account"]), []).append(row)
    return found


def _of_account(row: dict[str, Any], claims: list[dict[str, Any]], loads: list[LoadReport]) -> Completeness:
    with_rows = set(row["days"])
    covered = {day for claim in claims for day in _days(claim["first_day"], claim["last_day"])}
    first, last = min(with_rows), max(with_rows)
    without = [day for day in _days(first, last) if day not in with_rows]
    return Completeness(
        platform=row["platform"],
        account=row["account"],
        first_day=first,
        last_day=last,
        missing=tuple(day for day in without if day not in covered),
        empty=tuple(day for day in without if day in covered),
        partial_day=last if any(load.partial_day == last for load in loads[-1:]) else None,
        rejected_rows=sum(load.rows_rejected for load in loads),
        failed_checks=tuple({name: 0 for load in loads for name, sums in load.checksum.items() if not sums.matches}),
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
