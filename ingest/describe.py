"""The words and figures of a report, from a parsed file and the plan for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.changes import describe_changes
from ingest.format import COUNTS, MEASURES, MONEY
from ingest.parsing import Parsed
from ingest.plan import Plan
from ingest.remarks import remarks
from ingest.report import ColumnUse, Converted, Gap, Outlier, OwnTotal, RejectReason
from kpi.query import Period

_CENT = 0.02  # a total of rounded figures may differ by this


def describe(parsed: Parsed, plan: Plan) -> dict[str, Any]:
    """The fields that LoadReport and Preview share."""
    summary, layout, checks = parsed.summary, parsed.layout, parsed.checks
    platforms = tuple(summary["platforms"] or ())
    used = set(layout.columns.values())
    fields = {
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
        "platforms": platforms,
        "accounts": tuple(summary["accounts"] or ()),
        "columns": tuple(ColumnUse(column=layout.heading(f), field=f) for f in layout.columns),
        "ignored_columns": tuple(name for at, name in enumerate(layout.header) if at not in used and name),
        "rejected": tuple(RejectReason(**reason) for reason in parsed.reasons),
        "choices": plan.choices,
        "sets_currency": plan.sets_currency,
        "header": layout.header,
        "delimiter": layout.delimiter,
        "evidence": layout.evidence,
        "preamble": layout.preamble,
        "checksum": {measure: _own_total(measure, **sums) for measure, sums in checks.checksum.items()},
        "changes": plan.changes,
        "partial_day": checks.partial_day or _still_moving(parsed, plan),
        "gaps": tuple(Gap(**gap) for gap in checks.gaps),
        "outliers": tuple(Outlier(**outlier) for outlier in checks.outliers),
        "converted": Converted(**asdict(parsed.converted)) if parsed.converted else None,
    }
    return {**fields, "warnings": (*plan.warnings, *remarks(parsed, fields))}


def _still_moving(parsed: Parsed, plan: Plan) -> Any:
    """The newest day, where the last load's newest day was not final either."""
    return parsed.summary["last_day"] if plan.changes and plan.changes.newest_day_moved else None


def _figure(value: Any, measure: str) -> float | int | None:
    if value is None:
        return None
    return int(value) if measure in COUNTS else float(value)


def _own_total(measure: str, file: float, loaded: float) -> OwnTotal:
    accepted = _CENT if measure in MONEY else 0.5 if measure in COUNTS else _CENT
    return OwnTotal(file=file, loaded=loaded, matches=abs(file - loaded) <= max(accepted, 1e-4 * abs(loaded)))


def _message(summary: dict[str, Any], plan: Plan) -> str:
    days = f"{summary['first_day']} to {summary['last_day']}"
    text = f"{summary['rows_loaded']:,} rows, {days}"
    if plan.replaced_rows:
        text += f"; {plan.replaced_rows:,} older rows of these days replaced"
    if plan.changes:
        text += f"; {describe_changes(plan.changes)}"
    if summary["rows_rejected"]:
        text += f"; {summary['rows_rejected']:,} rows set aside for a broken rule"
    return text + "."
