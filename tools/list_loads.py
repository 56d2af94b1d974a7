"""What was loaded lately: when, by whom, which days, how many rows, and what it changed."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from ingest import Batch, list_batches
from kpi.result import Column
from tools.base import Option, Tool, ToolArguments, ToolContext, ToolResult
from tools.data_status import NOTHING_LOADED

_MOST_LOADS = 1000
_SHOWN = 50
_COLUMNS = (
    Column(name="load", label="Load", unit="text"),
    Column(name="loaded_at", label="Loaded", unit="text"),
    Column(name="file", label="File", unit="text"),
    Column(name="loaded_by", label="By", unit="text"),
    Column(name="platforms", label="Platforms", unit="text"),
    Column(name="first_day", label="First day", unit="date"),
    Column(name="last_day", label="Last day", unit="date"),
    Column(name="row_count", label="Rows", unit="count"),
    Column(name="rejected", label="Rejected", unit="count"),
    Column(name="state", label="State", unit="text"),
    Column(name="changes", label="What it changed", unit="text"),
)


class ListLoads(ToolArguments):
    since: Literal["today", "yesterday", "week", "month", "ever"] = "ever"


def list_loads(context: ToolContext, arguments: ListLoads) -> ToolResult:
    batches = list_batches(context.workspace, _MOST_LOADS)
    if not batches:
        return ToolResult(kind="data_status", text=NOTHING_LOADED, interpretation="Recent loads")
    first, last, named = _period(arguments.since, context)
    zone = ZoneInfo(context.workspace.settings.timezone)
    found = [one for one in batches if first <= one.loaded_at.replace(tzinfo=UTC).astimezone(zone).date() <= last]
    return ToolResult(
        kind="data_status",
        text=_summary(found, batches[0], named),
        interpretation=f"Loads {named}".strip(),
        columns=_COLUMNS,
        rows=tuple(_row(batch) for batch in found[:_SHOWN]),
        follow_ups=(
            Option(label="Is the data complete?", question="are the loads complete"),
            Option(label="Undo the last load", question="undo the last load"),
        ),
        data_version=context.engine.catalogue.data_version,
    )


def _period(since: str, context: ToolContext) -> tuple[date, date, str]:
    """Days of loading: by the workspace's clock, which the day that counts as today for questions may differ from."""
    today = context.workspace.today()
    offset = 0 if context.workspace.settings.week_start == "monday" else 1
    starts = {
        "today": (today, today, "today"),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1), "yesterday"),
        "week": (today - timedelta(days=(today.weekday() + offset) % 7), today, "this week"),
        "month": (today.replace(day=1), today, "this month"),
    }
    return starts.get(since, (date.min, date.max, ""))


def _summary(found: list[Batch], newest: Batch, named: str) -> str:
    if not found:
        when = f"{newest.loaded_at:%Y-%m-%d}"
        return f"Nothing was loaded {named}; the last load was {newest.file} on {when}."
    rows = sum(batch.rows_loaded for batch in found if batch.status != "reverted")
    undone = sum(batch.status == "reverted" for batch in found)
    counted = f"{len(found):,} load{'s' if len(found) > 1 else ''} {named}".rstrip()
    return (
        f"{counted}, {rows:,} rows in all" + (f"; {undone} undone" if undone else "") + f". The last: {_line(found[0])}"
    )


def _line(batch: Batch) -> str:
    return f"{batch.file}, {batch.report.message}"


def _row(batch: Batch) -> dict[str, Any]:
    changes = batch.report.changes
    moved = f"{changes.moved:,} of {changes.campaign_days:,} campaign-days" if changes else ""
    return {
        "load": str(batch.batch_id),
        "loaded_at": f"{batch.loaded_at:%Y-%m-%d %H:%M} UTC",
        "file": batch.file,
        "loaded_by": batch.loaded_by or "",
        "platforms": ", ".join(batch.report.platforms),
        "first_day": batch.first_day.isoformat(),
        "last_day": batch.last_day.isoformat(),
        "row_count": batch.rows_loaded,
        "rejected": batch.rows_rejected,
        "state": "undone" if batch.status == "reverted" else "replaced" if not batch.winning_rows else "counts",
        "changes": moved,
    }


TOOL = Tool(name="list_loads", arguments=ListLoads, run=list_loads)
