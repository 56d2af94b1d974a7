"""Dates beside metrics, names and numbers, and dates that lean on the question before. Today: 18 June 2025."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant

TODAY = date(2025, 6, 18)


def asked(assistant: Assistant, *messages: str) -> str:
    """Period and comparison that the last message ends up with, or 'asks'."""
    conversation = assistant.conversation(today=TODAY)
    query = [conversation.ask(message) for message in messages][-1].query
    if query is None:
        return "asks"
    periods = [query.period, *([query.comparison] if query.comparison else [])]
    return " vs ".join(f"{period.start} to {period.end}" for period in periods)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("CAC by platform in May and June", "2025-05-01 to 2025-06-30"),
        ("spend, March vs April 2024, by platform", "2024-03-01 to 2024-03-31 vs 2024-04-01 to 2024-04-30"),
        ("daily spend first week of June", "2025-06-02 to 2025-06-08"),
        ("top 5 campaigns by spend in 2024", "2024-01-01 to 2024-12-31"),
        ("campaigns with spend over 2000 in May 2025", "2025-05-01 to 2025-05-31"),
        ("campaigns with CAC between 3.5 and 40.5 last month", "2025-05-01 to 2025-05-31"),
        ("how did we do over Memorial Day weekend?", "2025-05-24 to 2025-05-26 vs 2025-05-17 to 2025-05-19"),
        ("clicks on Google yesterday and the day before", "2025-06-16 to 2025-06-17"),
        ("spend on Meta last month", "2025-05-01 to 2025-05-31"),  # no Italian 'metà' of it
        ("compare spend last week and the week before", "2025-06-09 to 2025-06-15 vs 2025-06-02 to 2025-06-08"),
        ("tell me about spend last week", "2025-06-09 to 2025-06-15"),
        ("clicks last month but not on Sundays", "2025-05-01 to 2025-05-31"),
        ("spend throughout May by week", "2025-05-01 to 2025-05-31"),
        ("spend Q2 so far vs the previous period", "2025-04-01 to 2025-06-17 vs 2025-01-01 to 2025-03-19"),
        ("spend this month vs same point last month", "2025-06-01 to 2025-06-17 vs 2025-05-01 to 2025-05-17"),
        ("spend on Black Friday 2024 vs 2023", "2024-11-29 to 2024-11-29 vs 2023-11-24 to 2023-11-24"),
        ("spend this time last year", "asks"),
        ("spend the week before that", "asks"),
        ("spend on the last day of each month", "asks"),
        ("spend about a week ago", "asks"),
        ("clicks last month except May 5", "asks"),
        ("spend early this week", "asks"),  # and not 'yearly'
        ("spend every Monday in May", "asks"),
        ("what will spend be the rest of the month", "asks"),
    ],
)
def test_dates_inside_questions(ads_spend: Assistant, question: str, expected: str) -> None:
    assert asked(ads_spend, question) == expected


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (("spend last week", "what about the week before?"), "2025-06-02 to 2025-06-08"),
        (("spend last week", "the week before", "and the week before that"), "2025-05-26 to 2025-06-01"),
        (("daily spend first week of June", "and the same days last year"), "2024-06-02 to 2024-06-08"),
        (("spend yesterday", "same day last week"), "2025-06-10 to 2025-06-10"),  # 'same' opens no follow-up here
        (("spend yesterday", "same for Google"), "2025-06-17 to 2025-06-17"),
        (("spend in Q2", "same quarter last year"), "2024-04-01 to 2024-06-30"),
        (("spend last 30 days", "the 30 days before that"), "2025-04-19 to 2025-05-18"),
        (("spend in May", "vs the same month last year"), "2025-05-01 to 2025-05-31 vs 2024-05-01 to 2024-05-31"),
        (("spend last weekend", "vs the weekend before"), "2025-06-14 to 2025-06-15 vs 2025-06-07 to 2025-06-08"),
        (("spend last Monday", "vs the Monday before"), "2025-06-16 to 2025-06-16 vs 2025-06-09 to 2025-06-09"),
    ],
)
def test_dates_that_lean_on_the_question_before(ads_spend: Assistant, messages: tuple[str, ...], expected: str) -> None:
    assert asked(ads_spend, *messages) == expected
