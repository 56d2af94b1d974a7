"""Settings of a workspace: first weekday, start of the fiscal year, order of day and month. Today: 18 June 2025."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("week of June 10", "2025-06-08 2025-06-14"),
        ("first week of May", "2025-05-04 2025-05-10"),
        ("last week of May", "2025-05-25 2025-05-31"),
        ("week 23", "2025-06-01 2025-06-07"),
        ("2024-W23", "2024-06-02 2024-06-08"),
        ("weeks 20-23", "2025-05-11 2025-06-07"),
        ("week to date", "2025-06-15 2025-06-17"),
        ("the week before last", "2025-06-01 2025-06-07"),
        ("last 2 weeks", "2025-06-01 2025-06-14"),
        ("Christmas week", "2024-12-22 2024-12-28"),
        ("last weekend", "2025-06-14 2025-06-15"),  # Saturday and Sunday, wherever the week starts
    ],
)
def test_weeks_from_sunday(span, phrase, expected):
    assert span(f"spend {phrase}", week_start="sunday") == expected


@pytest.mark.parametrize(
    ("start", "phrase", "expected"),
    [
        (4, "FY24", "2023-04-01 2024-03-31"),
        (4, "FY24 Q2", "2023-07-01 2023-09-30"),
        (4, "fiscal H1 2024", "2023-04-01 2023-09-30"),
        (4, "FYTD", "2025-04-01 2025-06-17"),
        (4, "FY23-FY24", "2022-04-01 2024-03-31"),
        (7, "fiscal Q4 2024", "2024-04-01 2024-06-30"),
        (7, "fiscal year to date", "2024-07-01 2025-06-17"),
        (7, "first month of FY24", "2023-07-01 2023-07-31"),
        (7, "H1 2024", "2024-01-01 2024-06-30"),  # only 'fiscal' makes it so
        (10, "FY2024 H2", "2024-04-01 2024-09-30"),
        (10, "fiscal Q1", "2024-10-01 2024-12-31"),
        (2, "this fiscal quarter", "2025-05-01 2025-06-17"),
        (2, "fiscal quarter to date", "2025-05-01 2025-06-17"),
        (2, "last 2 fiscal quarters", "2024-11-01 2025-04-30"),
    ],
)
def test_fiscal_years_named_by_the_year_they_end_in(span, start, phrase, expected):
    assert span(f"spend {phrase}", fiscal_year_start=start) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("3/6", "2025-06-03 2025-06-03"),
        ("3-6-2025", "2025-06-03 2025-06-03"),
        ("3.6.2025", "2025-06-03 2025-06-03"),
        ("on 3.6.", "2025-06-03 2025-06-03"),
        ("from 1.6. to 15.6.", "2025-06-01 2025-06-15"),
        ("1/6/25 - 15/6/25", "2025-06-01 2025-06-15"),  # 6/25 inside is no 25 June
        ("3/6 to 8/6", "2025-06-03 2025-06-08"),
        ("5/2025", "2025-05-01 2025-05-31"),
        ("2025-06-03", "2025-06-03 2025-06-03"),
        ("6/13/2025", "2025-06-13 2025-06-13"),  # no thirteenth month
    ],
)
def test_the_day_first(span, phrase, expected):
    assert span(f"spend {phrase}", date_order="day_first") == expected


def test_a_day_over_12_shows_the_order_of_the_whole_question(span):
    assert span("spend 01-06-2025 to 15-06-2025") == "2025-06-01 2025-06-15"
    assert span("spend 1/6/25 - 15/6/25") == "2025-06-01 2025-06-15"


@pytest.mark.parametrize("phrase", ["2025-13-01", "2025-20-06"])
def test_behind_a_year_comes_the_month(read, phrase):
    """Never the day of another order, and never a range from 2025 on."""
    assert read(f"spend {phrase}").period is None
