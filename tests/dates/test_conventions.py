"""Section 5 of the design, rule by rule. The reference day is Wednesday, 18 June 2025 unless a test says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import Calendar, find_mentions


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("last 30 days", "2025-05-19 2025-06-17"),
        ("last 7 days", "2025-06-11 2025-06-17"),
        ("past two days", "2025-06-16 2025-06-17"),
        ("L7D", "2025-06-11 2025-06-17"),
        ("7d", "2025-06-11 2025-06-17"),
        ("trailing 28 days", "2025-05-21 2025-06-17"),
    ],
)
def test_last_n_days_are_whole_days_that_end_yesterday(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


def test_last_30_days_are_not_31(read):
    period = read("CAC last 30 days", "2025-07-01").period
    assert (period.start, period.end, period.days) == (date(2025, 6, 1), date(2025, 6, 30), 30)
    assert period.basis == "rolling"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("last week", "2025-06-09 2025-06-15"),
        ("last month", "2025-05-01 2025-05-31"),
        ("last quarter", "2025-01-01 2025-03-31"),
        ("last year", "2024-01-01 2024-12-31"),
        ("previous month", "2025-05-01 2025-05-31"),
        ("past quarter", "2025-01-01 2025-03-31"),
        ("the month before last", "2025-04-01 2025-04-30"),
    ],
)
def test_last_unit_is_the_previous_calendar_unit(read, span, phrase, expected):
    assert span(f"spend {phrase}") == expected
    assert read(f"spend {phrase}").period.basis == "calendar"


@pytest.mark.parametrize(
    ("phrase", "expected", "count"),
    [
        ("last 2 weeks", "2025-06-02 2025-06-15", 2),
        ("last three months", "2025-03-01 2025-05-31", 3),
        ("last 2 quarters", "2024-10-01 2025-03-31", 2),
        ("last 5 years", "2020-01-01 2024-12-31", 5),
        ("trailing 12 full months", "2024-06-01 2025-05-31", 12),
    ],
)
def test_last_n_units_are_whole_ones_before_the_current(read, span, phrase, expected, count):
    assert span(f"spend {phrase}") == expected
    period = read(f"spend {phrase}").period
    assert (period.basis, period.count) == ("run", count)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("this week", "2025-06-16 2025-06-17"),
        ("this month", "2025-06-01 2025-06-17"),
        ("MTD", "2025-06-01 2025-06-17"),
        ("month to date", "2025-06-01 2025-06-17"),
        ("QTD", "2025-04-01 2025-06-17"),
        ("year-to-date", "2025-01-01 2025-06-17"),
        ("so far this year", "2025-01-01 2025-06-17"),
        ("earlier this month", "2025-06-01 2025-06-17"),
    ],
)
def test_this_unit_runs_from_its_first_day_to_yesterday(read, span, phrase, expected):
    assert span(f"spend {phrase}") == expected
    assert read(f"spend {phrase}").period.basis == "to_date"


def test_this_month_on_its_first_day_is_today_alone_and_partial(read):
    period = read("spend this month", "2025-07-01").period
    assert (period.start, period.end, period.partial) == (date(2025, 7, 1), date(2025, 7, 1), True)
    assert not read("spend this month", "2025-07-02").period.partial


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("since June 5", "2025-06-05 2025-06-17"),
        ("since May", "2025-05-01 2025-06-17"),
        ("starting May 20", "2025-05-20 2025-06-17"),
        ("from 2 June onwards", "2025-06-02 2025-06-17"),
        ("from March to date", "2025-03-01 2025-06-17"),
        ("after June 5", "2025-06-06 2025-06-17"),
        ("after May", "2025-06-01 2025-06-17"),
        ("since the end of May", "2025-05-31 2025-06-17"),
        ("since 3 weeks ago", "2025-05-28 2025-06-17"),
    ],
)
def test_since_runs_to_yesterday(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("before May", "2024-02-03 2025-04-30"),
        ("until May 10", "2024-02-03 2025-05-10"),
        ("all time", "2024-02-03 2025-06-17"),
        ("ever", "2024-02-03 2025-06-17"),
        ("to date", "2024-02-03 2025-06-17"),
    ],
)
def test_an_open_start_is_the_first_loaded_day(span, phrase, expected):
    assert span(f"spend {phrase}", first_day=date(2024, 2, 3)) == expected


def test_an_open_start_is_1900_where_nothing_is_loaded(span):
    assert span("spend before 2019", "2019-03-10") == "1900-01-01 2018-12-31"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("May", "2025-05-01 2025-05-31"),
        ("June", "2025-06-01 2025-06-30"),  # has begun, and is partial
        ("July", "2024-07-01 2024-07-31"),
        ("June 18", "2025-06-18 2025-06-18"),
        ("June 19", "2024-06-19 2024-06-19"),
        ("Q2", "2025-04-01 2025-06-30"),
        ("Q3", "2024-07-01 2024-09-30"),
        ("H2", "2024-07-01 2024-12-31"),
        ("week 25", "2025-06-16 2025-06-22"),
        ("week 26", "2024-06-24 2024-06-30"),
        ("Thursday", "2025-06-12 2025-06-12"),
        ("on the 21st", "2025-05-21 2025-05-21"),
        ("Christmas", "2024-12-25 2024-12-25"),
    ],
)
def test_without_a_year_the_latest_that_has_begun(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


def test_a_period_that_holds_today_is_partial(read):
    assert read("spend in June").period.partial
    assert read("spend today").period.partial
    assert not read("spend in May").period.partial


@pytest.mark.parametrize(
    ("phrase", "before"),
    [
        ("May", "2025-04-01 2025-04-30"),
        ("last month", "2025-04-01 2025-04-30"),
        ("Q1", "2024-10-01 2024-12-31"),
        ("H1 2025", "2024-07-01 2024-12-31"),
        ("2024", "2023-01-01 2023-12-31"),
        ("week 20", "2025-05-05 2025-05-11"),
        ("yesterday", "2025-06-16 2025-06-16"),
        ("last weekend", "2025-06-07 2025-06-08"),
        ("last 3 months", "2024-12-01 2025-02-28"),
        ("last 2 weeks", "2025-05-19 2025-06-01"),
        ("this month", "2025-05-01 2025-05-17"),
        ("this quarter", "2025-01-01 2025-03-19"),  # 78 elapsed days of the quarter before
        ("last 30 days", "2025-04-19 2025-05-18"),
        ("June 3 to June 12", "2025-05-24 2025-06-02"),
        ("since June 11", "2025-06-04 2025-06-10"),
        ("January to March", "2024-10-01 2024-12-31"),  # three months, named as such
    ],
)
def test_the_previous_period_follows_how_it_was_named(read, phrase, before):
    previous = read(f"spend {phrase}").period.previous()
    assert f"{previous.start} {previous.end}" == before


def test_previous_of_a_long_month_to_date_is_clamped_to_the_shorter_month(read):
    previous = read("spend this month", "2025-03-31").period.previous()
    assert (previous.start, previous.end) == (date(2025, 2, 1), date(2025, 2, 28))


@pytest.mark.parametrize(
    ("phrase", "today", "earlier"),
    [
        ("last 30 days", "2025-06-18", "2024-05-19 2024-06-17"),
        ("February 2025", "2025-06-18", "2024-02-01 2024-02-29"),  # whole months stay whole
        ("February 2024", "2025-06-18", "2023-02-01 2023-02-28"),
        ("29 February 2024", "2025-06-18", "2023-02-28 2023-02-28"),
        ("this year", "2025-06-18", "2024-01-01 2024-06-17"),
    ],
)
def test_a_year_earlier_is_the_same_dates(read, phrase, today, earlier):
    period = read(f"spend {phrase}", today).period.year_earlier()
    assert f"{period.start} {period.end}" == earlier


def test_weeks_may_start_on_sunday(span):
    assert span("spend last week", week_start="sunday") == "2025-06-08 2025-06-14"
    assert span("spend this week", week_start="sunday") == "2025-06-15 2025-06-17"
    assert span("spend week 20 2025", week_start="sunday") == "2025-05-11 2025-05-17"


def test_the_end_of_a_year(span):
    assert span("spend last week", "2025-01-01") == "2024-12-23 2024-12-29"
    assert span("spend last month", "2025-01-01") == "2024-12-01 2024-12-31"
    assert span("spend this year", "2025-01-01") == "2025-01-01 2025-01-01"
    assert span("spend Dec 28 to Jan 3", "2025-06-18") == "2024-12-28 2025-01-03"
    assert span("spend week 1 2025") == "2024-12-30 2025-01-05"


def test_fiscal_years_start_where_the_workspace_says(span):
    july = {"fiscal_year_start": 7}
    assert span("spend FY25", **july) == "2024-07-01 2025-06-30"
    assert span("spend fiscal year 2024", **july) == "2023-07-01 2024-06-30"
    assert span("spend this fiscal year", **july) == "2024-07-01 2025-06-17"
    assert span("spend last fiscal quarter", **july) == "2025-01-01 2025-03-31"
    assert span("spend fiscal Q1", **july) == "2024-07-01 2024-09-30"
    assert span("spend Q1 FY25", **july) == "2024-07-01 2024-09-30"
    assert span("spend last fiscal year", fiscal_year_start=2) == "2024-02-01 2025-01-31"
    assert span("spend last year", **july) == "2024-01-01 2024-12-31"  # only 'fiscal' makes it so


def test_day_and_month_follow_the_workspace_order(span):
    assert span("spend 03/04/2025") == "2025-03-04 2025-03-04"
    assert span("spend 03/04/2025", date_order="day_first") == "2025-04-03 2025-04-03"
    assert span("spend 21/04/2025") == "2025-04-21 2025-04-21"
    assert span("spend 2025-03-04", date_order="day_first") == "2025-03-04 2025-03-04"


def test_one_date_that_shows_its_order_decides_for_the_other(span):
    assert span("spend 01/06/2025 - 15/06/2025") == "2025-06-01 2025-06-15"


def test_leap_days(span):
    assert span("spend Feb 29", "2017-03-22") == "2016-02-29 2016-02-29"
    assert span("spend 2/29-3/1", "2019-09-18") == "2016-02-29 2016-03-01"
    assert span("spend Feb 30") == "February has no 30th."
    assert span("spend 29 February 2023") == "February 2023 has no 29th."


@pytest.mark.parametrize("phrase", ["30 days", "last 30", "last30"])
def test_a_quantity_that_leaves_out_which_or_what_is_asked_about(phrase: str) -> None:
    """Taking a word out of 'last 30 days' must not give the same days silently."""
    (mention,) = find_mentions(f"total spend {phrase}", Calendar(date(2025, 6, 18)))
    assert mention.period is None
    assert mention.problem is not None
