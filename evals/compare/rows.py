"""Compare the rows of an answer with the gold rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

TOLERANCE = 1e-6  # relative; the files hold binary fractions, the warehouse decimals

Row = dict[str, Any]


def rows_differ(gold: Sequence[Row], rows: Sequence[Row], *, ordered: bool) -> str | None:
    """What is wrong with the rows, in one line, or None. Columns that the gold rows don't have are not looked at."""
    if len(gold) != len(rows):
        return f"{len(rows)} rows instead of {len(gold)}"
    if not gold:
        return None
    columns = list(gold[0])
    absent = [column for column in columns if column not in rows[0]]
    if absent:
        return f"no column {', '.join(absent)}"
    wanted, got = [_plain(row, columns) for row in gold], [_plain(row, columns) for row in rows]
    if not ordered:
        wanted, got = sorted(wanted, key=_labels), sorted(got, key=_labels)
    for wanted_row, got_row in zip(wanted, got, strict=True):
        if not all(map(_same, wanted_row, got_row)):
            return f"{_shown(columns, got_row)} instead of {_shown(columns, wanted_row)}"
    return None


def _plain(row: Row, columns: list[str]) -> list[Any]:
    """Days as ISO text and numbers as floats, as the contract of an answer has them."""
    return [_plain_value(row[column]) for column in columns]


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return float(value)
    return value


def _labels(row: list[Any]) -> list[str]:
    """A row's members and day, which name it in any result."""
    return [value for value in row if isinstance(value, str)]


def _same(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, float) and isinstance(got, float):
        return math.isclose(wanted, got, rel_tol=TOLERANCE, abs_tol=1e-9)
    return bool(wanted == got)


def _shown(columns: list[str], row: list[Any]) -> str:
    return ", ".join(f"{column} {value}" for column, value in zip(columns, row, strict=True))
