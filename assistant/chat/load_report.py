"""What a file holds and what became of it, as Markdown: before the load (a preview) and after it (a report)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import formats
from assistant.chat.safe_text import line
from assistant.chat.texts import texts
from tools.base import Option

if TYPE_CHECKING:
    from kpi.semantic import SemanticModel
    from tools.ingest_file import LoadReport, Preview

_MOST_REASONS = 5
_MOST_MEMBERS = 5


def headline(report: Preview | LoadReport) -> str:
    """One line: what the loader says, or that the file is ready."""
    said = texts().upload.headlines.get(report.status)
    return (
        line(report.message, longest=600)
        if said is None
        else said.format(file=line(report.file), batch=report.batch_id)
    )


def figures(report: Preview | LoadReport, model: SemanticModel, currency: str | None) -> str:
    """The file in a table of two columns; empty where it was refused before anything was counted."""
    if report.period is None:
        return ""
    said = texts().upload.figures
    rows = {
        said.format: line(report.format or formats.NOTHING),
        said.platform: _members(report.platforms),
        said.account: _members(report.accounts),
        said.days: formats.days(report.period),
        said.rows: said.row_counts.format(
            good=formats.value(report.rows_loaded, "count", None),
            bad=formats.value(report.rows_rejected, "count", None),
            skipped=formats.value(report.rows_skipped, "count", None),
        ),
    }
    if report.replaced_rows:
        rows[said.replaced] = formats.value(report.replaced_rows, "count", None)
    for name, total in report.totals.items():
        if total is not None:
            metric = model.metrics[name]
            rows[line(metric.label)] = formats.value(total, metric.unit, report.currency or currency)
    lines = [f"| {said.file} | {line(report.file)} |", "| :--- | :--- |"]
    return "\n".join([*lines, *(f"| {label} | {shown} |" for label, shown in rows.items())])


def remarks(report: Preview | LoadReport) -> str:
    """Warnings, and why rows were rejected, as a list."""
    said = texts().upload
    rejected = [
        said.rejected.format(rows=reason.rows, line=reason.first_line, reason=line(reason.reason))
        for reason in report.rejected[:_MOST_REASONS]
    ]
    return "\n".join(f"- {remark}" for remark in [*(line(text, 600) for text in report.warnings), *rejected])


def column_uses(report: Preview | LoadReport) -> str:
    """Which column fills which field, and which are left out: one click away, like the SQL of an answer."""
    said = texts().upload
    if report.parts:
        return "\n\n".join(f"**{line(part.file)}**\n\n{column_uses(part)}" for part in report.parts)
    used = [f"- {line(use.column)} → {line(use.field)}" for use in report.columns]
    ignored = ", ".join(line(column) for column in report.ignored_columns)
    return "\n".join([*used, *([f"- {said.ignored.format(columns=ignored)}"] if ignored else [])])


def follow_ups_of(report: Preview | LoadReport) -> list[Option]:
    """What one asks of the days of a file."""
    if report.period is None:
        return []
    days = {"start": report.period.start, "end": report.period.end}
    return [Option(label=o.label, question=o.question.format(**days)) for o in texts().upload.follow_ups]


def _members(names: tuple[str, ...]) -> str:
    shown = ", ".join(line(name, longest=60) for name in names[:_MOST_MEMBERS])
    more = len(names) - _MOST_MEMBERS
    return f"{shown} + {more}" if more > 0 else shown or formats.NOTHING
