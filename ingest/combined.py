"""One report on the files of an archive, from the reports on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from ingest.format import COUNTS, MEASURES, MONEY
from ingest.report import LoadReport, Preview
from kpi.query import Period

R = TypeVar("R", LoadReport, Preview)
_COUNTED = ("rows_read", "rows_loaded", "rows_rejected", "rows_skipped", "replaced_rows")
# The first of these that a file has is the archive's; a refused file among loaded ones is told in the message.
_STATUS = ("needs_confirmation", "loaded_with_rejects", "loaded", "ready", "duplicate", "refused")


def combined(parts: Sequence[R], name: str, kind: type[R]) -> R:
    """Sums of what was read, the files' own reports in ``parts``; what they don't agree on is null."""
    read = [part for part in parts if part.status != "refused"]
    refused = [part for part in parts if part.status == "refused"]
    status = next(one for one in _STATUS if any(part.status == one for part in parts))
    fields: dict[str, Any] = {
        "file": name,
        "status": "loaded_with_rejects" if refused and status == "loaded" else status,
        **{count: sum(getattr(part, count) for part in parts) for count in _COUNTED},
        **{field: _shared(read, field) for field in ("format", "platform", "currency", "sets_currency")},
        "period": _period(read),
        "totals": _totals(read),
        "reason": None if read else parts[0].reason,
        "message": _message(len(parts), refused) if read else parts[0].message,
        "warnings": tuple(f"{part.file}: {line}" for part in parts for line in _lines(part)),
        "platforms": tuple(sorted({platform for part in read for platform in part.platforms})),
        "accounts": tuple(sorted({account for part in read for account in part.accounts})),
        "choices": next((part.choices for part in parts if part.choices), ()),
        "parts": tuple(parts),
    }
    return kind.model_validate(fields)


def _shared(parts: Sequence[R], field: str) -> Any:
    values = {getattr(part, field) for part in parts}
    return values.pop() if len(values) == 1 else None


def _period(parts: Sequence[R]) -> Period | None:
    periods = [part.period for part in parts if part.period]
    if not periods:
        return None
    return Period(start=min(one.start for one in periods), end=max(one.end for one in periods))


def _totals(parts: Sequence[R]) -> dict[str, Any]:
    """Money of several currencies has no sum."""
    one_currency = len({part.currency for part in parts}) < 2
    return {measure: _sum(parts, measure) if one_currency or measure not in MONEY else None for measure in MEASURES}


def _sum(parts: Sequence[R], measure: Any) -> float | int | None:
    values = [value for part in parts if (value := part.totals[measure]) is not None]
    total = sum(values)
    return (total if measure in COUNTS else round(total, 6)) if values else None


def _message(count: int, refused: Sequence[R]) -> str:
    if not refused:
        return f"The archive holds {count} files of data, each a load of its own."
    return f"{count - len(refused)} of {count} files could be read. {refused[0].message}"


def _lines(part: LoadReport | Preview) -> tuple[str, ...]:
    """A file's own message, where it has more to say than that it was loaded, and its warnings."""
    said = () if part.status in ("loaded", "ready") else (part.message,)
    return (*said, *part.warnings)
