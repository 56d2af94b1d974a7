"""Sums of the facts by day and by month, kept true inside the transaction of every load and every revert.

A question that names only the keys of a rollup is answered from it (``kpi/substitution.py``). Whole months are read
from its months, the days at either end from its days. People and models see ``kpi_daily`` alone.
"""

# ruff: noqa: S608  (the SQL is made of our own names; values are parameters)

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOT_REPORTED = "(not reported)"  # the member of a row whose file says nothing for a dimension

# What is kept of the facts, so that every answer and every remark on revenue comes out as from the facts themselves:
# `revenue` is the files' own; rows without it are valued later (or not), by their conversions.
_SUMS = {
    "spend": ("sum(spend)", "DECIMAL(38, 6)"),
    "revenue": ("sum(revenue)", "DECIMAL(38, 6)"),
    "conversions_to_value": ("sum(conversions) FILTER (revenue IS NULL)", "DECIMAL(38, 6)"),
    "spend_without_revenue": ("sum(spend) FILTER (revenue IS NULL)", "DECIMAL(38, 6)"),
    "spend_without_both": ("sum(spend) FILTER (revenue IS NULL AND conversions IS NULL)", "DECIMAL(38, 6)"),
    "clicks": ("sum(clicks)", "HUGEINT"),
    "impressions": ("sum(impressions)", "HUGEINT"),
    "conversions": ("sum(conversions)", "DECIMAL(38, 6)"),
    "row_count": ("count(*)", "HUGEINT"),
}
_ADDED_UP = ", ".join(f"{expression} AS {name}" for name, (expression, _) in _SUMS.items())
_ADDED_UP_AGAIN = ", ".join(f"sum({name}) AS {name}" for name in _SUMS)
_COLUMNS = ", ".join(f"{name} {kind}" for name, (_, kind) in _SUMS.items())


@dataclass(frozen=True)
class Rollup:
    """``keys`` are columns of the facts beside ``date``; platform and account, which loads cover, are always there."""

    name: str
    keys: tuple[str, ...]

    @property
    def days(self) -> str:
        return f"rollup_{self.name}_by_day"

    @property
    def months(self) -> str:
        """The same by the first day of each month."""
        return f"rollup_{self.name}_by_month"

    @property
    def key_list(self) -> str:
        return ", ".join(self.keys)

    def create(self) -> list[str]:
        keys = ", ".join(f"{key} VARCHAR NOT NULL" for key in self.keys)
        return [f"CREATE OR REPLACE TABLE {t} (date DATE NOT NULL, {keys}, {_COLUMNS})" for t in self.tables]

    @property
    def tables(self) -> tuple[str, str]:
        return self.days, self.months

    def fill_days(self, condition: str) -> str:
        return f"""INSERT INTO {self.days} SELECT date, {self.key_list}, {_ADDED_UP} FROM facts AS rolled
            WHERE {condition} GROUP BY ALL ORDER BY date"""

    def names_nothing(self, cursor: DuckDBPyConnection, claimed: list[object]) -> bool:
        """Whether the facts claimed hold no member of the key that this rollup is for, as of most files' ads."""
        named = f"SELECT 1 FROM facts AS rolled WHERE {self.keys[-1]} <> '{NOT_REPORTED}' AND {_CLAIMED_DAYS} LIMIT 1"
        return self is not ROLLUPS[0] and cursor.execute(named, claimed).fetchone() is None

    def fill_unreported_days(self, condition: str) -> str:
        """From the first rollup, which is there already: far fewer rows than the facts."""
        return f"""INSERT INTO {self.days} SELECT date, platform, account, '{NOT_REPORTED}', {_ADDED_UP_AGAIN}
            FROM {ROLLUPS[0].days} AS rolled WHERE {condition} GROUP BY ALL ORDER BY date"""

    def fill_months(self, condition: str) -> str:
        return f"""INSERT INTO {self.months} SELECT date_trunc('month', date)::DATE AS date, {self.key_list},
            {_ADDED_UP_AGAIN} FROM {self.days} AS rolled WHERE {condition} GROUP BY ALL ORDER BY 1"""


ROLLUPS = (
    Rollup("members", ("platform", "account", "country", "device")),
    Rollup("campaigns", ("platform", "account", "campaign")),
    Rollup("ad_groups", ("platform", "account", "ad_group")),
    Rollup("ads", ("platform", "account", "ad")),
)
_CLAIMED = """date BETWEEN $2 AND $3 AND EXISTS (FROM claims WHERE claims.batch_id = $1
    AND claims.platform = rolled.platform AND claims.account = rolled.account AND {days})"""
_CLAIMED_DAYS = _CLAIMED.format(days="rolled.date BETWEEN claims.first_day AND claims.last_day")
_CLAIMED_MONTHS = _CLAIMED.format(
    days="rolled.date BETWEEN date_trunc('month', claims.first_day) AND last_day(claims.last_day)"
)


def definition() -> str:
    """Text that changes when what a rollup holds changes: then they are all made anew."""
    return "\n".join(line for rollup in ROLLUPS for line in (*rollup.create(), rollup.fill_days(""))) + _ADDED_UP_AGAIN


def rebuild(cursor: DuckDBPyConnection) -> None:
    """All rollups from all facts, in the open transaction."""
    for rollup in ROLLUPS:
        for statement in (*rollup.create(), rollup.fill_days("true"), rollup.fill_months("true")):
            cursor.execute(statement)


def refresh(cursor: DuckDBPyConnection, batch_id: int) -> None:
    """Recompute what the batch covers (its claims) from the facts as they are now, in the open transaction."""
    bounds = "SELECT min(first_day), max(last_day) FROM claims WHERE batch_id = ?"
    first, last = cursor.execute(bounds, [batch_id]).fetchone() or (None, None)
    if first is None:
        return
    months = [batch_id, first.replace(day=1), (last.replace(day=1) + timedelta(days=31)).replace(day=1)]
    days = [batch_id, first, last]
    for rollup in ROLLUPS:
        cursor.execute(f"DELETE FROM {rollup.days} AS rolled WHERE {_CLAIMED_DAYS}", days)
        if rollup.names_nothing(cursor, days):
            cursor.execute(rollup.fill_unreported_days(_CLAIMED_DAYS), days)
        else:
            cursor.execute(rollup.fill_days(_CLAIMED_DAYS), days)
        cursor.execute(f"DELETE FROM {rollup.months} AS rolled WHERE {_CLAIMED_MONTHS}", months)
        cursor.execute(rollup.fill_months(_CLAIMED_MONTHS), months)
