"""Platforms rewrite their last weeks: later pulls win, and the report says what moved, what is missing, what is odd."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import ingest
from kpi.workspace import Workspace

HEADER = "date,platform,account,campaign,spend,conversions\n"


def pull(*rows: tuple[str, str, float, float]) -> str:
    return HEADER + "".join(f"2026-06-{day},Meta,A,{name},{spend},{conv}\n" for day, name, spend, conv in rows)


def test_five_pulls_of_a_month_end_in_the_last_ones_totals(workspace: Workspace, write: Any) -> None:
    """Each pull reaches further and rewrites what was there; the campaign is renamed and renamed back."""
    names = ["Brand", "Brand", "Brand 2", "Brand 2", "Brand"]
    for number, name in enumerate(names, start=1):
        rows = [(f"{day:02}", name, 100, number) for day in range(1, 3 * number + 1)]
        report = ingest.load(workspace, write(pull(*rows)), replace=True)
        assert report.status == "loaded", report.message
    facts = workspace.warehouse.query(
        "SELECT count(*) AS n, sum(spend)::INT AS spend, sum(conversions)::INT AS c, list(DISTINCT campaign) AS names "
        "FROM facts"
    )
    assert facts == [{"n": 15, "spend": 1500, "c": 75, "names": ["Brand"]}]


def test_the_report_says_what_moved_since_the_last_load(workspace: Workspace, write: Any) -> None:
    ingest.load(workspace, write(pull(("01", "A", 10, 4), ("01", "B", 10, 6), ("02", "A", 10, 0))))
    report = ingest.load(
        workspace, write(pull(("01", "A", 10, 5), ("01", "B", 10, 6), ("02", "A", 10, 0), ("03", "A", 10, 9)))
    )
    changes = report.changes
    assert changes and (changes.campaign_days, changes.moved) == (3, 1)
    assert changes.days == (date(2026, 6, 1),)
    conversions = changes.measures["conversions"]
    assert (conversions.before, conversions.after) == (10, 11)
    assert conversions.change == pytest.approx(0.1)
    assert "1 of 3 campaign-days moved, conversions +10.0 %" in report.message
    stored = ingest.get_batch(workspace, report.batch_id or 0).report
    assert stored.changes == changes


def test_a_first_load_has_nothing_to_compare_with(workspace: Workspace, write: Any) -> None:
    assert ingest.load(workspace, write(pull(("01", "A", 10, 4)))).changes is None


def test_days_missing_between_others_are_named(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write(pull(("01", "A", 10, 4), ("02", "A", 10, 4), ("05", "A", 10, 4))))
    assert [(gap.days, str(gap.first_day), str(gap.last_day)) for gap in report.gaps] == [
        (2, "2026-06-03", "2026-06-04")
    ]
    assert any("no rows on 2 days between" in warning for warning in report.warnings)


def test_a_day_that_cost_ten_times_as_much_is_named(workspace: Workspace, write: Any) -> None:
    rows = [(f"{day:02}", "A", 1000 if day == 4 else 100, 1) for day in range(1, 8)]
    report = ingest.load(workspace, write(pull(*rows)))
    assert [(str(day.date), day.spend, day.usual) for day in report.outliers] == [("2026-06-04", 1000, 100)]
    assert any("10 times what is usual" in warning for warning in report.warnings)


def test_a_newest_day_that_is_cut_short_is_flagged(workspace: Workspace, write: Any) -> None:
    rows = [(f"{day:02}", "A", 100, 1) for day in range(1, 7)]
    report = ingest.load(workspace, write(pull(*rows, ("07", "A", 30, 0))))
    assert str(report.partial_day) == "2026-06-07"
    assert any("may still be partial" in warning for warning in report.warnings)
    assert ingest.preview(workspace, write(pull(*rows))).partial_day is None


def test_a_newest_day_is_partial_where_the_last_ones_newest_day_still_moved(workspace: Workspace, write: Any) -> None:
    ingest.load(workspace, write(pull(("01", "A", 10, 4), ("02", "A", 10, 1))))
    report = ingest.load(workspace, write(pull(("01", "A", 10, 4), ("02", "A", 10, 3), ("03", "A", 10, 2))))
    assert str(report.partial_day) == "2026-06-03"


def test_the_day_of_the_export_is_always_partial(
    workspace: Workspace, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "today", lambda _: date(2026, 6, 3))
    report = ingest.load(workspace, write(pull(("01", "A", 10, 1), ("02", "A", 10, 1))))
    assert str(report.partial_day) == "2026-06-02"


def test_a_total_that_does_not_add_up_is_told(workspace: Workspace, write: Any) -> None:
    text = pull(("01", "A", 10, 4), ("02", "A", 10, 4)) + "Total,,,,30,8\n"
    report = ingest.load(workspace, write(text))
    assert (report.checksum["spend"].file, report.checksum["spend"].loaded) == (30, 20)
    assert not report.checksum["spend"].matches and report.checksum["conversions"].matches
    assert any("own total says spend 30.00" in warning for warning in report.warnings)


def test_a_row_without_name_and_day_that_is_no_total_is_a_bad_row(workspace: Workspace, write: Any) -> None:
    text = pull(*[(f"{day:02}", "A", 10, 1) for day in range(1, 9)])
    assert ingest.load(workspace, write(text + ",,,,80,8\n")).rows_skipped == 1
    other = ingest.load(workspace, write(text + ",,,,33,8\n", "other.csv"), replace=True)
    assert (other.rows_rejected, other.rejected[0].reason) == (1, "date is empty; platform is empty")


def test_a_campaign_called_total_is_data_and_a_sum_of_the_day_is_not(workspace: Workspace, write: Any) -> None:
    text = pull(
        ("01", "A", 10, 1), ("01", "B", 20, 1), ("01", "Total", 30, 2), ("02", "A", 5, 1), ("02", "Total", 7, 1)
    )
    report = ingest.load(workspace, write(text))
    assert (report.rows_loaded, report.rows_skipped, report.totals["spend"]) == (4, 1, 42)


def test_the_rejected_rows_of_a_refused_file_are_kept_to_be_corrected(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write(HEADER + "2026-06-01,Meta,A,=1+1,x,1\n2026-06-01,Meta,A,B,1,1\n", "june.csv"))
    assert (report.reason, report.rows_rejected) == ("too_many_rejects", 1)
    assert report.rejects_file == "rejects/june-rejected.csv"
    assert (workspace.folder / report.rejects_file).read_text("utf-8").splitlines() == [
        "line,reason," + HEADER.strip(),
        "2,spend “x” is no number,2026-06-01,Meta,A,'=1+1,x,1",
    ]
