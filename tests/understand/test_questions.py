"""Traps of understanding, one test each. The evaluation cases cover the breadth; these say why a rule exists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer

TODAY = date(2025, 7, 1)


def read(assistant: Assistant, question: str) -> Answer:
    return assistant.translate(question, today=TODAY)


def query(assistant: Assistant, question: str) -> dict[str, Any]:
    answer = read(assistant, question)
    assert answer.query is not None, answer.text
    return answer.query.model_dump(mode="json")


def filters(assistant: Assistant, question: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f["dimension"], f["op"], tuple(f["values"])) for f in query(assistant, question)["filters"]]


def test_no_period_means_the_last_30_days(ads_spend: Assistant) -> None:
    assert query(ads_spend, "spend")["period"] == {"start": "2025-06-01", "end": "2025-06-30"}


def test_not_turns_a_filter_around(ads_spend: Assistant) -> None:
    assert filters(ads_spend, "spend not on Meta last month") == [("platform", "not in", ("Meta",))]
    assert filters(ads_spend, "spend on all platforms except Meta") == [("platform", "not in", ("Meta",))]


def test_give_us_is_no_country_but_in_the_us_is(ads_spend: Assistant) -> None:
    assert filters(ads_spend, "give us spend for May") == []
    assert filters(ads_spend, "spend in the us in May") == [("country", "in", ("US",))]
    assert filters(ads_spend, "US spend in May") == [("country", "in", ("US",))]


def test_in_is_a_preposition_not_india(ads_spend: Assistant) -> None:
    assert filters(ads_spend, "spend in May") == []


def test_bottom_of_a_cost_metric_is_the_highest(ads_spend: Assistant) -> None:
    assert query(ads_spend, "bottom 3 countries by CAC")["order"] == {"by": "cac", "descending": True}
    assert query(ads_spend, "best country by CAC")["order"] == {"by": "cac", "descending": False}
    assert query(ads_spend, "lowest CAC campaign")["order"] == {"by": "cac", "descending": False}


def test_singular_superlative_asks_for_one(ads_spend: Assistant) -> None:
    assert query(ads_spend, "which campaign has the highest ROAS")["limit"] == 1
    assert query(ads_spend, "campaigns with the highest ROAS")["limit"] is None


def test_percent_of_a_rate_is_a_fraction(ads_spend: Assistant) -> None:
    assert query(ads_spend, "campaigns with CTR above 2%")["filters"][0]["values"] == [0.02]
    assert query(ads_spend, "campaigns with CTR above 2")["filters"][0]["values"] == [0.02]
    assert query(ads_spend, "campaigns with spend over 1.5k")["filters"][0]["values"] == [1500]


def test_a_vs_b_of_members_is_a_filter_and_a_breakdown(ads_spend: Assistant) -> None:
    found = query(ads_spend, "Meta vs Google CAC last month")
    assert found["dimensions"] == ["platform"]
    assert found["filters"] == [{"dimension": "platform", "op": "in", "values": ["Google", "Meta"]}]
    assert found["comparison"] is None


def test_records_look_at_all_loaded_days(ads_spend: Assistant) -> None:
    found = query(ads_spend, "best month for ROAS")
    assert found["period"] == {"start": "2025-01-01", "end": "2025-06-30"}
    assert (found["grain"], found["limit"]) == ("month", 1)


def test_typo_is_forgiven_where_one_word_is_clearly_nearest(ads_spend: Assistant) -> None:
    assert query(ads_spend, "spned by platfrom last month")["dimensions"] == ["platform"]
    assert filters(ads_spend, "brand serch spend in June") == [("campaign", "in", ("Brand_Search",))]


def test_word_of_several_names_is_asked_about(ads_spend: Assistant) -> None:
    answer = read(ads_spend, "search spend last month")
    assert answer.status == "needs_clarification"
    assert [option.label for option in answer.options] == ["Brand_Search", "Generic_Search", "All of them"]


def test_every_option_is_a_question_that_is_understood(ads_spend: Assistant) -> None:
    for option in read(ads_spend, "search spend last month").options:
        assert query(ads_spend, option.question)["metrics"] == ["spend"]


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Instagram spend last month", "needs_clarification"),  # a part the data does not separate
        ("sales last month", "needs_clarification"),  # revenue or conversions
        ("average spend last month", "needs_clarification"),  # per what?
        ("highest CAC", "needs_clarification"),  # of what?
        ("flurb spend last month", "needs_clarification"),  # an unknown word is never dropped
        ("spend per visitor", "cannot_answer"),
        ("spend in the UK", "cannot_answer"),  # known name, not loaded
        ("TikTok spend", "cannot_answer"),
        ("what are my worst performing ads?", "cannot_answer"),  # no ad-level data
        ("profit by campaign", "cannot_answer"),
        ("forecast spend for August", "cannot_answer"),
        ("delete all rows from March", "cannot_answer"),
        ("why did CAC go up?", "cannot_answer"),
        ("revenue by age", "cannot_answer"),
        ("spend next month", "cannot_answer"),
    ],
)
def test_asks_or_declines_instead_of_guessing(ads_spend: Assistant, question: str, status: str) -> None:
    answer = read(ads_spend, question)
    assert answer.status == status, answer.text
    assert answer.query is None


def test_what_is_defines_but_what_is_our_asks(ads_spend: Assistant) -> None:
    conversation = ads_spend.conversation(today=TODAY)
    assert conversation.ask("what is CAC?").kind == "define"
    assert conversation.ask("what is our CAC?").kind == "metrics"


def test_without_data_known_names_still_translate(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assistant = Assistant.open(tmp_path)
    found = assistant.translate("facebook spend last month", today=TODAY)
    assert found.query is not None
    assert found.query.member_filters[0].values == ("Meta",)
    assistant.close()


def test_today_given_is_never_shifted(ads_spend: Assistant) -> None:
    answer = ads_spend.conversation(today=date(2025, 12, 1)).ask("spend last 30 days")
    assert answer.query is not None and answer.query.period.end == date(2025, 11, 30)
    assert answer.rows == []
