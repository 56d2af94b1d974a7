"""'compare them', 'what's the difference?', 'difference to Meta': of what was asked, and of nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Answer

TODAY = date(2025, 7, 1)


def ask(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation(today=TODAY)
    for turn in turns:
        answer = conversation.ask(turn)
    return answer


def starts(answer: Answer) -> tuple[date, date]:
    assert answer.query is not None and answer.query.comparison is not None, answer.text
    return answer.query.period.start, answer.query.comparison.start


@pytest.mark.parametrize(
    "wish", ["what's the difference?", "so what changed?", "compare them", "difference", "what changed"]
)
@pytest.mark.parametrize("turns", [("spend in april", "and in may"), ("spend in may", "and in april?")])
def test_two_periods_asked_about_are_the_two_compared(ads_spend: Assistant, turns: tuple[str, str], wish: str) -> None:
    """Never April against March; the later one is the one that moved."""
    assert starts(ask(ads_spend, *turns, wish)) == (date(2025, 5, 1), date(2025, 4, 1))


def test_thirty_days_and_the_thirty_before_are_the_two_compared(ads_spend: Assistant) -> None:
    turns = ("cpc last 30 days", "and the 30 days before?", "what's the difference?")
    assert starts(ask(ads_spend, *turns)) == (date(2025, 6, 1), date(2025, 5, 2))


def test_performance_of_two_months_is_that_of_the_two(ads_spend: Assistant) -> None:
    """Each came with the month before it; the two are April and June."""
    turns = ("performance in april", "and june", "compare them")
    assert starts(ask(ads_spend, *turns)) == (date(2025, 6, 1), date(2025, 4, 1))


def test_two_periods_named_in_one_question_stay_the_two(ads_spend: Assistant) -> None:
    turns = ("spend in may", "spend in june vs april", "what's the difference?")
    assert starts(ask(ads_spend, *turns)) == (date(2025, 6, 1), date(2025, 4, 1))


@pytest.mark.parametrize(
    "turns",
    [
        ("roas google may", "difference to meta"),
        ("roas google may", "gap to meta"),
        ("roas google may", "and meta", "what's the difference?"),
    ],
)
def test_two_members_asked_about_are_the_two_compared(ads_spend: Assistant, turns: tuple[str, ...]) -> None:
    query = ask(ads_spend, *turns).query
    assert query is not None and query.comparison is None
    assert (query.member_filters[0].values, query.dimensions) == (("Google", "Meta"), ("platform",))


@pytest.mark.parametrize("against", ["difference to april", "difference from the month before"])
def test_the_difference_to_a_period_is_that_of_the_last_figure(ads_spend: Assistant, against: str) -> None:
    assert starts(ask(ads_spend, "spend in may", against)) == (date(2025, 5, 1), date(2025, 4, 1))


@pytest.mark.parametrize(
    "turns",
    [
        ("spend in may", "compare them"),
        ("spend in may", "what's the difference?"),
        ("roas in may", "difference to meta"),
        ("difference to meta",),
        ("spend in may", "and in april", "what's the difference in cac?"),
        ("spend meta in may", "spend google in april", "compare them"),  # two things differ
        ("spend by week in may", "and in april", "compare them"),
    ],
)
def test_what_to_compare_is_asked_where_it_was_not_named(ads_spend: Assistant, turns: tuple[str, ...]) -> None:
    assert ask(ads_spend, *turns).status == "needs_clarification"
