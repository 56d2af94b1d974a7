"""Questions that were once answered wrongly without a word, each by its trap."""

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


@pytest.mark.parametrize("question", ["how did CAC change from April to May", "CAC change between April and May"])
def test_a_change_from_one_month_to_the_next_is_no_period_of_two(ads_spend: Assistant, question: str) -> None:
    query = ask(ads_spend, question).query
    assert query is not None and query.comparison is not None
    assert (query.period.start, query.comparison.start) == (date(2025, 5, 1), date(2025, 4, 1))


@pytest.mark.parametrize(
    "question",
    [
        "spend in the US or on mobile",
        "campaigns with CAC above 30 in the US or on mobile with spend over 1000",
        "campaigns with spend over 1000 and CAC above 40 or ROAS below 2",  # two readings
        "spend on Meta in the US and on Google in Canada",
        "which campaigns lost money last month",  # no fall of ROAS
        "its CAC",  # of what?
        "top 10% of campaigns by revenue",  # not the top 10
        "top 2.5 campaigns by revenue",
        "spend on Meta and clicks on Google",  # not both metrics over both
        "June vs May vs April spend",  # the middle one would be lost
        "spend less Meta",  # not Meta alone
        "which campaign's spend changed the most",  # up or down?
        "how many rows",  # 'rows' is no misspelled ROAS
        "top 3",  # of what?
    ],
)
def test_asked_back_instead_of_answered_wrongly(ads_spend: Assistant, question: str) -> None:
    answer = ask(ads_spend, question)
    assert answer.status in {"needs_clarification", "cannot_answer"}, answer.interpretation


def test_up_or_down_is_no_day_of_the_week(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "did spend go up or down last month?").query
    assert query is not None and query.dimensions == () and query.comparison is not None


def test_short_codes_in_a_list_are_members_in_any_case(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "spend in us and ca").query
    assert query is not None and query.member_filters[0].values == ("CA", "US")


def test_order_that_was_asked_for_is_the_order(ads_spend: Assistant) -> None:
    rows = ask(ads_spend, "campaigns ordered by CAC highest first").rows
    assert [row["cac"] for row in rows] == sorted((row["cac"] for row in rows), reverse=True)


def test_a_typo_that_was_forgiven_is_said(ads_spend: Assistant) -> None:
    assert "“spned” read as spend" in ask(ads_spend, "spned by platform last month").interpretation


def test_choosing_a_metric_keeps_the_rest_of_the_question(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "compare Meta and Google", "CAC").query
    assert query is not None and (query.metrics, query.dimensions) == (("cac",), ("platform",))


def test_yes_takes_the_only_option(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "youtube spend in May", "yes").query
    assert query is not None and query.member_filters[0].values == ("Google",)


def test_without_a_metric_stops_showing_it(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "spend by platform last month", "conversions too", "without spend").query
    assert query is not None and query.metrics == ("conversions",)


def test_an_exclusion_goes_on_with_and(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "ROAS by country in Q2", "exclude Brazil", "and Mexico").query
    assert query is not None
    assert (query.member_filters[0].op, query.member_filters[0].values) == ("not in", ("BR", "MX"))


def test_sorting_keeps_the_question(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "ROAS by country in Q2", "sort by spend").query
    assert query is not None and query.order is not None
    assert (query.metrics, query.dimensions, query.order.by) == (("roas",), ("country",), "spend")


def test_yes_or_no_does_not_leak_into_the_next_question(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "are we under 30 CAC?", "and ROAS?")
    assert answer.status == "answered"
    assert answer.text.startswith("ROAS was")
