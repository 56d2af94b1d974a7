"""What is loaded and how far it reaches: by platform and account, or the members of one dimension."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kpi.result import Column
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult

STALE_AFTER_DAYS = 7
MOST_NAMED = 12  # members named in the sentence; the table has them all
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


_MEMBERS_SQL = """SELECT {column} AS {name}, min(date) AS first_day, max(date) AS last_day, count(*) AS row_count,
       CAST(sum(spend) AS DOUBLE) AS spend
FROM kpi_daily GROUP BY 1 ORDER BY spend DESC NULLS LAST, 1"""


class DataStatus(ToolArguments):
    """Without a dimension: the status of everything loaded; with one, its members."""

    dimension: str | None = None


def data_status(context: ToolContext, arguments: DataStatus) -> ToolResult:
    if arguments.dimension and not context.engine.catalogue.is_empty:
        return _members(context, arguments.dimension)
    rows = _rows(context, _SQL)
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


def _members(context: ToolContext, name: str) -> ToolResult:
    """Every member of a dimension over all loaded days, largest spend first."""
    dimension = context.model.dimensions[name]
    statement = _MEMBERS_SQL.format(column=dimension.column, name=name)
    rows = _rows(context, statement)
    members = ", ".join(str(row[name]) for row in rows[:MOST_NAMED])
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    counted = f"{len(rows):,} {dimension.label.lower() if len(rows) == 1 else dimension.plural}"
    return ToolResult(
        kind="data_status",
        text=f"{counted}: {members}{more}.",
        interpretation=f"The {dimension.plural} of all loaded days",
        sql=statement,
        columns=(Column(name=name, label=dimension.label, unit="text"), *_COLUMNS[2:]),
        rows=rows,
        follow_ups=(Option(label=f"ROAS by {dimension.label.lower()}", question=f"ROAS by {dimension.label.lower()}"),),
        data_version=context.engine.catalogue.data_version,
    )


def _rows(context: ToolContext, statement: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {name: value.isoformat() if name.endswith("_day") else value for name, value in row.items()}
        for row in context.workspace.warehouse.query(statement)
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
