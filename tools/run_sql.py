"""Runs SQL that a person or a language model wrote: through the guard, then in the sandbox. The labelled way out."""

from __future__ import annotations

from pydantic import Field

from kpi.guard import validate
from kpi.result import Column, Unit
from kpi.sandbox import Rows
from kpi.semantic import SemanticModel
from tools.base import Note, Tool, ToolArguments, ToolContext, ToolResult

LONGEST = 50_000  # characters; the guard refuses more anyway
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_BROKEN = ("DOUBLE", "FLOAT", "DECIMAL")


class RunSql(ToolArguments):
    sql: str = Field(max_length=LONGEST, description="One SELECT in DuckDB's dialect over kpi_daily.")


def run_sql(context: ToolContext, arguments: RunSql) -> ToolResult:
    """Raises SqlRejected where the guard refuses it and SqlStopped where it ran into a limit."""
    statement = validate(arguments.sql)
    found = context.engine.sandbox.run(statement)
    return ToolResult(
        kind="sql",
        text=_summary(found),
        interpretation=f"SQL over kpi_daily, not a metric query · data version {found.data_version}",
        sql=statement,
        columns=tuple(_column(name, kind, context.model) for name, kind in found.columns),
        rows=found.rows,
        notes=_notes(found),
        data_version=found.data_version,
    )


def _summary(found: Rows) -> str:
    if not found.rows:
        return "The SQL gave no rows."
    return f"The SQL gave {len(found.rows):,} row{'s' if len(found.rows) > 1 else ''}."


def _notes(found: Rows) -> tuple[Note, ...]:
    if not found.cut:
        return ()
    return (Note(code="rows_cut", text=f"Only the first {len(found.rows):,} rows are shown."),)


def _column(name: str, kind: str, model: SemanticModel) -> Column:
    """Columns named like a metric or a dimension are shown as such; the others by their type."""
    if name in model.metrics:
        return Column(name=name, label=model.metrics[name].label, unit=model.metrics[name].unit)
    label = model.dimensions[name].label if name in model.dimensions else name
    return Column(name=name, label=label, unit=_unit(kind))


def _unit(kind: str) -> Unit:
    if kind.startswith(_WHOLE):
        return "count"
    if kind.startswith(_BROKEN):
        return "ratio"
    return "date" if kind == "DATE" else "text"


TOOL = Tool(name="run_sql", arguments=RunSql, run=run_sql)
