"""The known answers on the real file, and each mistake that others made on it, by name."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Answer

TODAY = date(2025, 7, 1)
QUESTION = "Compare CAC and ROAS for the last 30 days vs the prior 30 days"


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.conversation(today=TODAY).ask(question)


@pytest.fixture(scope="module")
def answer(ads_spend: Assistant) -> Answer:
    return ask(ads_spend, QUESTION)


def test_cac_and_roas_for_the_last_30_days_vs_the_prior_30(answer: Answer) -> None:
    row = answer.rows[0]
    assert row["cac"] == pytest.approx(29.8093, abs=5e-5)
    assert row["cac_previous"] == pytest.approx(32.2715, abs=5e-5)
    assert row["roas"] == pytest.approx(3.3547, abs=5e-5)
    assert row["roas_previous"] == pytest.approx(3.0987, abs=5e-5)
    assert row["cac_change"] == pytest.approx(-0.0763, abs=5e-5)


def test_change_is_not_computed_from_rounded_values(answer: Answer) -> None:
    """3.35 / 3.10 would be +8.06 %."""
    assert answer.rows[0]["roas_change"] == pytest.approx(0.0826, abs=5e-5)


def test_ratio_is_not_the_average_of_row_ratios(answer: Answer) -> None:
    """The mean of the rows' CAC is 39.63."""
    assert answer.rows[0]["cac"] < 30


def test_window_has_30_days_not_31(answer: Answer) -> None:
    """31 days give a CAC of 29.91."""
    assert answer.query is not None and answer.query.comparison is not None
    assert (answer.query.period.start, answer.query.period.end) == (date(2025, 6, 1), date(2025, 6, 30))
    assert (answer.query.comparison.start, answer.query.comparison.end) == (date(2025, 5, 2), date(2025, 5, 31))


def test_anchor_is_the_asked_day_or_the_newest_data_not_the_machines_clock(ads_spend: Assistant) -> None:
    answer = ads_spend.conversation().ask("CAC last 30 days")
    assert answer.rows[0]["cac"] == pytest.approx(29.8093, abs=5e-5)
    assert answer.notes[0].code == "data_old"
    assert "30 June 2025" in answer.text


def test_month_over_month_is_calendar_may_not_30_days(ads_spend: Assistant) -> None:
    row = ask(ads_spend, "CAC month over month").rows[0]
    assert row["cac_previous"] == pytest.approx(32.24, abs=5e-3)


def test_rows_that_share_a_key_are_not_duplicates(ads_spend: Assistant) -> None:
    """50 keys cover 103 rows; dropping 53 of them would lose 2.9 % of the spend."""
    row = ask(ads_spend, "total spend and conversions in the first half of 2025").rows[0]
    assert row["spend"] == pytest.approx(1_690_764.32, abs=0.005)
    assert row["conversions"] == 54_917


def test_loading_twice_changes_nothing(ads_spend: Assistant, shared_samples) -> None:  # type: ignore[no-untyped-def]
    assert ads_spend.load_file(shared_samples / "ads_spend.csv").status == "duplicate"
    assert ask(ads_spend, "spend in H1 2025").rows[0]["spend"] == pytest.approx(1_690_764.32, abs=0.005)


def test_empty_previous_period_is_neither_zero_nor_infinite(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "ROAS vs last year")
    assert answer.rows[0]["roas_previous"] is None
    assert answer.rows[0]["roas_change"] is None
    assert "no_comparison_data" in {note.code for note in answer.notes}


def test_assumed_revenue_is_said(answer: Answer) -> None:
    assert "revenue_assumed" in {note.code for note in answer.notes}
