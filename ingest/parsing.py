"""From a file to typed rows in a Parquet file of the load's own, without touching the warehouse."""

from __future__ import annotations

import filecmp
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.cells import open_records, rows, stage
from ingest.checks import Checks, check
from ingest.detect import find_layout
from ingest.evidence import Decisions, decide
from ingest.judge import judge, store_spellings
from ingest.layout import Layout
from ingest.plain import NotPlain, Plain, read_nothing, read_plain
from ingest.progress import Progress
from ingest.rates import Conversion
from ingest.records import write_records
from ingest.refusals import PlatformOpen, TooManyRejects
from ingest.rules import rules
from ingest.source import Source
from ingest.sql import literal
from ingest.stated import Stated
from ingest.summary import BAD, BY_DAY, GOOD, IS_BY_DAY, NO_BAD, REASONS, SAMPLE, SUMMARY
from kpi import events
from kpi.errors import LoadRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "600MB"  # more is spilled into the scratch folder
DEFAULT_ACCOUNT = "default"  # of each platform, where neither the file nor the person names one
_MOST_REJECTS_OF_A_REFUSAL = 10_000
_VAGUE = ("unknown_format", "empty")  # what a cover sheet says of itself


@dataclass(frozen=True)
class Parsed:
    """A file read in full: ``facts`` and ``rejects`` are Parquet files, ``summary`` the figures of ``SUMMARY``.

    ``currency`` is the file's; where its money was ``converted``, the facts are in another.
    """

    source: Source
    layout: Layout
    stated: Stated
    currency: str | None
    facts: Path
    rejects: Path
    summary: dict[str, Any]
    checks: Checks
    reasons: list[dict[str, Any]]
    sample: list[dict[str, Any]]
    converted: Conversion | None = None
    other_sheets: tuple[str, ...] = ()  # of the workbook, which hold tables too

    @property
    def money_in(self) -> str | None:
        return self.converted.to if self.converted else self.currency


@dataclass(frozen=True)
class Terms:
    """What a file is read by: what the person said, completed for its layout by ``recall``; the day; a limit."""

    stated: Stated
    recall: Callable[[Layout, Stated], Stated]
    today: date
    max_reject_share: float


def parse(sources: Iterable[Source], scratch: Path, terms: Terms, progress: Progress) -> Parsed:
    """Read and judge every row. Raises LoadRefused with the reason of the contract."""
    remaining = iter(sources)
    source, layout = _first_table(remaining, terms.stated.platform)
    others = _other_tables(remaining, source, terms.stated.platform)
    stated = terms.recall(layout, terms.stated)
    _require_platform(layout, stated, source)
    records = scratch / "records.csv"
    write_records(source, layout.header_line, len(layout.header), layout.delimiter, records, progress)
    progress("checking", 0.0)
    try:
        parsed = _parsed(source, layout, stated, records, terms, progress, plainly=True)
    except NotPlain:
        parsed = _parsed(source, layout, stated, records, terms, progress, plainly=False)
    return replace(parsed, other_sheets=others)


def _parsed(
    source: Source, layout: Layout, stated: Stated, records: Path, terms: Terms, progress: Progress, *, plainly: bool
) -> Parsed:
    """Every row judged; ``plainly``: those that need it, after the plain ones were read. Raises NotPlain then."""
    today, account = terms.today, stated.account or layout.account or DEFAULT_ACCOUNT
    with _own_database(records.parent) as connection:
        open_records(connection, layout, records)
        store_spellings(connection, rules())
        if plainly:
            plain = read_plain(connection, layout, rules(), platform=stated.platform, account=account, today=today)
        else:
            plain = read_nothing(connection, layout)
        stage(connection, layout, rules().vocabulary.placeholders)
        _require_rows(connection, source, plain)
        decisions = decide(connection, layout, rules(), today, plain, stated.date_order)
        judge(connection, layout, rules(), decisions, platform=stated.platform, account=account, today=today)
        progress("checking", 0.7)
        _require_good_rows(connection, layout, source, terms.max_reject_share)
        return _collect(connection, source, layout, stated, decisions, records.parent, today)


