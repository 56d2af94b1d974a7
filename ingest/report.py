"""What a load, a preview and a revert tell: the objects of the contract, with a few keys more."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.format import MEASURES, Measure
from kpi.query import Period

Totals = dict[Measure, int | float | None]


def _no_totals() -> Totals:
    return dict.fromkeys(MEASURES)


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class ColumnUse(_Report):
    """A column of the file and the field it fills."""

    column: str
    field: str


class RejectReason(_Report):
    """How many rows were rejected for one reason, and the first such line of the file."""

    reason: str
    rows: int
    first_line: int


class Choice(_Report):
    """A way on: what it does, and the arguments to load the same file with."""

    label: str
    options: dict[str, bool | str]


class Change(_Report):
    """A figure of days that were loaded before: ``change`` is relative, null where it was 0."""

    before: int | float
    after: int | float
    change: float | None


class Changes(_Report):
    """What moved since the last load of the same days. A campaign-day is one campaign on one day."""

    campaign_days: int
    moved: int
    days: tuple[date, ...] = Field((), description="days on which something moved")
    newest_day_moved: bool = Field(False, description="what was the newest day moved too: so will the newest one now")
    measures: dict[Measure, Change] = {}


class Gap(_Report):
    """Days without rows between the first and the last of an account."""

    platform: str
    account: str
    days: int
    first_day: date
    last_day: date


class Outlier(_Report):
    """A day that cost ten times what is usual for the account."""

    platform: str
    account: str
    date: date
    spend: float
    usual: float


class OwnTotal(_Report):
    """What the file's own row of totals says, beside the sum of its loaded rows."""

    file: float
    loaded: float
    matches: bool


class Converted(_Report):
    """Money was converted from the file's currency; ``lowest`` and ``highest`` are the rates used."""

    to: str
    lowest: float
    highest: float


class FileReport(_Report):
    """A file as it was read. ``totals`` are the file's own figures of its good rows, null for what it doesn't hold."""

    file: str
    format: str | None = None
    platform: str | None = Field(None, description="null where the file holds several; `platforms` has them all")
    currency: str | None = Field(None, description="the one the file or the person states, else null")
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rows_skipped: int = 0
    replaced_rows: int = 0
    period: Period | None = None
    totals: Totals = Field(default_factory=_no_totals)
    reason: str | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    rejected: tuple[RejectReason, ...] = ()
    choices: tuple[Choice, ...] = ()
    sets_currency: str | None = Field(None, description="the workspace's currency from this load on, where it set it")
    header: tuple[str, ...] = ()
    delimiter: str = ","
    evidence: tuple[str, ...] = Field((), description="the columns that speak for the format")
    preamble: tuple[str, ...] = Field((), description="the lines above the header: report name, range, …")
    checksum: dict[Measure, OwnTotal] = {}
    changes: Changes | None = None
    partial_day: date | None = Field(None, description="the newest day, where it doesn't look complete")
    gaps: tuple[Gap, ...] = ()
    outliers: tuple[Outlier, ...] = ()
    converted: Converted | None = None
    rejects_file: str | None = Field(None, description="in the workspace's folder: the rejected rows of a refused file")


class LoadReport(FileReport):
    """``batch_id`` is the new batch, or for a duplicate the one that already holds these bytes."""

    batch_id: int | None = None
    status: Literal["loaded", "loaded_with_rejects", "duplicate", "needs_confirmation", "refused"]
    parts: tuple[LoadReport, ...] = Field((), description="of an archive with several files: the report on each")


class Preview(FileReport):
    """What a load would do. ``rows_loaded`` and ``replaced_rows`` are what it would load and replace."""

    batch_id: int | None = None
    status: Literal["ready", "duplicate", "needs_confirmation", "refused"]
    parts: tuple[Preview, ...] = ()
    sample: tuple[dict[str, Any], ...] = Field((), description="the first rows as they would be loaded")


class Batch(_Report):
    """A load as the audit knows it. ``winning_rows`` is how many of its rows count today."""

    batch_id: int
    status: Literal["loaded", "loaded_with_rejects", "reverted"]
    file: str
    file_sha256: str
    file_bytes: int
    format: str
    mode: Literal["normal", "replace", "add"]
    rules_version: str
    loaded_at: datetime
    loaded_by: str | None
    via: str
    reverted_at: datetime | None
    reverted_by: str | None
    currency: str | None
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    rows_skipped: int
    replaced_rows: int
    winning_rows: int
    first_day: date
    last_day: date
    report: LoadReport


class Completeness(_Report):
    """How whole an account's data is. No load speaks for ``missing`` days; on ``empty`` ones the load has no rows."""

    platform: str
    account: str
    first_day: date
    last_day: date
    missing: tuple[date, ...]
    empty: tuple[date, ...]
    partial_day: date | None = Field(description="the newest day, where its load found it cut short")
    rejected_rows: int = Field(description="rows that the loads in force set aside for a broken rule")
    failed_checks: tuple[str, ...] = Field(description="measures whose sum is not the file's own total")


class RevertReport(_Report):
    """``removed_rows`` no longer count; ``restored_rows`` of older batches count again."""

    batch_id: int
    status: Literal["reverted", "already_reverted"]
    removed_rows: int
    restored_rows: int
    message: str
