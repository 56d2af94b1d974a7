"""What a person should know about a file besides its figures, one sentence a matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.parsing import Parsed
from ingest.rules import rules

_MOST = 3  # of a kind; the report's own fields hold more


def remarks(parsed: Parsed, report: dict[str, Any]) -> tuple[str, ...]:
    """``report`` are the fields of the report so far."""
    return (*_about_the_file(parsed, report), *_about_the_rows(parsed, report))


def _about_the_file(parsed: Parsed, report: dict[str, Any]) -> Iterator[str]:
    for field in parsed.stated.recalled:
        yield f"The {field} is {getattr(parsed.stated, field)}, as was said of an earlier file with the same columns."
    if converted := report["converted"]:
        rates = f"{converted.lowest:g}" + (
            f" to {converted.highest:g}" if converted.highest != converted.lowest else ""
        )
        yield f"Money was converted from {parsed.currency} to {converted.to} by the workspace's rates ({rates})."
    for sheet in parsed.other_sheets[:_MOST]:
        yield f"Only the sheet {parsed.source.sheet} counts; {sheet} holds a table too. Load it as a file of its own."
    unknown = [name for name in report["platforms"] if name not in rules().vocabulary.platforms]
    if unknown:
        yield f"No platform that we know is called {', '.join(unknown[:5])}; kept as written."


def _about_the_rows(parsed: Parsed, report: dict[str, Any]) -> Iterator[str]:
    for measure, total in report["checksum"].items():
        if not total.matches:
            said, loaded = f"{total.file:,.2f}", f"{total.loaded:,.2f}"
            yield f"The file's own total says {measure} {said}; its loaded rows add up to {loaded}."
    if parsed.summary["more_clicks_than_impressions"]:
        yield f"{parsed.summary['more_clicks_than_impressions']:,} rows have more clicks than impressions."
    for gap in report["gaps"][:_MOST]:
        days = f"{gap.first_day}" if gap.days == 1 else f"{gap.days} days between {gap.first_day} and {gap.last_day}"
        yield f"{gap.platform} / {gap.account} has no rows on {days}."
    for day in report["outliers"][:_MOST]:
        times = day.spend / day.usual
        yield f"{day.platform} / {day.account} spent {day.spend:,.2f} on {day.date}, {times:.0f} times what is usual."
    if report["partial_day"]:
        yield f"The newest day, {report['partial_day']}, may still be partial."
