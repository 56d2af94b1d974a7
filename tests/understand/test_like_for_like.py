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
