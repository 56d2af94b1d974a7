"""Whether the loaded data is whole: days that are missing, days without rows, a newest day cut short, failed totals."""

from __future__ import annotations

from datetime import date
from typing import Any

from ingest import Completeness, completeness
from kpi.result import Column
from tools.base import Note, Option, Tool, ToolArguments, ToolContext, ToolResult
from tools.data_status import NOTHING_LOADED

_MOST_NAMED = 3
_COLUMNS = (
    Column(name="platform", label="Platform", unit="text"),
    Column(name="account", label="Account", unit="text"),
    Column(name="first_day", label="First day", unit="date"),
    Column(name="last_day", label="Last day", unit="date"),
    Column(name="missing_days", label="Days not loaded", unit="count"),
    Column(name="empty_days", label="Days without rows", unit="count"),
    Column(name="days_behind", label="Days behind", unit="count"),
    Column(name="rejected", label="Rejected rows", unit="count"),
    Column(name="remarks", label="Remarks", unit="text"),
)


class CheckCompleteness(ToolArguments):
    platform: str | None = None


def check_completeness(context: ToolContext, arguments: CheckCompleteness) -> ToolResult:
    known = completeness(context.workspace)
    if not known:
        return ToolResult(kind="data_status", text=NOTHING_LOADED, interpretation="Is the data complete")
    found = [one for one in known if arguments.platform in (None, one.platform)]
    if not found:
        names = ", ".join(sorted({one.platform for one in known}))
        return ToolResult(kind="data_status", text=f"Nothing of {arguments.platform} is loaded; there is {names}.")
    return ToolResult(
        kind="data_status",
        text=_summary(found, arguments.platform),
        interpretation=f"Is the data complete: {arguments.platform or 'all platforms'}, by account",
        columns=_COLUMNS,
        rows=tuple(_row(one, context.today) for one in found),
        notes=tuple(
            Note(code="partial_day", text=f"{_name(one)}: the newest day, {one.partial_day}, may still be partial.")
            for one in found
            if one.partial_day
        ),
        follow_ups=(Option(label="Recent loads", question="recent loads"),),
        data_version=context.engine.catalogue.data_version,
    )


def _summary(found: list[Completeness], platform: str | None) -> str:
    lacking = [f"{_name(one)} lacks {_days(one.missing)}" for one in found if one.missing]
    lacking += [f"{_name(one)} has no rows on {_days(one.empty)}" for one in found if one.empty]
    first, last = min(one.first_day for one in found), max(one.last_day for one in found)
    loaded = f"{platform or 'All data'}: {first} to {last}"
    return f"{loaded}, " + ("; ".join(lacking) if lacking else "with rows on every day between") + "."


def _days(days: tuple[date, ...]) -> str:
    shown = ", ".join(day.isoformat() for day in days[:_MOST_NAMED])
    more = len(days) - _MOST_NAMED
    return f"{shown} and {more} more days" if more > 0 else shown


def _name(one: Completeness) -> str:
    return f"{one.platform} / {one.account}"


def _row(one: Completeness, today: date) -> dict[str, Any]:
    remarks = [f"total of {measure} differs" for measure in one.failed_checks]
    remarks += ["newest day may be partial"] if one.partial_day else []
    return {
        "platform": one.platform,
        "account": one.account,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "missing_days": len(one.missing),
        "empty_days": len(one.empty),
        "days_behind": max(0, (today - one.last_day).days - 1),
        "rejected": one.rejected_rows,
        "remarks": ", ".join(remarks),
    }


TOOL = Tool(name="check_completeness", arguments=CheckCompleteness, run=check_completeness)
