"""A DuckDB file with kpi_daily and nothing else: what a guarded statement may see, and all it can see.

A second process can't open the live file, and an ordinary view still lets clever statements look behind it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from kpi.guard.rules import rules
from kpi.warehouse import Warehouse


class Snapshots:
    """One snapshot, of the newest data version that was asked for. Leftovers of a crash go when this is made."""

    def __init__(self, warehouse: Warehouse, folder: Path) -> None:
        self._warehouse = warehouse
        self._folder = folder
        self._made: dict[str, Path] = {}
        self.clear()

    def of(self, data_version: str) -> Path:
        """The file of the data version; the caller sees to it that no load commits meanwhile."""
        if data_version not in self._made:
            path = self._folder / f"{len(self._made)}-{data_version}.duckdb"
            self._folder.mkdir(exist_ok=True)
            self._write(path)
            for old in self._made.values():
                old.unlink(missing_ok=True)  # a worker that has it open keeps it
            self._made = {data_version: path}
        return self._made[data_version]

    def clear(self) -> None:
        self._made = {}
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        relation = rules().relation
        columns = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in relation.columns.items())
        with self._warehouse.cursor() as cursor:
            cursor.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS snapshot")
            try:
                cursor.execute(
                    f"CREATE TABLE snapshot.{relation.name} AS SELECT {columns} FROM {relation.name}"  # noqa: S608
                )
            finally:
                cursor.execute("DETACH snapshot")
