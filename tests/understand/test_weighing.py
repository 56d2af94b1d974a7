"""Two things weighed against each other, leaders of each group, places, and what is behind a figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer

TODAY = date(2025, 7, 1)


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.conversation(today=TODAY).ask(question)


def query(assistant: Assistant, question: str) -> dict[str, Any]:
    answer = assistant.translate(question, today=TODAY)
    assert answer.query is not None, answer.text
    return answer.query.model_dump(mode="json")


def test_more_than_another_member_is_answered_yes_or_no(ads_spend: Assistant) -> None:
    """June: Google spent 145,943, Meta 139,093; Meta's CAC is the lower one."""
    answer = ask(ads_spend, "did Meta spend more than Google last month?")
    assert answer.text.startswith("No: Google has more.")
    assert answer.query is not None and answer.query.dimensions == ("platform",)
    assert ask(ads_spend, "is Meta cheaper than Google on CAC?").text.startswith("Yes: Meta's is lower.")
    assert not ask(ads_spend, "how much more did we spend on Google than Meta").text.startswith("Yes")


@pytest.mark.parametrize(
    "question", ["did we spend more in June than in May?", "was spend higher in June than May?", "spend in June vs May"]
)
def test_more_than_in_another_month_is_a_comparison(ads_spend: Assistant, question: str) -> None:
    found = query(ads_spend, question)
    assert (found["metrics"], found["comparison"]) == (["spend"], {"start": "2025-05-01", "end": "2025-05-31"})


def test_the_better_of_two_leads(ads_spend: Assistant) -> None:
    assert query(ads_spend, "who has the better ROAS, Meta or Google")["order"] == {"by": "roas", "descending": True}
    assert query(ads_spend, "which platform has the lower CPC")["limit"] == 1


def test_a_platform_that_is_not_loaded_is_not_set_against_one_that_is(ads_spend: Assistant) -> None:
    assert ads_spend.translate("Snapchat vs Meta ROAS", today=TODAY).status == "cannot_answer"


def test_best_in_each_is_one_of_each(ads_spend: Assistant) -> None:
    found = query(ads_spend, "top campaign in each country by ROAS last month")
    assert found["dimensions"] == ["country", "campaign"]
    assert found["top"] == {"dimension": "campaign", "by": "roas", "descending": True, "n": 1, "within": ["country"]}
    assert len(ask(ads_spend, "top campaign in each country by ROAS last month").rows) == 4


def test_top_by_week_stays_one_pick_for_the_whole_period(ads_spend: Assistant) -> None:
    assert "within" not in query(ads_spend, "top 2 campaigns by spend by week in June")["top"]


def test_where_it_ranks_is_among_all_members(ads_spend: Assistant) -> None:
    """June's ROAS: Retargeting 3.54, Prospecting 3.36, Generic_Search 3.29, Brand_Search 3.20."""
    assert ask(ads_spend, "where does Brand_Search rank by ROAS last month").rows[0]["roas_rank"] == 4


def test_month_over_month_growth_over_several_months_is_a_column(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "month over month growth in conversions this year")
    now, before = (row["conversions"] for row in (answer.rows[-1], answer.rows[-2]))
    assert answer.rows[-1]["conversions_growth"] == pytest.approx(now / before - 1)


def test_and_why_shows_what_the_figure_is_made_of_and_claims_no_cause(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "what was our CAC last month, and why did it move?")
    assert answer.query is not None
    assert answer.query.metrics == ("cac", "spend", "conversions") and answer.query.comparison is not None
    assert "not_a_cause" in {note.code for note in answer.notes}
    alone = ask(ads_spend, "why did CAC move last month?")
    assert (alone.status, alone.kind) == ("cannot_answer", "explain")
    assert "CAC" in alone.options[0].question and "last month" in alone.options[0].question


def test_share_of_weekends_is_one_figure(ads_spend: Assistant) -> None:
    assert [row["day_type"] for row in ask(ads_spend, "weekend share of spend in June").rows] == ["Weekend"]


def test_cheapest_clicks_are_the_lowest_cpc(ads_spend: Assistant) -> None:
    assert query(ads_spend, "cheapest clicks by country")["order"] == {"by": "cpc", "descending": False}


def test_portuguese_no_is_on_the_not_without(ads_spend: Assistant) -> None:
    assert query(ads_spend, "quanto gastamos no Google em junho")["filters"] == [
        {"dimension": "platform", "op": "in", "values": ["Google"]}
    ]


def test_make_us_is_no_country(ads_spend: Assistant) -> None:
    assert query(ads_spend, "how much revenue did each campaign make us last month")["filters"] == []


@pytest.mark.parametrize(
    ("question", "metrics"),
    [("cusyomer acquisition cost by country", ["cac"]), ("spnd by contry", ["spend"]), ("c a c by country", ["cac"])],
)
def test_misspelled_and_spelled_out_words(ads_spend: Assistant, question: str, metrics: list[str]) -> None:
    found = query(ads_spend, question)
    assert (found["metrics"], found["dimensions"]) == (metrics, ["country"])


@pytest.mark.parametrize("question", ["mrch CPM", "spend LQ on Brazil LQX"])
def test_a_short_unknown_word_is_never_taken_for_one_that_may_be_dropped(ads_spend: Assistant, question: str) -> None:
    answer = ads_spend.translate(question, today=TODAY)
    assert answer.query is None or str(answer.query.period.start) != "2025-06-01"


def test_the_difference_between_two_metrics_is_defined(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "what's the difference between CTR and CVR?")
    assert answer.kind == "define" and "CTR:" in answer.text and "CVR:" in answer.text
    assert ask(ads_spend, "is CPA the same as CAC").text.startswith("The two are one metric here.")


@pytest.mark.parametrize("dimension", ["platform", "country", "campaign", "device", "account", "day of week"])
def test_a_breakdown_sums_to_its_total(ads_spend: Assistant, dimension: str) -> None:
    total = ask(ads_spend, "spend in Q2").rows[0]["spend"]
    parts = ask(ads_spend, f"spend by {dimension} in Q2").rows
    assert sum(row["spend"] for row in parts) == pytest.approx(total)


def test_lower_on_weekends_is_against_weekdays_not_against_the_period_before(ads_spend: Assistant) -> None:
    """June's CAC: 28.18 at weekends, 30.53 on weekdays."""
    answer = ask(ads_spend, "is CAC lower on weekends last month?")
    assert answer.text.startswith("Yes: Weekend's is lower.")
    assert answer.query is not None and answer.query.comparison is None
    assert query(ads_spend, "do we spend more on weekends than on weekdays")["dimensions"] == ["day_type"]


def test_a_comparison_of_listed_members_breaks_down_by_them(ads_spend: Assistant) -> None:
    found = query(ads_spend, "US, Canada and Mexico ROAS comparison June")
    assert (found["dimensions"], found["comparison"]) == (["country"], None)


def test_less_is_no_order(ads_spend: Assistant) -> None:
    assert ads_spend.translate("revenue less spend by campaign", today=TODAY).status == "needs_clarification"


def test_how_many_improved_counts_those_that_did(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "how many campaigns improved ROAS last month")
    assert answer.text.startswith("3 campaigns.") and len(answer.rows) == 3
