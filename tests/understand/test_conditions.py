"""Conditions on results: movements, shares, one or the other, names by a piece. Each test is a trap that was met."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant import Assistant

TODAY = date(2025, 7, 1)


def query(assistant: Assistant, question: str) -> dict[str, Any]:
    answer = assistant.translate(question, today=TODAY)
    assert answer.query is not None, answer.text
    return answer.query.model_dump(mode="json")


def filters(assistant: Assistant, question: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query(assistant, question)["filters"]
    return found


def condition(metric: str, op: str, value: float) -> dict[str, Any]:
    return {"metric": metric, "op": op, "values": [value]}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("campaigns whose ROAS fell last month", condition("roas_change", "<", 0)),
        ("which countries saw CAC go up in June vs May", condition("cac_change", ">", 0)),
        ("which campaigns grew spend last month", condition("spend_change", ">", 0)),
        ("campaigns where spend dropped by more than 10% last month", condition("spend_change", "<", -0.1)),
        ("countries whose CAC improved last month", condition("cac_change", "<", 0)),  # a lower CAC is better
        ("campaigns whose conversions rose by at least 5% last month", condition("conversions_change", ">=", 0.05)),
    ],
)
def test_a_movement_in_a_condition_filters(ads_spend: Assistant, question: str, expected: dict[str, Any]) -> None:
    assert filters(ads_spend, question) == [expected]
    assert query(ads_spend, question)["comparison"] == {"start": "2025-05-01", "end": "2025-05-31"}


def test_got_worse_without_a_metric_orders_and_keeps_all(ads_spend: Assistant) -> None:
    found = query(ads_spend, "which campaign got worse last month")
    assert (found["filters"], found["order"]) == ([], {"by": "roas_change", "descending": False})


def test_the_campaigns_that_fell_most_are_ranked_not_filtered(ads_spend: Assistant) -> None:
    found = query(ads_spend, "the three campaigns whose ROAS fell the most last month")
    assert (found["filters"], found["limit"]) == ([], 3)


def test_or_between_conditions_is_kept(ads_spend: Assistant) -> None:
    either = [condition("cac", ">", 40), condition("roas", "<", 2)]
    assert filters(ads_spend, "campaigns with CAC above 40 or ROAS below 2") == [{"any_of": either}]
    assert filters(ads_spend, "campaigns with CAC under 20 or over 100") == [
        {"any_of": [condition("cac", "<", 20), condition("cac", ">", 100)]}
    ]


def test_a_percentage_of_a_sum_is_a_share(ads_spend: Assistant) -> None:
    found = query(ads_spend, "campaigns with more than 25% of spend")
    assert found["filters"] == [condition("spend_share", ">", 0.25)]
    assert found["extras"] == [{"kind": "share", "metric": "spend"}]


def test_account_for_is_no_account(ads_spend: Assistant) -> None:
    assert query(ads_spend, "which campaigns account for more than 30% of conversions")["dimensions"] == ["campaign"]


def test_clicks_but_no_conversions_are_two_conditions(ads_spend: Assistant) -> None:
    found = filters(ads_spend, "campaigns with clicks but no conversions")
    assert found == [condition("clicks", ">", 0), condition("conversions", "<=", 0)]


@pytest.mark.parametrize(
    "question",
    [
        "spend for campaigns with search in the name",
        'spend of campaigns whose name contains "search"',
        "spend of campaigns ending with search",
    ],
)
def test_a_piece_of_a_name_picks_all_that_have_it(ads_spend: Assistant, question: str) -> None:
    assert filters(ads_spend, question)[0]["values"] == ["Brand_Search", "Generic_Search"]


def test_months_when_spend_fell_are_against_the_month_before(ads_spend: Assistant) -> None:
    found = query(ads_spend, "months when spend fell")
    assert (found["grain"], found["filters"]) == ("month", [condition("spend_growth", "<", 0)])


def test_are_all_asks_for_every_one(ads_spend: Assistant) -> None:
    """Brand_Search's CAC is 31.28 in June, the highest of the four."""
    conversation = ads_spend.conversation(today=TODAY)
    assert conversation.ask("are all campaigns under 32 CAC?").text.startswith("Yes, all 4 campaigns.")
    assert conversation.ask("are all campaigns under 30 CAC?").text.startswith("No: 2 of 4 campaigns.")
    assert conversation.ask("is any campaign above 32 CAC?").text.startswith("No: no campaign does.")


def test_a_comparator_before_a_number_is_a_limit_however_it_is_spelled(ads_spend: Assistant) -> None:
    """'above 3 last month' with a typo once became 'the last 3 months' as a comparison."""
    found = query(ads_spend, "campaigns with roas aboev 3 last month")
    assert found["filters"] == [condition("roas", ">", 3)] and found["comparison"] is None


def test_what_no_member_meets_is_said_so(ads_spend: Assistant) -> None:
    answer = ads_spend.conversation(today=TODAY).ask("campaigns with CAC above 90 last month")
    assert answer.text == "No campaign meets that in 1–30 June 2025: CAC above 90.00."
