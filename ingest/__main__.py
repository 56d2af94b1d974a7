"""``python -m ingest FILE…``: load files into a workspace, or hand them to the server that holds it."""

from __future__ import annotations

import argparse
import getpass
import logging
import sys
import traceback
from pathlib import Path
from typing import get_args

from ingest.format import DateOrder
from ingest.loading import load
from ingest.places import read_place
from ingest.remote import send
from ingest.rules import rules
from ingest.terminal import Terminal, progress_bar
from kpi import events
from kpi.errors import PlatformError, WorkspaceBusy
from kpi.settings import Settings
from kpi.workspace import Workspace

_FILES = "an export with one row a day: a path, an https address, or import:PATH in the folder IMPORT_FOLDER"


def main(arguments: list[str] | None = None) -> int:
    """0 where every file was loaded, known already or waits for an answer; 1 where one was refused or failed."""
    options = _options(arguments)
    terminal = Terminal(as_json=options.json)
    try:
        settings = Settings.load()
        folder = options.workspace or settings.workspace
        try:
            workspace = Workspace.open(folder, settings)
        except WorkspaceBusy as busy:
            return _hand_over(options, folder, settings, terminal, busy)
        try:
            return max([_load(workspace, path, options, terminal) for path in options.files])
        finally:
            workspace.close()
    except PlatformError as error:
        return terminal.fail(str(error))
    except KeyboardInterrupt:
        return terminal.fail("Stopped; the file in hand was not loaded.")
    except Exception as error:  # the last resort: a person gets a line, the log gets the rest
        events.record("command_failed", level=logging.ERROR, error=traceback.format_exc())
        return terminal.fail(f"Loading failed: {' '.join(str(error).split())[:200] or type(error).__name__}")


def _load(workspace: Workspace, text: str, options: argparse.Namespace, terminal: Terminal) -> int:
    place = read_place(text)
    with progress_bar(place, terminal) as progress:
        report = load(
            workspace,
            place,
            platform=options.platform,
            account=options.account,
            currency=options.currency,
            date_order=options.date_order,
            replace=options.replace,
            add=options.add,
            user=_user(),
            via="cli",
            progress=progress,
        )
    return terminal.show(report)


def _hand_over(
    options: argparse.Namespace, folder: Path, settings: Settings, terminal: Terminal, busy: WorkspaceBusy
) -> int:
    """The workspace belongs to a running server: it loads the files for us."""
    said = {
        name: getattr(options, name) for name in ("platform", "account", "currency", "date_order", "replace", "add")
    }
    worst = 0
    for text in options.files:
        report = send(read_place(text), folder, settings.api_token, said, busy)
        worst = max(worst, terminal.show(report))
    return worst


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code not in rules().vocabulary.currencies:
        raise argparse.ArgumentTypeError(f"{text!r} is no currency code; write one such as EUR or USD")
    return code


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Load ad data files into a workspace.")
    parser.add_argument("files", nargs="+", metavar="FILE", help=_FILES)
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", help="the workspace's folder; else the setting WORKSPACE"
    )
    parser.add_argument("--platform", metavar="P", help="the platform, where the file doesn't name it")
    parser.add_argument("--account", metavar="A", help="the account, where the file doesn't name it")
    parser.add_argument("--currency", metavar="C", type=_currency, help="the currency, where the file states none")
    parser.add_argument(
        "--date-order", choices=get_args(DateOrder), help="where the file leaves open how 03/04/2025 is to be read"
    )
    parser.add_argument("--replace", action="store_true", help="load even where it takes rows away that are there")
    parser.add_argument("--add", action="store_true", help="cover only the file's own campaigns, beside what is there")
    parser.add_argument("--json", action="store_true", help="print one JSON object a file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
