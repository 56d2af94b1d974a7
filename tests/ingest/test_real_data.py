"""The known facts of the real sample: totals, keys that are no keys, and no revenue."""

from __future__ import annotations

from pathlib import Path

import ingest
from kpi.workspace import Workspace


def test_ads_spend_loads_whole_and_twice_changes_nothing(workspace: Workspace, shared_samples: Path) -> None:
    path = shared_samples / "ads_spend.csv"
    report = ingest.load(workspace, path)
    assert (report.status, report.format, report.rows_read, report.rows_loaded) == ("loaded", "canonical", 2000, 2000)
    assert report.totals == {
        "spend": 1690764.32,
        "revenue": None,
        "clicks": 931552,
        "impressions": 51379827,
        "conversions": 54917,
    }
    assert report.currency is None and any("currency" in warning for warning in report.warnings)
    assert ingest.load(workspace, path).status == "duplicate"
    held = workspace.warehouse.query(
        "SELECT count(*) AS rows, sum(spend)::DOUBLE AS spend, count(revenue) AS revenue FROM facts"
    )
    assert held == [{"rows": 2000, "spend": 1690764.32, "revenue": 0}]


def test_rows_of_one_key_all_stay(workspace: Workspace, shared_samples: Path) -> None:
    ingest.load(workspace, shared_samples / "ads_spend.csv")
    keys = workspace.warehouse.query(
        "SELECT count(*) AS keys, sum(n)::INT AS rows FROM (SELECT count(*) AS n FROM facts "
        "GROUP BY date, platform, account, campaign, country, device HAVING n > 1)"
    )
    assert keys == [{"keys": 50, "rows": 103}]
