"""Conversations: what a follow-up changes and what it leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant import Assistant

TODAY = date(2025, 7, 1)


def last_query(assistant: Assistant, *turns: str) -> dict[str, Any]:
    conversation = assistant.conversation(today=TODAY)
    for turn in turns:
        answer = conversation.ask(turn)
    assert answer.query is not None, answer.text
    return answer.query.model_dump(mode="json")


def test_another_metric_keeps_the_rest(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "CAC by country in May", "and ROAS?")
    assert (found["metrics"], found["dimensions"]) == (["roas"], ["country"])
    assert found["period"]["start"] == "2025-05-01"


def test_also_adds(ads_spend: Assistant) -> None:
    assert last_query(ads_spend, "CAC in May", "also ROAS")["metrics"] == ["cac", "roas"]


def test_filter_replaces_only_its_own_dimension(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "Meta spend in May", "only mobile", "what about Google?")
    assert found["filters"] == [
        {"dimension": "device", "op": "in", "values": ["Mobile"]},
        {"dimension": "platform", "op": "in", "values": ["Google"]},
    ]


def test_comparison_moves_with_the_period(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "CAC last month vs the month before", "what about April?")
    assert found["period"] == {"start": "2025-04-01", "end": "2025-04-30"}
    assert found["comparison"] == {"start": "2025-03-01", "end": "2025-03-31"}


def test_days_before_that_lean_on_the_last_period(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "spend last 30 days vs the prior 30 days", "what about the 30 days before that?")
    assert found["period"] == {"start": "2025-05-02", "end": "2025-05-31"}


def test_drop_the_filter(ads_spend: Assistant) -> None:
    assert last_query(ads_spend, "Meta spend in May by country", "drop the filter")["filters"] == []


def test_correction(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "spend by country in May", "no, I meant clicks")
    assert (found["metrics"], found["dimensions"]) == (["clicks"], ["country"])


def test_question_that_stands_alone_starts_afresh(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "Meta CAC by country in May", "spend by platform last month")
    assert (found["filters"], found["dimensions"]) == ([], ["platform"])
    assert found["period"]["start"] == "2025-06-01"


def test_top_3_limits_the_last_breakdown(ads_spend: Assistant) -> None:
    found = last_query(ads_spend, "CAC by country in May", "top 3")
    assert (found["order"], found["limit"]) == ({"by": "cac", "descending": False}, 3)


def test_a_refused_turn_leaves_the_last_question_in_place(ads_spend: Assistant) -> None:
    assert last_query(ads_spend, "CAC by country in May", "profit?", "and ROAS?")["dimensions"] == ["country"]


def test_clarification_is_answered_by_number_or_name(ads_spend: Assistant) -> None:
    by_number = last_query(ads_spend, "search spend last month", "2")
    by_name = last_query(ads_spend, "search spend last month", "Generic_Search")
    assert by_number == by_name
    assert by_name["filters"][0]["values"] == ["Generic_Search"]


def test_conversations_do_not_mix(ads_spend: Assistant) -> None:
    one, other = ads_spend.conversation(today=TODAY), ads_spend.conversation(today=TODAY)
    one.ask("Meta spend in May")
    answer = other.ask("and ROAS?")
    assert answer.query is None or not answer.query.filters
