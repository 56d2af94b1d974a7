"""Which format a header is, and when it is none: columns that contradict, ranges that are no days, letters lost."""

from __future__ import annotations

from typing import Any

import pytest

import ingest
from kpi.workspace import Workspace


def test_a_column_with_the_platforms_outweighs_headers_that_look_like_one_platform(
    workspace: Workspace, write: Any
) -> None:
    text = "Day,Source,Cost,Clicks,Impr.,Conv. value\n2026-06-01,Google,5,1,10,2\n2026-06-01,FB,6,1,10,2\n"
    report = ingest.load(workspace, write(text))
    assert (report.format, report.platforms, report.totals["impressions"]) == ("canonical", ("Google", "Meta"), 20)


def test_a_list_of_campaigns_with_their_start_dates_is_no_daily_report(workspace: Workspace, write: Any) -> None:
    text = "State,Campaigns,Start date,End date,Impressions,Spend(USD),Sales(USD),ACOS\nON,A,2026-01-01,,10,5,9,10%\n"
    assert ingest.load(workspace, write(text)).reason == "no_daily_date"


def test_rows_that_all_start_on_the_first_day_of_a_range_are_its_totals(workspace: Workspace, write: Any) -> None:
    text = (
        "Report Start: 06/01/2026, Report End: 06/30/2026\n\n"
        "Start Date (in UTC),Campaign Name,Total Spent,Impressions\n06/01/2026,A,5,10\n06/01/2026,B,5,10\n"
    )
    assert ingest.load(workspace, write(text)).reason == "no_daily_date"
    daily = text + "06/02/2026,A,5,10\n"
    assert ingest.load(workspace, write(daily)).status == "loaded"


@pytest.mark.parametrize("mark", ["?", "\ufffd", "\ufffd\ufffd"])
def test_headers_that_lost_their_letters_are_recognised(workspace: Workspace, write: Any, mark: str) -> None:
    header = "Día,Nombre de la campaña,Importe gastado (EUR),Impresiones\n".replace("í", mark).replace("ñ", mark)
    report = ingest.load(workspace, write(header + '2026-06-01,A,"1,5",10\n'))
    assert (report.status, report.format, report.totals["spend"]) == ("loaded", "meta_ads", 1.5)


def test_a_delimiter_at_the_end_of_the_header_is_no_column(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write("date,platform,spend,\n2026-06-01,Meta,5\n2026-06-02,Meta,6,\n"))
    assert (report.status, report.rows_loaded, report.totals["spend"]) == ("loaded", 2, 11)


def test_a_header_with_line_breaks_in_its_cells_is_one(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write('title\ndate,platform,"spend\n(EUR)"\n2026-06-01,Meta,5\n'))
    assert (report.status, report.currency, report.totals["spend"]) == ("loaded", "EUR", 5)
    assert workspace.warehouse.query("SELECT source_line FROM facts") == [{"source_line": 4}]


def test_a_header_repeated_further_down_is_no_row(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write("date,platform,spend\n2026-06-01,Meta,5\nDate,Platform,Spend\n"))
    assert (report.status, report.rows_loaded, report.rows_skipped) == ("loaded", 1, 1)


def test_an_empty_cost_without_impressions_is_nothing_spent(workspace: Workspace, write: Any) -> None:
    text = "Campaign,Day,Cost,Impr.,Clicks\nA,2026-06-01, --,0,0\nB,2026-06-01,5,10,1\n"
    report = ingest.load(workspace, write(text))
    assert (report.status, report.rows_loaded, report.totals["spend"]) == ("loaded", 2, 5)


def test_days_with_points_start_with_the_day(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write("date,platform,spend\n03.04.2026,Meta,5\n04.04.2026,Meta,5\n"))
    assert report.period is not None and str(report.period.start) == "2026-04-03"


@pytest.mark.parametrize(
    "day",
    [
        "Mon, Jun 1, 2026",
        "1 juin 2026",
        "1. Juni 2026",
        "1 de junio de 2026",
        "01-Jun-26",
        "1 giu 2026",
        "2026年6月1日",
        "2026. 6. 1.",
        "20260601",
        "2026/6/1",
        "2026-06-01T00:00:00.000-07:00",
        "2026-06-01 00:00:00 UTC",
        "2026-Jun-01",
        "June 1st, 2026",
        "2026-06-01 (Mon)",
    ],
)
def test_ways_to_write_a_day(workspace: Workspace, write: Any, day: str) -> None:
    report = ingest.load(workspace, write(f'date,platform,spend\n"{day}",Meta,5\n'))
    assert report.status == "loaded", report.message
    assert report.period is not None and str(report.period.start) == "2026-06-01"


@pytest.mark.parametrize(
    ("cell", "spend"),
    [
        ("$5.00 USD", 5),
        ("US$3.38", 3.38),
        ("€ 1.234,56", 1234.56),
        ("1 234,56", 1234.56),
        ("1'234.50", 1234.5),
        ("1,23,456.78", 123456.78),
        ("EUR 12,50", 12.5),
        ("12,50\u00a0€", 12.5),
    ],
)
def test_ways_to_write_an_amount(workspace: Workspace, write: Any, cell: str, spend: float) -> None:
    report = ingest.load(workspace, write(f'date,platform,spend\n2026-06-01,Meta,"{cell}"\n'))
    assert report.status == "loaded", report.rejected
    assert report.totals["spend"] == pytest.approx(spend)


def test_ratios_decide_the_decimal_mark_where_the_measures_leave_it_open(workspace: Workspace, write: Any) -> None:
    rows = '"1.204","2,31 %"\n', '"1.204","2.31%"\n'
    for name, row, spend in (("comma.csv", rows[0], 1204), ("point.csv", rows[1], 1.204)):
        report = ingest.load(workspace, write(f"date,platform,spend,ctr\n2026-06-01,Meta,{row}", name), replace=True)
        assert report.totals["spend"] == pytest.approx(spend)


def test_a_line_of_very_many_cells_is_no_header(workspace: Workspace, write: Any) -> None:
    many = ",".join(["date", "platform", "spend", *(f"c{n}" for n in range(5000))])
    assert ingest.load(workspace, write(many + "\n2026-06-01,Meta,5\n")).reason == "unknown_format"
