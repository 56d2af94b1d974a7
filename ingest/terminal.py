"""What a person sees in the terminal: a small table a file, its message and warnings; a bar on long loads."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.format import MONEY
from ingest.places import Place
from ingest.progress import Progress, silent
from ingest.report import Choice, LoadReport

if TYPE_CHECKING:
    from rich.table import Table

_LONG_LOAD_BYTES = 5 << 20
_SHOWN_EVIDENCE = 6
_STYLES = {"loaded": "green", "loaded_with_rejects": "yellow", "duplicate": "cyan", "needs_confirmation": "yellow"}


class Terminal:
    """Prints reports, as JSON for programs or as tables for people; colours only on a terminal."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def show(self, report: LoadReport) -> int:
        """Print one report; the exit code it calls for."""
        if self._as_json:
            sys.stdout.write(report.model_dump_json() + "\n")
        else:
            self._show_to_people(report)
        sys.stdout.flush()
        return 1 if any(one.status == "refused" for one in (report, *report.parts)) else 0

    def fail(self, line: str) -> int:
        sys.stderr.write(f"{line}\n")
        return 1

    def _show_to_people(self, report: LoadReport) -> None:
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        style = _STYLES.get(report.status, "red")
        for part in report.parts:
            self._show_to_people(part)
        console.print(Text.assemble((report.file, "bold"), "  ", (report.status.replace("_", " "), style)))
        if report.period:
            console.print(_figures(report))
        for line in (report.message, *report.warnings, *_rejects(report), *_kept_rejects(report), *_ways_on(report)):
            console.print(Text(f"  {line}"), soft_wrap=True)


def _figures(report: LoadReport) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for label, value in _lines(report):
        table.add_row(Text(f"  {label}", "dim"), Text(value))
    return table


def _lines(report: LoadReport) -> Iterator[tuple[str, str]]:
    yield "format", f"{report.format}, by its columns {', '.join(report.evidence[:_SHOWN_EVIDENCE])}"
    yield "platforms", ", ".join(report.platforms)
    if report.period:
        yield "period", f"{report.period.start} to {report.period.end}"
    counts = {"read": report.rows_read, "loaded": report.rows_loaded, "rejected": report.rows_rejected}
    counts |= {"skipped": report.rows_skipped, "replaced": report.replaced_rows}
    yield "rows", ", ".join(f"{count:,} {name}" for name, count in counts.items() if count or name == "loaded")
    for measure, total in report.totals.items():
        if total is not None:
            currency = f" {report.currency or ''}".rstrip() if measure in MONEY else ""
            yield measure, f"{total:,.2f}".removesuffix(".00") + currency


def _rejects(report: LoadReport) -> list[str]:
    return [f"line {one.first_line}: {one.reason} ({one.rows:,} rows)" for one in report.rejected[:5]]


def _kept_rejects(report: LoadReport) -> list[str]:
    return [f"The rejected rows are in {report.rejects_file} of the workspace."] if report.rejects_file else []


def _ways_on(report: LoadReport) -> list[str]:
    """The report's choices as options of this command; those that only name the platform in one line."""
    platforms = [choice.label for choice in report.choices if choice.options.keys() == {"platform"}]
    if platforms:
        return [f"--platform NAME: {', '.join(platforms)}"]
    return [f"{' '.join(_flags(choice))}: {choice.label[0].lower()}{choice.label[1:]}" for choice in report.choices]


def _flags(choice: Choice) -> Iterator[str]:
    for name, value in choice.options.items():
        option = f"--{name.replace('_', '-')}"
        yield option if value is True else f"{option} {shlex.quote(str(value))}"


@contextmanager
def progress_bar(place: Place, terminal: Terminal) -> Iterator[Progress]:
    """A bar on standard error while a long load runs on a terminal; else nothing."""
    if not sys.stderr.isatty() or _is_small(place):
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:10}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=1.0)
        yield lambda step, share: bar.update(task, description=step, completed=share)


def _is_small(place: Place) -> bool:
    return isinstance(place, Path) and (not place.is_file() or place.stat().st_size < _LONG_LOAD_BYTES)
