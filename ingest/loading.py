"""Load or preview a file: bring, parse, plan, store. What a file may hold never raises; it is a report's status."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, time
from typing import Any, TypeVar

from ingest import store
from ingest.archive import packed_files, unpack_one
from ingest.combined import combined
from ingest.describe import describe
from ingest.format import DateOrder
from ingest.parsing import Parsed, Terms, parse
from ingest.places import Place, bring
from ingest.plan import Plan, make_plan
from ingest.progress import Progress, silent
from ingest.rates import convert
from ingest.refusals import FOLDER, refused
from ingest.remembered import recall
from ingest.report import LoadReport, Preview
from ingest.rules import rules
from ingest.source import Original, take
from ingest.stated import read_stated
from ingest.unpack import texts
from kpi import events
from kpi.errors import LoadRefused
from kpi.workspace import Workspace

R = TypeVar("R", LoadReport, Preview)
_SCRATCH = "load-"
_STALE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class _Said:
    """What a person says of a file, and who and where from."""

    platform: str | None
    account: str | None
    currency: str | None
    date_order: DateOrder | None
    replace: bool = False
    add: bool = False
    user: str | None = None
    via: str = "cli"


def load(
    workspace: Workspace,
    place: str | Place,
    *,
    file_name: str | None = None,
    platform: str | None = None,
    account: str | None = None,
    currency: str | None = None,
    date_order: DateOrder | None = None,
    replace: bool = False,
    add: bool = False,
    user: str | None = None,
    via: str = "cli",
    progress: Progress | None = None,
) -> LoadReport:
    """Load one file, from a path, an address or the import folder, in one transaction; loads queue. Whatever it holds,
    the answer is a report. Each file of an archive is a load of its own, told in the report's ``parts``.

    ``file_name`` is shown and kept instead of the place's own. ``date_order`` counts where the file's own days leave it
    open. ``replace`` and ``add`` answer ``needs_confirmation``.
    ``via`` is the surface it came by (cli, chat, api), ``user`` who it was.
    """
    said = _Said(platform, account, currency, date_order, replace, add, user, via)
    one = partial(_load_one, workspace, said, progress or silent)
    with _scratch_folder(workspace) as scratch:
        report = _each(workspace, place, file_name, scratch, progress or silent, one, LoadReport)
    (progress or silent)("loading", 1.0)
    return report


def preview(
    workspace: Workspace,
    place: str | Place,
    *,
    file_name: str | None = None,
    platform: str | None = None,
    account: str | None = None,
    currency: str | None = None,
    date_order: DateOrder | None = None,
) -> Preview:
    """What a load of the file would do, from the same reading; changes nothing."""
    one = partial(_preview_one, workspace, _Said(platform, account, currency, date_order))
    with _scratch_folder(workspace) as scratch:
        return _each(workspace, place, file_name, scratch, silent, one, Preview)


def _each(
    workspace: Workspace,
    place: str | Place,
    file_name: str | None,
    scratch: Path,
    progress: Progress,
    one: Callable[[Original, Path, tuple[int, ...]], R],
    kind: type[R],
) -> R:
    """``one`` on the file, or on every file of an archive one after the other; what can't be taken is refused."""
    place = Path(place) if isinstance(place, str) else place
    name, max_mb = file_name or place.name, workspace.settings.max_upload_mb
    try:
        original = take(bring(place, scratch, workspace.settings, progress), scratch, name, max_mb, progress)
        packed = packed_files(original, max_mb)
        if len(packed) < 2:
            return one(original, scratch, ())
    except LoadRefused as error:
        return kind.model_validate({"status": "refused", **refused(name, error)})
    reports: list[R] = []
    for file in packed:
        with TemporaryDirectory(dir=scratch) as folder:
            loaded = tuple(report.batch_id for report in reports if report.batch_id)
            reports.append(_one_of_several(file, original, Path(folder), max_mb, loaded, one, kind))
    return combined(reports, name, kind)


def _one_of_several(
    file: str,
    archive: Original,
    scratch: Path,
    max_mb: int,
    loaded: tuple[int, ...],
    one: Callable[[Original, Path, tuple[int, ...]], R],
    kind: type[R],
) -> R:
    try:
        return one(unpack_one(archive, file, scratch, max_mb), scratch, loaded)
    except LoadRefused as error:
        return kind.model_validate({"status": "refused", **refused(file, error)})


