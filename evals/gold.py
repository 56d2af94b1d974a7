"""The right rows of a case: its hand-written SQL, run by DuckDB over the CSV files themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from evals.case import Case
from kpi.errors import DefinitionError


class Gold:
    """One dataset's files as a table of the dataset's name. Nothing of the product lies between file and rows."""

    def __init__(self, dataset: str, files: list[Path]) -> None:
        self._connection = duckdb.connect()
        source = "read_csv(?, header = true, union_by_name = true)"
        self._connection.execute(f'CREATE TABLE "{dataset}" AS FROM {source}', [[str(file) for file in files]])

    def rows(self, case: Case) -> list[dict[str, Any]]:
        """Rows in the order of the SQL. Raises DefinitionError where it doesn't run."""
        if case.gold is None:
            return []
        try:
            cursor = self._connection.execute(case.gold)
        except duckdb.Error as error:
            raise DefinitionError(f"The gold SQL of case {case.id} doesn't run: {error}") from error
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