def _first_table(sources: Iterable[Source], platform: str | None) -> tuple[Source, Layout]:
    """The first text that holds a table we know: a workbook may have cover sheets before it."""
    refusals: list[LoadRefused] = []
    for source in sources:
        try:
            return source, find_layout(source, rules(), platform)
        except LoadRefused as refusal:
            refusals.append(refusal)
    if not refusals:
        raise LoadRefused("empty", "The workbook has no sheet with data. Export it again.")
    raise next((refusal for refusal in refusals if refusal.reason not in _VAGUE), refusals[0])


def _other_tables(sources: Iterable[Source], first: Source, platform: str | None) -> tuple[str, ...]:
    """The sheets that hold tables too, but for copies of the first."""
    found = []
    for source in sources:
        with suppress(LoadRefused):
            find_layout(source, rules(), platform)
            if not filecmp.cmp(source.path, first.path, shallow=False):
                found.append(source.sheet or "")
    return tuple(found)


@contextmanager
def _own_database(scratch: Path) -> Iterator[DuckDBPyConnection]:
    """A small database for one file: parsing neither holds the warehouse's writer nor eats its memory."""
    import duckdb

    file = scratch / "parse.duckdb"
    file.unlink(missing_ok=True)  # of an attempt to read it plainly
    with duckdb.connect(str(file), config={"memory_limit": _MEMORY}) as connection:
        try:
            yield connection
        except duckdb.DataError as error:  # text that Python decodes but DuckDB won't hold
            events.record("unreadable_file", level=logging.ERROR, error=str(error)[:500])
            message = "The file's text can't be read as a table. Export it again as CSV (UTF-8) and load that."
            raise LoadRefused("unreadable", message) from error


def _require_platform(layout: Layout, stated: Stated, source: Source) -> None:
    if layout.format.platform is None and stated.platform is None and "platform" not in layout.columns:
        message = f"{source.file_name} doesn't name its platform. Say which it is, or add a column platform."
        raise PlatformOpen(message, rules().vocabulary.platforms)


def _require_rows(connection: DuckDBPyConnection, source: Source, plain: Plain) -> None:
    if not plain.rows and not rows(connection, "SELECT 1 FROM cells WHERE first_cell IS NOT NULL LIMIT 1"):
        raise LoadRefused(
            "empty", f"{source.file_name} holds a header but no rows. Choose a period with data and export it again."
        )


def _require_good_rows(connection: DuckDBPyConnection, layout: Layout, source: Source, limit: float) -> None:
    summary = rows(connection, SUMMARY)[0]
    good, bad = summary["rows_loaded"], summary["rows_rejected"]
    if not good and not bad:
        raise LoadRefused(
            "empty", f"{source.file_name} holds totals but no rows of data. Export it again with a daily breakdown."
        )
    if not good or bad / (good + bad) > limit:
        reasons = rows(connection, REASONS)
        first = reasons[0]
        raise TooManyRejects(
            f"{bad:,} of {good + bad:,} rows break a rule, more than the accepted {limit:.0%}; nothing was loaded. "
            f"Most common, first on line {first['first_line']}: {first['reason']}.",
            reasons=reasons,
            rejects=rows(connection, f"{BAD} LIMIT {_MOST_REJECTS_OF_A_REFUSAL}"),
            layout=layout,
        )


def _collect(
    connection: DuckDBPyConnection,
    source: Source,
    layout: Layout,
    stated: Stated,
    decisions: Decisions,
    scratch: Path,
    today: date,
) -> Parsed:
    summary, by_day = rows(connection, SUMMARY)[0], rows(connection, IS_BY_DAY)[0]["by_day"]
    return Parsed(
        source=source,
        layout=layout,
        stated=stated,
        currency=_one_currency(decisions.currency, stated.currency),
        facts=_write(connection, GOOD if by_day else f"{GOOD} {BY_DAY}", scratch / "facts.parquet"),
        rejects=_write(connection, BAD if summary["rows_rejected"] else NO_BAD, scratch / "rejects.parquet"),
        summary=summary,
        checks=check(connection, today),
        reasons=rows(connection, REASONS),
        sample=rows(connection, SAMPLE),
    )


def _one_currency(in_file: str | None, stated: str | None) -> str | None:
    if in_file and stated and in_file != stated:
        raise LoadRefused(
            "mixed_currency", f"The file states {in_file}, but it was to be loaded as {stated}. Leave the currency out."
        )
    return in_file or stated


def _write(connection: DuckDBPyConnection, select: str, path: Path) -> Path:
    connection.execute(f"COPY ({select}) TO {literal(str(path))} (FORMAT parquet)")
    return path
