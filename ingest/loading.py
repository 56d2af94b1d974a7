"""Load or preview a file: take, parse, plan, store. What a file may hold never raises; it is a report's status."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, time
from typing import Any

from ingest import store
from ingest.describe import describe
from ingest.parsing import Parsed, Terms, parse
from ingest.plan import Plan, make_plan
from ingest.progress import Progress, silent
from ingest.rates import convert
from ingest.refusals import FOLDER, refused
from ingest.remembered import recall
from ingest.report import LoadReport, Preview
from ingest.rules import rules
from ingest.source import take
from ingest.stated import read_stated
from ingest.unpack import texts
from kpi import events
from kpi.errors import LoadRefused
from kpi.workspace import Workspace

_SCRATCH = "load-"
_STALE_SECONDS = 24 * 3600


def load(
    workspace: Workspace,
    path: str | Path,
    *,
    file_name: str | None = None,
    platform: str | None = None,
    account: str | None = None,
    currency: str | None = None,
    replace: bool = False,
    add: bool = False,
    user: str | None = None,
    via: str = "cli",
    progress: Progress | None = None,
) -> LoadReport:
    """Load one file in one transaction; loads queue. Whatever the file holds, the answer is a report.

    ``file_name`` is shown and kept instead of the path's own. ``replace`` and ``add`` answer ``needs_confirmation``.
    ``via`` is the surface it came by (cli, chat, api), ``user`` who it was.
    """
    started, path = perf_counter(), Path(path)
    with _scratch_folder(workspace) as scratch:
        try:
            parsed = _read(workspace, path, scratch, file_name, (platform, account, currency), progress or silent)
            report = _carry_out(workspace, parsed, replace=replace, add=add, user=user, via=via)
        except LoadRefused as error:
            kept = workspace.folder / FOLDER
            report = LoadReport(status="refused", **refused(file_name or path.name, error, kept))
    (progress or silent)("loading", 1.0)
    _log(report, started, user, via)
    return report


def preview(
    workspace: Workspace,
    path: str | Path,
    *,
    file_name: str | None = None,
    platform: str | None = None,
    account: str | None = None,
    currency: str | None = None,
) -> Preview:
    """What a load of the file would do, from the same reading; changes nothing."""
    path = Path(path)
    with _scratch_folder(workspace) as scratch:
        try:
            parsed = _read(workspace, path, scratch, file_name, (platform, account, currency), silent)
            plan = make_plan(workspace.warehouse.query, workspace, parsed, replace=False, add=False)
        except LoadRefused as error:
            return Preview(status="refused", **refused(file_name or path.name, error))
        status = {"load": "ready", "ask": "needs_confirmation", "duplicate": "duplicate"}[plan.action]
        return Preview.model_validate({**describe(parsed, plan), "status": status, "sample": parsed.sample})


def _read(
    workspace: Workspace,
    path: Path,
    scratch: Path,
    file_name: str | None,
    said: tuple[str | None, ...],
    progress: Progress,
) -> Parsed:
    settings = workspace.settings
    stated = read_stated(rules(), *said)
    original = take(path, scratch, file_name, settings.max_upload_mb, progress)
    sources = texts(original, scratch, settings.max_upload_mb)
    terms = Terms(stated, partial(recall, workspace), workspace.today(), settings.max_reject_share)
    parsed = parse(sources, scratch, terms, progress)
    ours = workspace.currency
    if ours is None or parsed.currency in (None, ours):
        return parsed
    facts, conversion = convert(parsed.facts, parsed.currency, ours, workspace.folder, scratch)
    return replace(parsed, facts=facts, converted=conversion)


def _carry_out(
    workspace: Workspace, parsed: Parsed, *, replace: bool, add: bool, user: str | None, via: str
) -> LoadReport:
    """Plan on the state that the transaction sees, then write; whoever waits in the queue plans after us."""
    with workspace.warehouse.writing() as cursor:

        def run(sql: str, parameters: Any) -> list[dict[str, Any]]:
            return store.rows_of(cursor, sql, parameters)

        plan = make_plan(run, workspace, parsed, replace=replace, add=add)
        if plan.action != "load":
            return _not_carried_out(parsed, plan)
        report = LoadReport(
            status="loaded_with_rejects" if parsed.summary["rows_rejected"] else "loaded",
            **{**describe(parsed, plan), "batch_id": store.next_batch_id(cursor)},
        )
        mode = "add" if add else "replace" if replace else "normal"
        store.store(cursor, workspace, parsed, plan, report, mode=mode, user=user, via=via)
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


def _log(report: LoadReport, started: float, user: str | None, via: str) -> None:
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
        user=user,
        via=via,
        seconds=round(perf_counter() - started, 3),
    )
