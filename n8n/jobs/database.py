"""The SQLite file of jobs and alerts in the workspace: made once, a connection for each transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

_FILE = "jobs.sqlite"
_BUSY_SECONDS = 30.0


def prepared(folder: Path) -> Path:
    """The path of the file, with its tables."""
    path = folder / _FILE
    with transaction(path) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(resources.files("n8n.jobs").joinpath("schema.sql").read_text("utf-8"))
    return path


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """All of it or nothing; another process that writes is waited for."""
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    database.row_factory = sqlite3.Row
    try:
        with database:
            yield database
    finally:
        database.close()
