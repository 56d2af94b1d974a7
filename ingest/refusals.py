"""Refusals that carry more than a line: bad rows to correct and load again, platforms to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.rejects import rejects_table
from ingest.report import Choice, RejectReason
from kpi.errors import LoadRefused

if TYPE_CHECKING:
    from ingest.layout import Layout

FOLDER = "rejects"


class TooManyRejects(LoadRefused):
    """``reasons`` by how often they stand, ``rejects`` the first of the bad rows."""

    def __init__(
        self, message: str, *, reasons: list[dict[str, Any]], rejects: list[dict[str, Any]], layout: Layout
    ) -> None:
        super().__init__("too_many_rejects", message)
        self.reasons, self.rejects, self.layout = reasons, rejects, layout


class PlatformOpen(LoadRefused):
    """The file loads once a person names its platform; ``choices`` are those it may be."""

    def __init__(self, message: str, platforms: Iterable[str]) -> None:
        super().__init__("unknown_format", message)
        self.choices = tuple(Choice(label=name, options={"platform": name}) for name in platforms)


class OrderOpen(LoadRefused):
    """The file loads once a person says whether day or month comes first in its dates."""

    def __init__(self, message: str, orders: Iterable[str]) -> None:
        super().__init__("ambiguous_dates", message)
        self.choices = tuple(
            Choice(label=f"{order.partition('_')[0].capitalize()} comes first", options={"date_order": order})
            for order in orders
        )


class OtherData(LoadRefused):
    """A file that is no ad data, or none by day; ``format`` is the name of what it is, where it has one."""

    def __init__(self, reason: str, message: str, format: str | None) -> None:
        super().__init__(reason, message)
        self.format = format


def refused(file_name: str, error: LoadRefused, keep_in: Path | None = None) -> dict[str, Any]:
    """The fields of a report on a file that can't be loaded; its bad rows are written to a file of ``keep_in``."""
    fields: dict[str, Any] = {"file": file_name, "reason": error.reason, "message": str(error)}
    if isinstance(error, PlatformOpen | OrderOpen):
        fields["choices"] = error.choices
    if isinstance(error, OtherData):
        fields["format"] = error.format
    if not isinstance(error, TooManyRejects):
        return fields
    fields |= {
        "format": error.layout.format.name,
        "header": error.layout.header,
        "delimiter": error.layout.delimiter,
        "rejected": tuple(RejectReason(**reason) for reason in error.reasons),
        "rows_rejected": sum(reason["rows"] for reason in error.reasons),
    }
    if keep_in is not None:
        keep_in.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "_", Path(file_name).stem)[:100]
        path = keep_in / f"{name}-rejected.csv"
        table = rejects_table(error.layout.header, error.layout.delimiter, error.rejects)
        path.write_text(table, "utf-8", errors="replace")
        fields["rejects_file"] = f"{FOLDER}/{path.name}"
    return fields
