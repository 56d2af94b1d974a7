"""Questions beyond a figure and a breakdown: counts, yes or no, running sums, contributions, pronouns, going back."""

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
    assert answer.status == "answered", answer.text
    return answer


def test_how_many_counts_the_members_that_meet_the_condition(small: Assistant) -> None:
    answer = small.conversation(today=date(2025, 6, 5)).ask("how many campaigns spent at least 200 this month")
    assert answer.text.startswith("2 campaigns.")
    assert {row["campaign"] for row in answer.rows} == {"Brand_Search", "Retargeting"}


def test_are_we_under_is_answered_yes_or_no_with_the_figure(ads_spend: Assistant) -> None:
    """June's CAC is 29.81."""
    assert ask(ads_spend, "are we under 30 CAC?").text == "Yes: CAC was 29.81, below 30.00."
    assert ask(ads_spend, "is our CAC below 29?").text == "No: CAC was 29.81, not below 29.00."


def test_a_condition_without_members_is_asked_about(ads_spend: Assistant) -> None:
    assert ads_spend.translate("ROAS above 3", today=TODAY).status == "needs_clarification"


def test_running_total_adds_up_over_the_days(small: Assistant) -> None:
    answer = small.conversation(today=date(2025, 6, 5)).ask("cumulative spend by day this month")
    assert [row["spend_running"] for row in answer.rows] == [150, 350, 350, 530]


def test_average_per_week_is_seven_loaded_days(small: Assistant) -> None:
    answer = small.conversation(today=date(2025, 6, 5)).ask("average weekly spend this month")
    assert answer.rows[0]["spend_per_week"] == pytest.approx(530 / 4 * 7)


def test_contributions_to_a_change_add_up_to_the_whole(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "contribution to the change in spend by campaign last month")
    assert sum(row["spend_contribution"] for row in answer.rows) == pytest.approx(1)


def test_weekends_against_weekdays(small: Assistant) -> None:
    """1 June 2025 is a Sunday."""
    answer = small.conversation(today=date(2025, 6, 5)).ask("spend on weekends vs weekdays this month")
    assert {row["day_type"]: row["spend"] for row in answer.rows} == {"Weekday": 380, "Weekend": 150}


def test_that_campaign_is_the_one_that_led_the_last_answer(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "which campaign has the highest spend in May", "ROAS by week for that campaign")
    first = ask(ads_spend, "which campaign has the highest spend in May").rows[0]["campaign"]
    assert answer.query is not None
    assert answer.query.member_filters[0].values == (first,)


def test_back_asks_the_question_before_the_last_again(ads_spend: Assistant) -> None:
    first = ask(ads_spend, "spend by country in May")
    assert ask(ads_spend, "spend by country in May", "only mobile", "back").query == first.query


def test_both_answers_a_question_back(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "search spend last month", "both")
    assert answer.query is not None
    assert answer.query.member_filters[0].values == ("Brand_Search", "Generic_Search")


def test_spend_per_conversion_is_cac(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "spend per conversion last month")
    assert answer.query is not None and answer.query.metrics == ("cac",)


def test_members_are_listed_by_name(ads_spend: Assistant) -> None:
    answer = ads_spend.conversation(today=TODAY).ask("which campaigns do we have?")
    assert answer.kind == "data_status"
    assert {row["campaign"] for row in answer.rows} == {"Brand_Search", "Generic_Search", "Prospecting", "Retargeting"}
    assert "Brand_Search" in answer.text
