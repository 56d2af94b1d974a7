"""The DuckDB file of a workspace: connection, the view ``kpi_daily``, a turn and a time limit a query, one writer."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from kpi import rollups
from kpi.cancellation import current
from kpi.coverage import LoadedRange
from kpi.errors import QueryTimeout, WorkspaceBusy, WorkspaceError
from kpi.freshness import Changes, Touched
from kpi.rollups import NOT_REPORTED as NOT_REPORTED
from kpi.schema import bring_up_to_date, define_views
from kpi.turns import Turns

AT_ONCE = 2 * (os.cpu_count() or 1)  # queries that run side by side; more would only slow each other down


_COVERED = "SELECT platform, account, first_day, last_day FROM claims WHERE batch_id = ?"


class Warehouse:
    """One connection; queries take turns, each on a cursor that no other uses; loads queue behind one lock."""

    def __init__(self, path: Path, timeout_seconds: float = 20) -> None:
        self.path = path
        self._timeout = timeout_seconds
        self._writing = threading.Lock()
        self._committing = threading.Lock()
        self._turns = Turns(AT_ONCE)
        self._idle: list[duckdb.DuckDBPyConnection] = []  # cursors to use again; appending and popping are atomic
        self._settings: tuple[int, dict[str, str]] = (-1, {})
        self.generation = 0  # counts commits of this process: whoever caches what was read, caches by it
        self.changes = Changes()
        self._touched: Touched = None
        self._connection = _connect(path)
        bring_up_to_date(self._connection)

    def define_views(self, cursor: duckdb.DuckDBPyConnection, conversion_value: Decimal | None) -> None:
        """The views with the conversion value in force, in the transaction of ``cursor``."""
        define_views(cursor, conversion_value)

    def facts_changed(self, cursor: duckdb.DuckDBPyConnection, batch_id: int) -> None:
        """To be called by whoever changed facts that the batch covers, in the same transaction, after the last change.

        Rollups follow, and only the answers that read these days become stale.
        """
        rollups.refresh(cursor, batch_id)
        rows = cursor.execute(_COVERED, [batch_id]).fetchall()
        self._touched = [LoadedRange(*row) for row in rows]

    def query(self, sql: str, parameters: Sequence[Any] | None = None) -> list[dict[str, Any]]:
        """Rows of one SELECT as dicts. Raises QueryTimeout after the workspace's limit, Cancelled where it was."""
        cancellation = current()
        with self._turns.turn(self._timeout), self._reading() as cursor, cancellation.ended_by(cursor.interrupt):
            try:
                self._see_one_state(cursor)
                cursor.execute(sql, parameters)
                names = [column[0] for column in cursor.description or []]
                rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
                cursor.execute("COMMIT")
                return rows
            except duckdb.InterruptException as error:
                cancellation.check()
                raise QueryTimeout(
                    f"That took longer than {self._timeout:g} seconds, so I stopped it. Try a shorter period."
                ) from error

    def _see_one_state(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Begin to read before a commit or after it. A query that begins while DuckDB is committing may see a part."""
        with self._committing:
            cursor.execute("BEGIN")
            cursor.execute("FROM schema_state LIMIT 0")  # only now does the transaction have its state

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor with the time limit set; one whose query failed is not used again."""
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._new_reader()
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        self._idle.append(cursor)

    def _new_reader(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute(f"SET max_execution_time = {int(self._timeout * 1000)}")
        return cursor

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside one transaction: all of it is kept, or on any error nothing. Writers queue."""
        with self._writing, self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            self._touched = None
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            with self._committing:
                cursor.execute("COMMIT")
            self.changes.note(self.generation + 1, self._touched)
            self.generation += 1

    @contextmanager
    def no_writing(self) -> Iterator[None]:
        """Meanwhile no load commits: what is read in several steps belongs together."""
        with self._writing:
            yield

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own, for what isn't one SELECT; the caller closes it."""
        return self._connection.cursor()

    def setting(self, name: str) -> str | None:
        """What the team decided, read again only after something was written."""
        generation, (read_at, settings) = self.generation, self._settings
        if read_at != generation:
            rows = self.query("SELECT name, value FROM workspace_settings")
            settings = {row["name"]: row["value"] for row in rows}
            self._settings = generation, settings
        return settings.get(name)

    def store_setting(self, cursor: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
        cursor.execute("INSERT OR REPLACE INTO workspace_settings VALUES (?, ?)", [name, value])

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        self._connection.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(
            str(path), config={"autoinstall_known_extensions": "false", "python_enable_replacements": "false"}
        )
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise WorkspaceBusy(
                f"The workspace {path.parent} is held by another process. Ask there, or stop it and try again."
            ) from error
        raise WorkspaceError(f"The workspace {path.parent} can't be opened: its data file can't be read.") from error
    except duckdb.Error as error:
        raise WorkspaceError(
            f"The workspace {path.parent} can't be opened: its data file is damaged or of another version."
        ) from error