def _load_one(
    workspace: Workspace, said: _Said, progress: Progress, original: Original, scratch: Path, siblings: tuple[int, ...]
) -> LoadReport:
    started = perf_counter()
    try:
        parsed = _read(workspace, original, scratch, said, progress)
        report = _carry_out(workspace, parsed, said, siblings)
    except LoadRefused as error:
        report = LoadReport(status="refused", **refused(original.file_name, error, workspace.folder / FOLDER))
    _log(report, started, said)
    return report


def _preview_one(
    workspace: Workspace, said: _Said, original: Original, scratch: Path, siblings: tuple[int, ...]
) -> Preview:
    try:
        parsed = _read(workspace, original, scratch, said, silent)
        plan = make_plan(workspace.warehouse.query, workspace, parsed, replace=False, add=False)
    except LoadRefused as error:
        return Preview(status="refused", **refused(original.file_name, error))
    status = {"load": "ready", "ask": "needs_confirmation", "duplicate": "duplicate"}[plan.action]
    return Preview.model_validate({**describe(parsed, plan), "status": status, "sample": parsed.sample})


def _read(workspace: Workspace, original: Original, scratch: Path, said: _Said, progress: Progress) -> Parsed:
    settings = workspace.settings
    stated = read_stated(rules(), said.platform, said.account, said.currency, said.date_order)
    sources = texts(original, scratch, settings.max_upload_mb)
    terms = Terms(stated, partial(recall, workspace), workspace.today(), settings.max_reject_share)
    parsed = parse(sources, scratch, terms, progress)
    ours = workspace.currency
    if ours is None or parsed.currency in (None, ours):
        return parsed
    facts, conversion = convert(parsed.facts, parsed.currency, ours, workspace.folder, scratch)
    return replace(parsed, facts=facts, converted=conversion)


def _carry_out(workspace: Workspace, parsed: Parsed, said: _Said, siblings: tuple[int, ...]) -> LoadReport:
    """Plan on the state that the transaction sees, then write; whoever waits in the queue plans after us."""
    with workspace.warehouse.writing() as cursor:

        def run(sql: str, parameters: Any) -> list[dict[str, Any]]:
            return store.rows_of(cursor, sql, parameters)

        plan = make_plan(run, workspace, parsed, replace=said.replace, add=said.add, siblings=siblings)
        if plan.action != "load":
            return _not_carried_out(parsed, plan)
        report = LoadReport(
            status="loaded_with_rejects" if parsed.summary["rows_rejected"] else "loaded",
            **{**describe(parsed, plan), "batch_id": store.next_batch_id(cursor)},
        )
        mode = "add" if said.add else "replace" if said.replace else "normal"
        store.store(cursor, workspace, parsed, plan, report, mode=mode, user=said.user, via=said.via)
        return report


def _not_carried_out(parsed: Parsed, plan: Plan) -> LoadReport:
    status = "duplicate" if plan.action == "duplicate" else "needs_confirmation"
    return LoadReport.model_validate({**describe(parsed, plan), "status": status, "rows_loaded": 0, "replaced_rows": 0})


@contextmanager
def _scratch_folder(workspace: Workspace) -> Iterator[Path]:
    """A folder inside the workspace for one load; what a killed load left behind is swept after a day."""
    for old in workspace.folder.glob(f"{_SCRATCH}*"):
        if old.is_dir() and time() - old.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    with TemporaryDirectory(prefix=_SCRATCH, dir=workspace.folder, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _log(report: LoadReport, started: float, said: _Said) -> None:
    events.record(
        "load",
        batch_id=report.batch_id,
        status=report.status,
        reason=report.reason,
        file=report.file[:200],
        format=report.format,
        rows_read=report.rows_read,
        rows_loaded=report.rows_loaded,
        rows_rejected=report.rows_rejected,
        replaced_rows=report.replaced_rows,
        user=said.user,
        via=said.via,
        seconds=round(perf_counter() - started, 3),
    )
