"""A value that is not plainly what its column holds is rejected with a reason that names column and value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ingest
from kpi.workspace import Workspace

HEADER = "date,platform,campaign,spend,revenue,clicks,impressions,conversions\n"
GOOD = "2025-06-01,Meta,Brand,10.50,100,5,100,1.5\n"


def load_one(workspace: Workspace, write: Any, row: str) -> tuple[ingest.LoadReport, str | None]:
    """Load nine good rows and the one under test, which stands on line 11; the reason it was rejected for."""
    report = ingest.load(workspace, write(HEADER + GOOD * 9 + row + "\n"))
    reasons = workspace.warehouse.query("SELECT source_line, reason FROM rejected_rows")
    assert all(found["source_line"] == 11 for found in reasons)
    return report, reasons[0]["reason"] if reasons else None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2025-02-30,Meta,B,1,1,1,1,1", "date “2025-02-30” is no day written like 2025-06-30"),
        ("2025-06-01 13:45:00,Meta,B,1,1,1,1,1", "date “2025-06-01 13:45:00” is no day written like 2025-06-30"),
        ("2025-06-01T06:00:00Z,Meta,B,1,1,1,1,1", "date “2025-06-01T06:00:00Z” is no day written like 2025-06-30"),
        (",Meta,B,1,1,1,1,1", "date is empty"),
        ("2999-01-01,Meta,B,1,1,1,1,1", "date “2999-01-01” lies in the future"),
        ("1899-12-31,Meta,B,1,1,1,1,1", "date “1899-12-31” lies too far back"),
        ("2025-06-01,,B,1,1,1,1,1", "platform is empty"),
        ("2025-06-01,Meta,B,,1,1,1,1", "spend is empty"),
        ("2025-06-01,Meta,B,-1.5,1,1,1,1", "spend “-1.5” is negative"),
        ("2025-06-01,Meta,B,1,1,-3,1,1", "clicks “-3” is negative"),
        ("2025-06-01,Meta,B,1,1,12.5,1,1", "clicks “12.5” is no whole number"),
        ("2025-06-01,Meta,B,1_000,1,1,1,1", "spend “1_000” is no number"),
        ("2025-06-01,Meta,B,0x1F,1,1,1,1", "spend “0x1F” is no number"),
        ("2025-06-01,Meta,B,NaN,1,1,1,1", "spend “NaN” is no number"),
        ("2025-06-01,Meta,B,inf,1,1,1,1", "spend “inf” is no number"),
        ("2025-06-01,Meta,B,1e3,1,1,1,1", "spend “1e3” is no number"),
        ("2025-06-01,Meta,B,(5.00),1,1,1,1", "spend “(5.00)” is no number"),
        ("2025-06-01,Meta,B,99999999999999,1,1,1,1", "spend “99999999999999” is no number"),
        ("2025-06-01,Meta,B,1,1,$5,1,1", "clicks “$5” is no whole number"),
        ('2025-06-01,Meta,B,1,1,"1,23",1,1', "clicks “1,23” is no whole number"),
        ("2025-06-01,Meta,B,1,1,1", "the row has 6 of 8 cells"),
        ("2025-06-01,Meta,B,1,1,1,1,1,1,1,1,1", "the row has more than 8 cells"),
        ('2025-06-01,"Meta,B,1,1,1,1,1', "a quotation mark opens or closes in the wrong place"),
        ('2025-06-01,"Meta" x,B,1,1,1,1,1', "a quotation mark opens or closes in the wrong place"),
        ("2025-06-01,Meta,B,x,1,y,1,1", "spend “x” is no number; clicks “y” is no whole number"),
    ],
)
def test_a_bad_row_is_rejected_with_column_and_value(workspace: Workspace, write: Any, row: str, reason: str) -> None:
    report, found = load_one(workspace, write, row)
    assert found == reason
    assert (report.status, report.rows_loaded, report.rows_rejected) == ("loaded_with_rejects", 9, 1)
    assert report.totals["spend"] == 94.5


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2025-06-02,Meta,B,1,2,3,4,0.25", (1.0, 2.0, 3, 4, 0.25)),
        ('2025-06-02, Meta ,  B  ,"1,234.50",2,"1,000","12,345,678",1', (1234.5, 2.0, 1000, 12345678, 1.0)),
        ("2025-06-02,Meta,B,$12.50,€3,3.0,4,1", (12.5, 3.0, 3, 4, 1.0)),
        ("2025-06-02,Meta,B,1,,,,", (1.0, 0.0, 0, 0, 0.0)),
        ("2025-06-02,Meta,B,0,0,0,0,0", (0.0, 0.0, 0, 0, 0.0)),
        ("2025-06-02,Meta,B,1,2,3,4,5,", (1.0, 2.0, 3, 4, 5.0)),
    ],
)
def test_a_good_row_is_read_as_written(workspace: Workspace, write: Any, row: str, expected: tuple[float, ...]) -> None:
    report, reason = load_one(workspace, write, row)
    assert reason is None and report.status == "loaded"
    got = workspace.warehouse.query(
        "SELECT spend, revenue, clicks, impressions, conversions, campaign, platform "
        "FROM facts WHERE date = '2025-06-02'"
    )[0]
    assert tuple(float(value) for value in list(got.values())[:5]) == expected
    assert (got["campaign"], got["platform"]) == ("B", "Meta")


def test_a_missing_revenue_column_is_unknown_and_not_zero(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write("date,platform,spend\n2025-06-01,Meta,5\n"))
    assert report.totals == {"spend": 5.0, "revenue": None, "clicks": None, "impressions": None, "conversions": None}
    fact = workspace.warehouse.query("SELECT revenue, clicks, campaign, country, ad FROM facts")[0]
    assert fact == {"revenue": None, "clicks": None} | dict.fromkeys(("campaign", "country", "ad"), "(not reported)")


def test_swapped_headers_are_mapped_by_name_never_by_position(workspace: Workspace, write: Any) -> None:
    ingest.load(workspace, write("Clicks,COST,Day,Platform\n7,3.5,2025-06-01,fb\n"))
    assert workspace.warehouse.query("SELECT date::VARCHAR AS d, platform, spend::DOUBLE AS s, clicks FROM facts") == [
        {"d": "2025-06-01", "platform": "Meta", "s": 3.5, "clicks": 7}
    ]


def test_names_are_spelled_one_way_and_unknown_ones_are_kept(workspace: Workspace, write: Any) -> None:
    rows = (
        "2025-06-01,facebook,United States,Mobile devices with full browsers,1\n"
        "2025-06-01,AdWords,us,COMPUTERS,1\n"
        "2025-06-01,tiktok,Atlantis,Fridge,1\n"
    )
    ingest.load(workspace, write("date,platform,country,device,spend\n" + rows))
    got = workspace.warehouse.query("SELECT platform, country, device FROM facts ORDER BY source_line")
    assert [tuple(row.values()) for row in got] == [
        ("Meta", "US", "Mobile"),
        ("Google", "US", "Desktop"),
        ("TikTok", "Atlantis", "Fridge"),
    ]


def test_a_total_row_is_skipped_and_checked_but_a_campaign_called_total_is_data(
    workspace: Workspace, write: Any
) -> None:
    rows = "Total Rewards Brand,2025-06-01,Meta,10\nOther,2025-06-02,Meta,5\nTotal,,,99\n"
    report = ingest.load(workspace, write("campaign,date,platform,spend\n" + rows))
    assert (report.rows_loaded, report.rows_skipped, report.totals["spend"]) == (2, 1, 15.0)
    assert any("99.00" in warning for warning in report.warnings)


def test_too_many_bad_rows_refuse_the_file_whole(workspace: Workspace, write: Any) -> None:
    bad = "2025-06-01,Meta,B,x,1,1,1,1\n"
    report = ingest.load(workspace, write(HEADER + GOOD * 7 + bad * 2))
    assert (report.status, report.reason, report.rows_loaded) == ("refused", "too_many_rejects", 0)
    assert "line 9" in report.message and "spend “x”" in report.message
    assert workspace.warehouse.query("SELECT count(*) AS n FROM facts")[0]["n"] == 0


def test_rejected_rows_come_back_as_a_file_to_correct(workspace: Workspace, write: Any, tmp_path: Path) -> None:
    row = '2025-06-02,Meta,"=HYPERLINK(""http://x"",""a, b"")",x,1,-2,1,1\n'
    report = ingest.load(workspace, write(HEADER + GOOD * 9 + row))
    assert report.batch_id is not None
    text = ingest.rejects_csv(workspace, report.batch_id)
    assert text == (
        "line,reason,date,platform,campaign,spend,revenue,clicks,impressions,conversions\n"
        "11,spend “x” is no number; clicks “-2” is negative,"
        '2025-06-02,Meta,"\'=HYPERLINK(""http://x"",""a, b"")",x,1,-2,1,1\n'
    )
    again = ingest.load(workspace, write(text.replace(",x,1,-2", ",7,1,2"), "corrected.csv"))
    assert (again.status, again.totals["spend"]) == ("loaded", 7.0)
    campaign = workspace.warehouse.query("SELECT campaign FROM facts WHERE spend = 7")[0]["campaign"]
    assert campaign == '=HYPERLINK("http://x","a, b")'
