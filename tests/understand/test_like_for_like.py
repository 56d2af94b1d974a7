"""Periods that are weighed against each other have as many days, or it is asked which are meant."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Answer

MID_JUNE = date(2025, 6, 18)


def ask(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation(today=MID_JUNE)
    for turn in turns:
        answer = conversation.ask(turn)
    return answer


@pytest.mark.parametrize(
    "question", ["are we spending more than last month?", "did we spend more this month than last month?"]
)
def test_a_month_to_date_is_not_judged_by_a_whole_month(ads_spend: Assistant, question: str) -> None:
    """166,122 in 1-17 June, 153,971 in 1-17 May, 282,417 in all of May."""
    answer = ask(ads_spend, question)
    assert answer.query is not None and answer.query.comparison is not None
    assert (answer.query.comparison.start, answer.query.comparison.end) == (date(2025, 5, 1), date(2025, 5, 17))
    assert answer.text.startswith("Yes. Spend was 166,122, up 7.9 % from 153,971")
    assert any("first 17 days" in note.text for note in answer.notes)


def test_whole_months_are_judged_whole(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "was spend in May higher than in April?").query
    assert query is not None and query.comparison is not None
    assert (query.comparison.start, query.comparison.end) == (date(2025, 4, 1), date(2025, 4, 30))


def test_periods_that_would_share_days_are_asked_about(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "spend so far this year vs same time last quarter").status == "needs_clarification"


@pytest.mark.parametrize(
    ("question", "spend"),
    [("spend last 5 business days", 48_783), ("spend last 10 working days", 94_199), ("last 3 weekdays spend", 27_682)],
)
def test_business_days_leave_out_the_weekends_between_them(ads_spend: Assistant, question: str, spend: int) -> None:
    """Sums of the file's rows of Monday to Friday in 11-17, 4-17 and 13-17 June, added up by hand-written SQL."""
    assert [round(row["spend"]) for row in ask(ads_spend, question).rows] == [spend]


def test_working_days_do_not_stay_with_the_next_period(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "spend last 5 business days", "and last month?").query
    assert query is not None and query.member_filters == ()


def test_business_days_are_compared_with_as_many_before(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "spend last 3 business days vs the previous period").query
    assert query is not None and query.comparison is not None
    assert (query.comparison.start, query.comparison.end) == (date(2025, 6, 10), date(2025, 6, 12))


@pytest.mark.parametrize(
    "question", ["spend last week vs last 5 business days", "spend on weekends in the last 5 business days"]
)
def test_working_days_against_all_days_are_asked_about(ads_spend: Assistant, question: str) -> None:
    assert ask(ads_spend, question).status == "needs_clarification"
