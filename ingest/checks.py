"""What looks odd in the rows of a file: days missing, a day ten times as dear, a day cut short, its totals."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ingest.cells import rows
from ingest.format import MEASURES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GOOD = "kind = 'data' AND reason IS NULL"
_MOST = 20
_OUTLIER_TIMES = 10
_LEAST_DAYS = 5  # fewer days say nothing about what is usual
_DAYS = f"""CREATE TEMP TABLE account_days AS SELECT platform, account, date, sum(spend) AS spend
    FROM judged WHERE {_GOOD} GROUP BY ALL"""
_GAPS = f"""SELECT platform, account, count(*) AS days, min(day) AS first_day, max(day) AS last_day FROM (
        SELECT platform, account, unnest(generate_series(min(date), max(date), INTERVAL 1 DAY))::DATE AS day
        FROM account_days GROUP BY platform, account) AS all_days
    ANTI JOIN account_days ON all_days.platform = account_days.platform AND all_days.account = account_days.account
        AND all_days.day = account_days.date
    GROUP BY ALL ORDER BY days DESC, platform, account LIMIT {_MOST}"""
_OUTLIERS = f"""SELECT platform, account, date, spend::DOUBLE AS spend, usual::DOUBLE AS usual FROM account_days
    JOIN (SELECT platform, account, median(spend) AS usual FROM account_days GROUP BY ALL
          HAVING count(*) >= {_LEAST_DAYS}) USING (platform, account)
    WHERE usual > 0 AND spend >= {_OUTLIER_TIMES} * usual ORDER BY spend / usual DESC LIMIT {_MOST}"""
_NEWEST = f"""SELECT max(date) AS newest,
        bool_or(date = last_day AND days >= {_LEAST_DAYS} AND spend < usual / 2) AS short
    FROM account_days JOIN (SELECT platform, account, max(date) AS last_day, count(*) AS days, median(spend) AS usual
                            FROM account_days GROUP BY ALL) USING (platform, account)"""
_SAID = ", ".join(f"list({m}::DOUBLE) FILTER (kind = 'total' AND {m} IS NOT NULL) AS {m}_said" for m in MEASURES)
_TOTALS = f"""SELECT {_SAID},
    {", ".join(f"coalesce(sum({m}) FILTER ({_GOOD}), 0)::DOUBLE AS {m}" for m in MEASURES)} FROM judged"""


@dataclass(frozen=True)
class Checks:
    """``gaps`` and ``outliers`` by platform and account; ``checksum``: a measure's own total, and the loaded rows'."""

    gaps: list[dict[str, Any]]
    outliers: list[dict[str, Any]]
    partial_day: date | None
    checksum: dict[str, dict[str, float]]


def check(connection: DuckDBPyConnection, today: date) -> Checks:
    connection.execute(_DAYS)
    newest = rows(connection, _NEWEST)[0]
    is_partial = newest["newest"] and (newest["short"] or newest["newest"] >= today - timedelta(days=1))
    return Checks(
        gaps=rows(connection, _GAPS),
        outliers=rows(connection, _OUTLIERS),
        partial_day=newest["newest"] if is_partial else None,
        checksum=_checksum(rows(connection, _TOTALS)[0]),
    )


def _checksum(totals: dict[str, Any]) -> dict[str, dict[str, float]]:
    """For each measure the file's own total that comes closest: a file may add up parts of it too."""
    found: dict[str, dict[str, float]] = {}
    for measure in MEASURES:
        said, loaded = totals[f"{measure}_said"], totals[measure]
        if said:
            found[measure] = {"file": min(said, key=lambda total: abs(total - loaded)), "loaded": loaded}
    return found
