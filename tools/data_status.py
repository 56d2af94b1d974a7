"""What is loaded, how far it reaches, and what was loaded last."""

from __future__ import annotations

from datetime import timedelta

from kpi.result import Column
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult

STALE_AFTER_DAYS = 7
NOTHING_LOADED = "Nothing is loaded yet. Drop a CSV export of your ads into the chat, or run `python -m ingest FILE`."
_COLUMNS = (
    Column(name="platform", label="Platform", unit="text"),
    Column(name="account", label="Account", unit="text"),
    Column(name="first_day", label="First day", unit="date"),
    Column(name="last_day", label="Last day", unit="date"),
    Column(name="row_count", label="Rows", unit="count"),
    Column(name="spend", label="Spend", unit="currency"),
)
_SQL = """SELECT platform, account, min(date) AS first_day, max(date) AS last_day, count(*) AS row_count,
       CAST(sum(spend) AS DOUBLE) AS spend
FROM kpi_daily GROUP BY ALL ORDER BY platform, account"""


class DataStatus(ToolArguments):
    """No arguments: the status of everything loaded."""


def data_status(context: ToolContext, arguments: DataStatus) -> ToolResult:
    rows = tuple(
        {name: value.isoformat() if name.endswith("_day") else value for name, value in row.items()}
        for row in context.workspace.warehouse.query(_SQL)
    )
    if not rows:
        return ToolResult(
            kind="data_status",
            text=NOTHING_LOADED,
            interpretation="What is loaded",
        )
    return ToolResult(
        kind="data_status",
        text=_summary(context),
        interpretation="What is loaded, by platform and account",
        sql=_SQL,
        columns=_COLUMNS,
        rows=rows,
        notes=_notes(context),
        follow_ups=(
            Option(label="Performance", question="performance last 30 days"),
            Option(label="Spend by month", question="spend by month"),
        ),
        data_version=context.engine.catalogue.data_version,
    )


def _summary(context: ToolContext) -> str:
    catalogue = context.engine.catalogue
    platforms = ", ".join(catalogue.members["platform"])
    counts = ", ".join(
        f"{len(catalogue.members[name])} {context.model.dimensions[name].plural}"
        for name in ("account", "campaign", "country", "device")
    )
    return f"Loaded: {platforms}, from {catalogue.first_day} to {catalogue.last_day}, with {counts}."


def _notes(context: ToolContext) -> tuple[Note, ...]:
    last = context.engine.catalogue.last_day
    if last is None or context.today - last <= timedelta(days=STALE_AFTER_DAYS):
        return ()
    return (Note(code="data_old", text=f"The newest day is {last}: load a newer export for current figures."),)


TOOL = Tool(name="data_status", arguments=DataStatus, run=data_status)
