"""What people said of a file that doesn't say it itself, kept for the next file of the same layout.

Answers are remembered while they agree: where files of one layout were said to be of several accounts, none is assumed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.layout import Layout
from ingest.names import comparable
from ingest.stated import Stated
from kpi.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SEVERAL = ""


def recall(workspace: Workspace, layout: Layout, stated: Stated) -> Stated:
    """What was said of this file, completed by what was said of files with the same header."""
    kept = json.loads(workspace.warehouse.setting(_key(layout)) or "{}")
    known = {name: kept[name] for name in _lacking(layout) if kept.get(name) and getattr(stated, name) is None}
    return replace(stated, **known, recalled=tuple(known)) if known else stated


def remember(cursor: DuckDBPyConnection, layout: Layout, stated: Stated) -> None:
    said = {name: getattr(stated, name) for name in _lacking(layout) if name not in stated.recalled}
    said = {name: value for name, value in said.items() if value}
    if not said:
        return
    found = cursor.execute("SELECT value FROM workspace_settings WHERE name = ?", [_key(layout)]).fetchone()
    kept = json.loads(found[0]) if found else {}
    kept |= {name: value if kept.get(name, value) == value else _SEVERAL for name, value in said.items()}
    cursor.execute("INSERT OR REPLACE INTO workspace_settings VALUES (?, ?)", [_key(layout), json.dumps(kept)])


def _lacking(layout: Layout) -> tuple[str, ...]:
    """Of platform and account those that neither the format nor the file names."""
    names_platform = layout.format.platform or "platform" in layout.columns
    names_account = layout.account or "account" in layout.columns
    return (*(() if names_platform else ("platform",)), *(() if names_account else ("account",)))


def _key(layout: Layout) -> str:
    names = json.dumps([layout.format.name, *map(comparable, layout.header)])
    return f"layout {hashlib.sha256(names.encode()).hexdigest()[:16]}"
