"""Messages that lean on the ones before: pronouns, corrections, replies to a question back, earlier topics."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer

TODAY = date(2025, 7, 1)
MAY = {"start": "2025-05-01", "end": "2025-05-31"}
JUNE = {"start": "2025-06-01", "end": "2025-06-30"}


def ask(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation(today=TODAY)
    for turn in turns:
        answer = conversation.ask(turn)
    return answer


def query(assistant: Assistant, *turns: str) -> dict[str, Any]:
    answer = ask(assistant, *turns)
    assert answer.query is not None, answer.text
    return answer.query.model_dump(mode="json")


def kept(assistant: Assistant, *turns: str) -> dict[str, list[str]]:
    return {f["dimension"]: f["values"] for f in query(assistant, *turns)["filters"]}


def test_its_and_there_are_what_the_last_answer_singled_out(ads_spend: Assistant) -> None:
    """The US has the highest CAC in Q2; Retargeting the best ROAS in June."""
    found = query(ads_spend, "which country had the highest CAC in Q2", "what's the spend there")
    assert found["filters"][0]["values"] == ["US"] and found["period"]["start"] == "2025-04-01"
    best = "which campaign has the best ROAS last month"
    assert kept(ads_spend, best, "and its CAC") == {"campaign": ["Retargeting"]}
    assert query(ads_spend, best, "and its CAC")["order"] is None


def test_those_are_the_ones_that_were_shown(ads_spend: Assistant) -> None:
    turns = ("top 2 campaigns by ROAS last month", "spend of those by platform")
    assert kept(ads_spend, *turns) == {"campaign": ["Prospecting", "Retargeting"]}


def test_that_campaign_of_several_is_asked_about(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "spend by campaign", "CAC of that campaign").status == "needs_clarification"


def test_that_month_is_the_one_that_led(ads_spend: Assistant) -> None:
    assert query(ads_spend, "which month had the best ROAS?", "spend in that month")["period"] == JUNE


@pytest.mark.parametrize("reply", ["not June, May", "May not June", "sorry, May instead of June", "change June to May"])
def test_one_month_in_the_place_of_another(ads_spend: Assistant, reply: str) -> None:
    assert query(ads_spend, "spend by platform in June", reply)["period"] == MAY


@pytest.mark.parametrize(
    "reply", ["no, I meant clicks", "clicks I mean", "change spend to clicks", "clicks, not spend"]
)
def test_one_metric_in_the_place_of_another(ads_spend: Assistant, reply: str) -> None:
    found = query(ads_spend, "spend by platform in May", reply)
    assert (found["metrics"], found["dimensions"], found["period"]) == (["clicks"], ["platform"], MAY)


def test_a_correction_of_a_period_leans_on_the_one_before_it(ads_spend: Assistant) -> None:
    assert query(ads_spend, "CAC in June", "last year?", "no, the month before")["period"] == MAY


def test_another_number(ads_spend: Assistant) -> None:
    assert query(ads_spend, "top 3 campaigns by spend", "make it 2")["limit"] == 2
    changed = query(ads_spend, "campaigns with ROAS above 3", "I meant 3.3")
    assert changed["filters"] == [{"metric": "roas", "op": ">", "values": [3.3]}]


def test_a_limit_without_a_metric_is_on_the_last_one(ads_spend: Assistant) -> None:
    assert query(ads_spend, "CAC by campaign", "above 30")["filters"] == [{"metric": "cac", "op": ">", "values": [30]}]


@pytest.mark.parametrize("reply", ["2", "the second one", "Generic_Search", "generic", "genric search", "option 2"])
def test_a_question_back_is_answered_in_any_form(ads_spend: Assistant, reply: str) -> None:
    assert kept(ads_spend, "search CAC in June", reply) == {"campaign": ["Generic_Search"]}


def test_a_reply_completes_the_question_it_belongs_to(ads_spend: Assistant) -> None:
    found = query(ads_spend, "sales by platform last month", "I meant conversions")
    assert (found["metrics"], found["dimensions"]) == (["conversions"], ["platform"])
    assert query(ads_spend, "highest CAC last month", "campaign")["limit"] == 1


def test_both_sets_the_last_two_side_by_side(ads_spend: Assistant) -> None:
    found = query(ads_spend, "performance of Meta last month", "and Google?", "compare them")
    assert (found["dimensions"], found["filters"][0]["values"]) == (["platform"], ["Google", "Meta"])
    other = query(ads_spend, "CAC on Meta in May", "compared to Google")
    assert (other["dimensions"], other["filters"][0]["values"]) == (["platform"], ["Google", "Meta"])


def test_back_to_an_earlier_topic(ads_spend: Assistant) -> None:
    turns = ("spend by platform in June", "CAC by country in May", "conversions last week", "back to spend by platform")
    assert query(ads_spend, *turns, "and in May")["dimensions"] == ["platform"]
    assert query(ads_spend, *turns)["period"] == JUNE


def test_yes_or_no_goes_on_with_another_month_and_limit(ads_spend: Assistant) -> None:
    """CAC was 29.81 in June and 32.24 in May."""
    turns = ("is our CAC under 30 in June", "and in May?")
    assert ask(ads_spend, *turns).text == "No: CAC was 32.24, not below 30.00."
    assert ask(ads_spend, *turns, "how about under 35?").text == "Yes: CAC was 32.24, below 35.00."


def test_one_of_several_filters_goes(ads_spend: Assistant) -> None:
    turns = ("Meta CAC by country in Q2", "only mobile", "drop the device filter")
    assert kept(ads_spend, *turns) == {"platform": ["Meta"]}


def test_a_comparison_moves_along_with_the_period(ads_spend: Assistant) -> None:
    found = query(ads_spend, "CAC last 30 days vs prior 30 days", "for Q2")
    assert found["comparison"] == {"start": "2025-01-01", "end": "2025-03-31"}


def test_which_grew_the_most_ranks_what_was_shown(ads_spend: Assistant) -> None:
    found = query(ads_spend, "spend by country in June vs May", "which grew the most")
    assert (found["order"], found["limit"]) == ({"by": "spend_change", "descending": True}, 1)


def test_in_total_drops_the_breakdown_and_start_over_everything(ads_spend: Assistant) -> None:
    assert query(ads_spend, "spend by platform in May", "in total")["dimensions"] == []
    assert query(ads_spend, "Meta spend by country in May", "start over", "spend")["filters"] == []


def test_a_question_of_its_own_starts_afresh(ads_spend: Assistant) -> None:
    found = query(ads_spend, "give me a summary of last week", "what's our best performing platform")
    assert (found["metrics"], found["period"]) == (["roas"], JUNE)


def test_every_chip_of_an_answer_changes_the_question_and_is_understood(ads_spend: Assistant) -> None:
    questions = (
        "top 3 campaigns by ROAS on mobile last month",
        "weekly CAC by platform last 8 weeks",
        "campaigns whose spend rose last month",
        "campaigns with CAC above 30 or ROAS below 3.3 last month",
    )
    for question in questions:
        first = ask(ads_spend, question)
        assert {"period", "breakdown"} <= {edit.part for edit in first.edits}
        for edit in first.edits:
            changed = ask(ads_spend, question, edit.question)
            assert changed.status == "answered", (question, edit, changed.text)
            assert changed.query != first.query, (question, edit)


def test_it_behind_a_definition_is_what_was_defined(ads_spend: Assistant) -> None:
    """Not the spend that was asked about before it."""
    turns = ("spend last month by platform", "What is CPC?", "show it by platform")
    found = query(ads_spend, *turns)
    assert (found["metrics"], found["dimensions"]) == (["cpc"], ["platform"])
    assert query(ads_spend, *turns[:2], "and in May?")["metrics"] == ["spend"]


def test_it_behind_why_is_the_figure_of_the_same_question(ads_spend: Assistant) -> None:
    """After an answer that a campaign led: June's CAC of all campaigns is 29.81."""
    conversation = ads_spend.conversation(today=date(2025, 7, 1))
    conversation.ask("which campaign got worse?")
    answer = conversation.ask("what was our CAC last month, and why did it move?")
    assert answer.query is not None and answer.query.filters == ()
    assert answer.text.startswith("CAC was 29.81, down 7.5 %")
