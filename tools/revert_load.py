"""Takes a load back, once the person has seen which one and what that does."""

from __future__ import annotations

from pydantic import Field

from ingest import Batch, get_batch, list_batches, revert, rows_to_restore
from kpi.errors import UnknownBatch
from tools.base import Option, Tool, ToolArguments, ToolContext, ToolResult

_MOST_LOADS = 1000
_KIND = "ingest"


class RevertLoad(ToolArguments):
    number: int = Field(ge=0, le=2**62, description="The load's number; 0 is the last load that counts.")
    confirmed: bool = Field(False, description="Only the person's own words make this true.")


def revert_load(context: ToolContext, arguments: RevertLoad) -> ToolResult:
    """Asks first; with ``confirmed`` and a number it carries it out."""
    try:
        batch = _batch(context, arguments.number)
    except UnknownBatch as error:
        return ToolResult(kind=_KIND, status="cannot_answer", text=f"{error} Ask “recent loads” for their numbers.")
    if batch is None:
        return ToolResult(kind=_KIND, status="cannot_answer", text="No load counts today, so there is none to undo.")
    if batch.status == "reverted":
        return ToolResult(kind=_KIND, text=f"Load {batch.batch_id} ({batch.file}) was undone before.")
    if not (arguments.confirmed and arguments.number):
        return _question(context, batch)
    report = revert(context.workspace, batch.batch_id, user=context.user)
    return ToolResult(
        kind=_KIND,
        text=report.message,
        interpretation=f"Undid load {batch.batch_id}",
        follow_ups=(
            Option(label="Recent loads", question="recent loads"),
            Option(label="What is loaded", question="what is loaded"),
        ),
        data_version=context.engine.catalogue.data_version,
    )


def _batch(context: ToolContext, number: int) -> Batch | None:
    if number:
        return get_batch(context.workspace, number)
    standing = (batch for batch in list_batches(context.workspace, _MOST_LOADS) if batch.status != "reverted")
    return next(standing, None)


def _question(context: ToolContext, batch: Batch) -> ToolResult:
    restored = rows_to_restore(context.workspace, batch.batch_id)
    instead = f"{restored:,} rows of earlier loads would count again" if restored else "nothing would take their place"
    by = f" by {batch.loaded_by}" if batch.loaded_by else ""
    number = batch.batch_id
    return ToolResult(
        kind=_KIND,
        status="needs_clarification",
        text=f"Load {number} is {batch.file}, {batch.first_day} to {batch.last_day}, loaded{by} on "
        f"{batch.loaded_at:%Y-%m-%d at %H:%M} UTC. Its {batch.winning_rows:,} rows would count no more; {instead}. "
        "Undo it?",
        options=(
            Option(label=f"Yes, undo load {number}", question=f"yes, undo load {number}"),
            Option(label="No, show the loads", question="recent loads"),
        ),
        data_version=context.engine.catalogue.data_version,
    )


TOOL = Tool(name="revert_load", arguments=RevertLoad, run=revert_load, changes_data=True)
