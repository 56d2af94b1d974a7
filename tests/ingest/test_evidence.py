"""What the whole file decides: the order of day and month, the decimal mark, the currency."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ingest
from kpi.settings import Settings
from kpi.workspace import Workspace


def days(workspace: Workspace) -> list[str]:
    return [row["d"] for row in workspace.warehouse.query("SELECT date::VARCHAR AS d FROM facts ORDER BY source_line")]


def table(*dates: str) -> str:
    return "date,platform,spend\n" + "".join(f'"{day}",Meta,1\n' for day in dates)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2025-06-01", "2025-6-2"), ["2025-06-01", "2025-06-02"]),
        (("03/04/2025", "25/04/2025"), ["2025-04-03", "2025-04-25"]),
        (("03/04/2025", "04/25/2025"), ["2025-03-04", "2025-04-25"]),
        (("03.04.2025", "25.04.2025"), ["2025-04-03", "2025-04-25"]),
        (("05/05/2025", "06/06/2025"), ["2025-05-05", "2025-06-06"]),
        (("1 Jun 2025", "2 June 2025"), ["2025-06-01", "2025-06-02"]),
        (("Jun 1, 2025", "June 2, 2025"), ["2025-06-01", "2025-06-02"]),
    ],
)
def test_dates_are_read_by_the_evidence_of_the_file(
    workspace: Workspace, write: Any, dates: tuple[str, ...], expected: list[str]
) -> None:
    assert ingest.load(workspace, write(table(*dates))).status == "loaded"
    assert days(workspace) == expected


@pytest.mark.parametrize("dates", [("03/04/2025", "05/06/2025"), ("25/04/2025", "04/25/2025", "01/02/2025")])
def test_an_open_or_contradictory_order_is_asked_for_never_guessed(
    workspace: Workspace, write: Any, dates: tuple[str, ...]
) -> None:
    report = ingest.load(workspace, write(table(*dates)))
    assert (report.status, report.reason) == ("refused", "ambiguous_dates")


def test_an_order_that_leads_into_the_future_is_not_the_files(
    workspace: Workspace, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "today", lambda _: date(2025, 7, 1))
    assert ingest.load(workspace, write(table("01/06/2025", "12/06/2025"))).status == "loaded"
    assert days(workspace) == ["2025-06-01", "2025-06-12"]  # month first, the second would be 6 December


@pytest.mark.parametrize(
    ("cells", "spend"),
    [
        (('"11,52"', '"1.204"'), 1215.52),
        (('"1.234,56"', '"2"'), 1236.56),
        (('"1,234.56"', '"2"'), 1236.56),
        (('"1 234,56"', '"2,5"'), 1237.06),
        (("12.5", '"1,204"'), 1216.5),
        (('"1,204"', "2"), 1206.0),
    ],
)
def test_the_decimal_mark_is_decided_for_the_file(
    workspace: Workspace, write: Any, cells: tuple[str, ...], spend: float
) -> None:
    rows = "".join(f"2025-06-01,Meta,{cell}\n" for cell in cells)
    assert ingest.load(workspace, write("date,platform,spend\n" + rows)).totals["spend"] == spend


def test_a_decimal_comma_file_reads_a_grouping_point_in_counts(workspace: Workspace, write: Any) -> None:
    path = write("date;platform;spend;impressions\n2025-06-01;Meta;3,10;1.204\n2025-06-01;Meta;12,50 €;310\n")
    report = ingest.load(workspace, path)
    assert (report.totals["spend"], report.totals["impressions"], report.currency) == (15.6, 1514, "EUR")


def load_text(workspace: Workspace, write: Any, text: str, **options: Any) -> ingest.LoadReport:
    return ingest.load(workspace, write(text), **options)


def test_the_first_file_that_states_a_currency_sets_the_workspaces(workspace: Workspace, write: Any) -> None:
    report = load_text(workspace, write, "date,platform,spend,currency\n2025-06-01,Meta,5,eur\n")
    assert (report.currency, report.sets_currency, workspace.currency) == ("EUR", "EUR", "EUR")
    other = load_text(workspace, write, "date,platform,spend,currency\n2025-06-02,Meta,5,USD\n")
    assert (other.status, other.reason) == ("refused", "mixed_currency")
    silent = load_text(workspace, write, "date,platform,spend\n2025-06-02,Meta,5\n")
    assert (silent.status, silent.currency) == ("loaded", None)
    assert any("currency" in warning for warning in silent.warnings)


def test_two_currencies_in_one_file_are_refused(workspace: Workspace, write: Any) -> None:
    text = "date,platform,spend,currency\n2025-06-01,Meta,5,EUR\n2025-06-01,Meta,5,USD\n"
    assert load_text(workspace, write, text).reason == "mixed_currency"
    assert (
        load_text(workspace, write, "date,platform,spend\n2025-06-01,Meta,€5\n2025-06-01,Meta,£5\n").reason
        == "mixed_currency"
    )


def test_a_bare_dollar_sign_states_no_currency(workspace: Workspace, write: Any) -> None:
    report = load_text(workspace, write, "date,platform,spend\n2025-06-01,Meta,$5.50\n")
    assert (report.currency, report.totals["spend"], workspace.currency) == (None, 5.5, None)


def test_a_currency_after_money_without_one_is_asked_about(workspace: Workspace, write: Any) -> None:
    load_text(workspace, write, "date,platform,spend\n2025-06-01,Meta,5\n")
    text = "date,platform,spend,currency\n2025-06-02,Meta,5,EUR\n"
    asked = load_text(workspace, write, text)
    assert asked.status == "needs_confirmation"
    assert [choice.options for choice in asked.choices] == [{"currency": "EUR"}]
    assert workspace.currency is None
    assert load_text(workspace, write, text, currency="EUR").status == "loaded"
    assert workspace.currency == "EUR"


def test_the_person_may_state_the_currency_but_not_against_the_file(workspace: Workspace, write: Any) -> None:
    text = "date,platform,spend,currency\n2025-06-02,Meta,5,EUR\n"
    assert load_text(workspace, write, text, currency="USD").reason == "mixed_currency"
    assert load_text(workspace, write, text, currency="euros").reason == "mixed_currency"
    stated = load_text(workspace, write, "date,platform,spend\n2025-06-01,Meta,5\n", currency="usd")
    assert (stated.status, stated.currency, workspace.currency) == ("loaded", "USD", "USD")


def test_reverting_the_load_that_set_the_currency_forgets_it(workspace: Workspace, write: Any) -> None:
    report = load_text(workspace, write, "date,platform,spend,currency\n2025-06-01,Meta,5,EUR\n")
    assert report.batch_id is not None
    ingest.revert(workspace, report.batch_id)
    assert workspace.currency is None


def test_the_configured_currency_stands(tmp_path: Path, settings: Settings, write: Any) -> None:
    configured = Workspace.open(tmp_path / "gbp", settings.model_copy(update={"currency": "GBP"}))
    try:
        text = "date,platform,spend,currency\n2025-06-01,Meta,5,EUR\n"
        assert load_text(configured, write, text).reason == "mixed_currency"
    finally:
        configured.close()


def test_an_order_that_stays_open_is_asked_for(workspace: Workspace, write: Any) -> None:
    path = write("date,platform,spend\n03/04/2026,Meta,5\n05/04/2026,Meta,5\n")
    asked = ingest.load(workspace, path)
    assert (asked.status, asked.reason) == ("refused", "ambiguous_dates")
    assert [choice.options for choice in asked.choices] == [{"date_order": "day_first"}, {"date_order": "month_first"}]
    report = ingest.load(workspace, path, date_order="month_first")
    assert report.period is not None and str(report.period.start) == "2026-03-04"


def test_days_that_show_their_order_are_stronger_than_a_word(workspace: Workspace, write: Any) -> None:
    path = write("date,platform,spend\n03/04/2026,Meta,5\n13/04/2026,Meta,5\n")
    report = ingest.load(workspace, path, date_order="month_first")
    assert report.period is not None and str(report.period.start) == "2026-04-03"
