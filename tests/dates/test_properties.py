"""What holds for every text."""

from __future__ import annotations

import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dates import Calendar, find_mentions

WORDS = """
    last this next previous the of in from to since before after until between and 30 2 7 2024 31 0 99999 first third
    half day days week weeks month months quarter year june february monday friday christmas easter q1 w27 ago ytd mom
    - / . , ( ) ' vs end mid fiscal business 29 30th 2/29 2025-06-01 yesterday today few weekend period same earlier
"""

sentences = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)
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


def _seconds(question: str, calendar: Calendar) -> float:
    started = time.process_time()
    find_mentions(question, calendar)
    return time.process_time() - started


def test_ten_thousand_characters_of_dates_take_a_few_seconds_at_most():
    for text in ("last " * 2000, "1/1-" * 2500, "2025-06-01 to " * 700, "1 day before " * 700):
        assert _seconds(text, Calendar(today=date(2025, 7, 1))) < 4  # seconds; 0.5 measured
