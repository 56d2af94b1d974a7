"""The words and figures of a report, from a parsed file and the plan for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ingest.format import COUNTS, MEASURES, rules
from ingest.parsing import Parsed
from ingest.plan import Plan
from ingest.report import ColumnUse, RejectReason
from kpi.errors import LoadRefused
from kpi.query import Period

_CENT = Decimal("0.02")  # a total of rounded figures may differ by this


def describe(parsed: Parsed, plan: Plan) -> dict[str, Any]:
    """The fields that LoadReport and Preview share."""
    summary, layout = parsed.summary, parsed.layout
    platforms = tuple(summary["platforms"] or ())
    used = set(layout.columns.values())
    return {
        "file": parsed.source.file_name,
        "format": layout.format.name,
        "platform": platforms[0] if len(platforms) == 1 else None,
        "currency": parsed.currency,
        **{name: summary[name] for name in ("rows_read", "rows_loaded", "rows_rejected", "rows_skipped")},
        "replaced_rows": plan.replaced_rows,
        "period": Period(start=summary["first_day"], end=summary["last_day"]),
        "totals": {measure: _figure(summary[measure], measure) for measure in MEASURES},
        "batch_id": plan.batch_id,
        "message": plan.message or _message(summary, plan),
        "warnings": (*plan.warnings, *_warnings(parsed)),
        "platforms": platforms,
        "accounts": tuple(summary["accounts"] or ()),
        "columns": tuple(ColumnUse(column=layout.heading(f), field=f) for f in layout.columns),
        "ignored_columns": tuple(name for at, name in enumerate(layout.header) if at not in used and name),
        "rejected": tuple(RejectReason(**reason) for reason in parsed.reasons),
        "choices": plan.choices,
        "sets_currency": plan.sets_currency,
        "header": layout.header,
        "delimiter": layout.delimiter,
    }


def refused(file_name: str, error: LoadRefused) -> dict[str, Any]:
    """The fields of a file that can't be loaded."""
    return {"file": file_name, "reason": error.reason, "message": str(error)}


def _figure(value: Any, measure: str) -> float | int | None:
    if value is None:
        return None
    return int(value) if measure in COUNTS else float(value)


def _message(summary: dict[str, Any], plan: Plan) -> str:
    days = f"{summary['first_day']} to {summary['last_day']}"
    text = f"{summary['rows_loaded']:,} rows, {days}"
    if plan.replaced_rows:
        text += f"; {plan.replaced_rows:,} older rows of these days replaced"
    if summary["rows_rejected"]:
        text += f"; {summary['rows_rejected']:,} rows set aside for a broken rule"
    return text + "."


def _warnings(parsed: Parsed) -> list[str]:
    summary, found = parsed.summary, []
    unknown = [name for name in summary["platforms"] or () if name not in rules().vocabulary.platforms]
    if unknown:
        found.append(f"No platform that we know is called {', '.join(unknown[:5])}; kept as written.")
    if summary["more_clicks_than_impressions"]:
        found.append(f"{summary['more_clicks_than_impressions']:,} rows have more clicks than impressions.")
    own = [total for total in summary["own_totals"] or () if total is not None]
    if own and all(abs(total - summary["spend"]) > _CENT for total in own):
        found.append(
            f"The file's own total says spend {max(own):,.2f}; its loaded rows add up to {summary['spend']:,.2f}."
        )
    return found
