"""Money of another currency into the workspace's, by the workspace's own dated table.

<workspace>/rates.csv:  date,currency,rate
                        2025-06-01,USD,0.8812

``rate`` is what one unit of ``currency`` is worth in the workspace's currency, from that day until the next line of the
same currency.
"""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are escaped literals)

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ingest.format import MONEY
from ingest.numbers import SQL_TYPE
from ingest.sql import literal
from kpi.errors import LoadRefused

FILE = "rates.csv"
_COLUMNS = ["date", "currency", "rate"]
_Rate = tuple[date, Decimal]


@dataclass(frozen=True)
class Conversion:
    """``lowest`` and ``highest`` are the rates that were used."""

    to: str
    lowest: float
    highest: float


def convert(facts: Path, currency: str, to: str, folder: Path, scratch: Path) -> tuple[Path, Conversion]:
    """A copy of ``facts`` with money in ``to``. Raises LoadRefused (mixed_currency) where a day has no rate."""
    import duckdb

    rates = _rates(folder / FILE, currency, to)
    target = scratch / "converted.parquet"
    money = ", ".join(f"({m} * rate)::{SQL_TYPE['spend']} AS {m}" for m in sorted(MONEY))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE rates (day DATE, rate DECIMAL(18, 8))")
        connection.executemany("INSERT INTO rates VALUES (?, ?)", [list(rate) for rate in rates])
        connection.execute(
            f"CREATE VIEW rated AS FROM read_parquet({literal(str(facts))}) AS f ASOF LEFT JOIN rates ON f.date >= day"
        )
        used = "SELECT min(date) FILTER (rate IS NULL), min(rate)::DOUBLE, max(rate)::DOUBLE FROM rated"
        without, lowest, highest = connection.execute(used).fetchone() or (None, 0.0, 0.0)
        if without is not None:
            raise LoadRefused(
                "mixed_currency",
                f"The file is in {currency}, the workspace in {to}, and {FILE} has no rate for {without} or before. "
                "Add one and load the file again.",
            )
        connection.execute(
            f"COPY (SELECT * EXCLUDE (day, rate) REPLACE ({money}) FROM rated ORDER BY date, source_line) "
            f"TO {literal(str(target))} (FORMAT parquet)"
        )
    return target, Conversion(to, lowest, highest)


def _rates(path: Path, currency: str, to: str) -> list[_Rate]:
    if not path.is_file():
        raise LoadRefused(
            "mixed_currency",
            f"The file is in {currency}, the workspace in {to}. Put a {FILE} with dated rates into the workspace's "
            "folder, or load it into another workspace.",
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = [name.strip().lower() for name in next(lines, [])]
        if header != _COLUMNS:
            raise LoadRefused("mixed_currency", f"{FILE} must start with the line {','.join(_COLUMNS)}.")
        rates = [_rate(line, number) for number, line in enumerate(lines, start=2) if any(map(str.strip, line))]
    return [(day, rate) for day, code, rate in rates if code == currency]


def _rate(line: list[str], number: int) -> tuple[date, str, Decimal]:
    try:
        day, code, rate = (cell.strip() for cell in line)
        value = Decimal(rate)
        if value <= 0 or not value.is_finite():
            raise ValueError(rate)
        return date.fromisoformat(day), code.upper(), value
    except (ValueError, InvalidOperation) as error:
        raise LoadRefused(
            "mixed_currency", f"Line {number} of {FILE} is not like 2025-06-01,USD,0.8812. Correct it first."
        ) from error
