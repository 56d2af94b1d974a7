"""What holds for every text."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dates import Calendar, NamedPeriod, find_mentions

WORDS = """
    last this next previous the of in from to since before after until between and 30 2 7 2024 31 0 99999 first third
    half day days week weeks month months quarter year june february monday friday christmas easter q1 w27 ago ytd mom
    - / . , ( ) ' vs end mid fiscal business 29 30th 2/29 2025-06-01 yesterday today few weekend period same earlier
"""

sentences = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)
WHOLE = (
    *("last week", "last month", "last quarter", "last year", "last 30 days", "last 3 months", "last 2 quarters"),
    *("May", "Q1", "H1", "in 2019", "yesterday", "week 20", "May 3 to May 9", "January to March"),
)
ONE_DAY = timedelta(days=1)
days = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 12, 31))


@given(text=st.text(max_size=200), today=days)
def test_never_raises_for_any_text(text, today):
    find_mentions(text, Calendar(today=today))


@settings(max_examples=500, deadline=None)
@given(text=sentences, today=days)
def test_mentions_are_ordered_apart_and_sound(text, today):
    end = 0
    for mention in find_mentions(text, Calendar(today=today)):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.period or mention.relation or mention.problem
        if mention.period:
            assert mention.period.start <= mention.period.end
            previous = mention.period.previous()
            assert previous.start <= previous.end < mention.period.start
            if mention.relation:
                related = mention.relation.resolve(mention.period)
                assert related.start <= related.end


@given(text=sentences, today=days)
def test_case_makes_no_difference(text, today):
    calendar = Calendar(today=today)
    assert find_mentions(text.upper(), calendar) == find_mentions(text, calendar)


@given(today=days, count=st.integers(min_value=1, max_value=400))
def test_last_n_days_have_n_days(today, count):
    (mention,) = find_mentions(f"spend last {count} days", Calendar(today=today))
    assert mention.period
    assert mention.period.days == count


@given(today=days, count=st.integers(min_value=1, max_value=400))
def test_last_n_days_end_yesterday(today, count):
    period = only(f"last {count} days", today)
    assert (period.end, period.start) == (today - ONE_DAY, today - count * ONE_DAY)


@given(today=days, unit=st.sampled_from(("week", "month", "quarter", "year")), count=st.integers(1, 12))
def test_last_n_units_are_whole_and_touch_the_current_one(today, unit, count):
    period = only(f"last {count} {unit}s", today)
    assert starts(period.start, unit)
    assert starts(period.end + ONE_DAY, unit)
    assert period.end < today
    assert only(f"this {unit}", today).start == period.end + ONE_DAY


@given(today=days, unit=st.sampled_from(("week", "month", "quarter", "year")))
def test_this_unit_runs_from_its_first_day_to_yesterday(today, unit):
    period = only(f"this {unit}", today)
    assert starts(period.start, unit)
    assert period.end == max(period.start, today - ONE_DAY)


@given(today=days, phrase=st.sampled_from(WHOLE))
def test_the_previous_of_a_whole_period_touches_it(today, phrase):
    period = only(phrase, today)
    assert period.previous().end + ONE_DAY == period.start


@given(today=days, phrase=st.sampled_from(("this week", "this month", "QTD", "YTD")))
def test_the_previous_of_a_unit_to_date_starts_the_unit_before_and_is_no_longer(today, phrase):
    period = only(phrase, today)
    previous = period.previous()
    assert starts(previous.start, period.unit)
    assert previous.end < period.start
    assert previous.days <= period.days


@given(today=days)
def test_weeks_that_start_on_sunday_do(today):
    for phrase in ("last week", "this week", "last 3 weeks", "week of June 10", "week 23"):
        assert only(phrase, today, week_start="sunday").start.weekday() == 6, phrase


@given(today=days, month=st.integers(min_value=1, max_value=12))
def test_fiscal_years_and_quarters_start_with_the_month_set(today, month):
    assert only("last fiscal year", today, fiscal_year_start=month).start.month == month
    assert (only("last fiscal quarter", today, fiscal_year_start=month).start.month - month) % 3 == 0
    year = only("FY2024", today, fiscal_year_start=month)
    assert (year.start.month, year.end.year, (year.end + ONE_DAY).month) == (month, 2024, month)


@given(today=days, name=st.sampled_from(("May", "June 10", "Monday", "Q3", "H2", "week 30", "Easter", "Christmas")))
def test_a_name_without_a_year_is_the_latest_that_has_begun(today, name):
    period = only(name, today)
    assert period.start <= today
    assert (today - period.start).days <= 366 + 35  # Easter moves


@given(first=days, second=days)
def test_last_month_is_the_same_on_every_day_of_a_month(first, second):
    second = second.replace(year=first.year, month=first.month, day=min(second.day, 28))
    periods = [find_mentions("last month", Calendar(today=day))[0].period for day in (first, second)]
    assert periods[0] == periods[1]


def test_a_typical_question_takes_less_than_a_millisecond():
    question = "Compare CAC and ROAS for the last 30 days vs the prior 30 days"
    calendar = Calendar(today=date(2025, 7, 1))
    find_mentions(question, calendar)
    best = min(_seconds(question, calendar) for _ in range(20))
    assert best < 0.001


def only(phrase: str, today: date, **settings: Any) -> NamedPeriod:
    (mention,) = find_mentions(f"spend {phrase}", Calendar(today=today, **settings))
    assert mention.period, mention.problem
    return mention.period


def starts(day: date, unit: str | None) -> bool:
    first = {"week": day.weekday() == 0, "month": day.day == 1, "year": (day.day, day.month) == (1, 1)}
    return first[unit] if unit in first else day.day == 1 and day.month % 3 == 1


def _seconds(question: str, calendar: Calendar) -> float:
    started = time.process_time()
    find_mentions(question, calendar)
    return time.process_time() - started


def test_ten_thousand_characters_of_dates_take_a_few_seconds_at_most():
    for text in ("last " * 2000, "1/1-" * 2500, "2025-06-01 to " * 700, "1 day before " * 700):
        assert _seconds(text, Calendar(today=date(2025, 7, 1))) < 4  # seconds; 0.5 measured
