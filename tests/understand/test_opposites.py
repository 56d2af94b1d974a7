"""Questions once answered with the opposite of what they ask, or with a condition lost, each by its trap.

Figures of May 2025 are worked out from the file by hand-written SQL.
"""

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


@pytest.mark.parametrize(
    ("question", "dimension", "members"),
    [
        ("all platforms but google: roas in may", "platform", ("Google",)),
        ("every campaign but retargeting: spend in may", "campaign", ("Retargeting",)),
        ("any country but brazil, cac in may", "country", ("BR",)),
        ("cac in may for all our countries but brazil and mexico", "country", ("BR", "MX")),
        ("each device but desktop, cpc may", "device", ("Desktop",)),
        ("countries but brazil, cac in may", "country", ("BR",)),
    ],
)
def test_all_but_a_member_leaves_it_out(
    ads_spend: Assistant, question: str, dimension: str, members: tuple[str, ...]
) -> None:
    query = ask(ads_spend, question).query
    assert query is not None
    assert [(f.dimension, f.op, f.values) for f in query.member_filters] == [(dimension, "not in", members)]


def test_but_elsewhere_only_joins(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "spend by campaign in may, but only on Meta").query
    assert query is not None
    assert [(f.op, f.values) for f in query.member_filters] == [("in", ("Meta",))]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("which country has a lower cac on google than on meta", "google"),
        ("countries where Meta's CAC is lower than Google's", "lower than"),
        ("campaigns where mobile CAC is higher than desktop CAC", "desktop"),
        ("accounts where Google beats Meta on ROAS", "beats"),
        ("days when Meta spent more than Google in May", "days"),
        ("is cac higher on mobile than desktop by campaign", "mobile"),
        ("was Meta's daily spend higher than Google's in May", "daily"),
    ],
)
def test_a_condition_between_two_members_is_not_dropped(ads_spend: Assistant, question: str, words: str) -> None:
    answer = ask(ads_spend, question)
    assert answer.status == "needs_clarification" and words in answer.text
    assert all(ask(ads_spend, option.question).status == "answered" for option in answer.options)


def test_two_members_alone_are_still_weighed(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "did Meta spend more than Google in May").text.startswith("Yes: Meta has more.")


@pytest.mark.parametrize("question", ["US spend on Canadian campaigns", "Mexican clicks by campaign in Brazil"])
def test_two_countries_in_two_roles_are_not_added_up(ads_spend: Assistant, question: str) -> None:
    assert ask(ads_spend, question).status == "needs_clarification"


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("was CAC below 32 each week in May?", "No: 2 of 5 weeks."),
        ("did we spend over 9000 every day in May?", "No: 19 of 31 days."),
        ("did we spend over 5000 on all days in May?", "Yes, all 31 days."),
        ("was cac below 32 in every country in may", "No: 2 of 4 countries."),
        ("was cac below 35 in every country each week in may", "No: 15 of 20 combinations."),
    ],
)
def test_every_bucket_has_to_pass(ads_spend: Assistant, question: str, begins: str) -> None:
    assert ask(ads_spend, question).text.startswith(begins)


def test_every_month_without_a_period_is_every_loaded_one(ads_spend: Assistant) -> None:
    answer = ask(ads_spend, "was ROAS above 3 in every month?")
    assert answer.text.startswith("Yes, all 6 months.") and len(answer.rows) == 6


@pytest.mark.parametrize(
    "question", ["did ROAS stay above 3 all year?", "did any campaign spend over 3000 every day in May?"]
)
def test_every_what_is_asked_back(ads_spend: Assistant, question: str) -> None:
    answer = ask(ads_spend, question)
    assert answer.status == "needs_clarification"
    assert all(ask(ads_spend, option.question).status == "answered" for option in answer.options)


@pytest.mark.parametrize(
    ("question", "begins", "rows"),
    [
        ("is brazil the cheapest country for cac in may?", "No: MX is.", 4),
        ("is mexico the cheapest country for cac in may?", "Yes: MX is.", 4),
        ("is Meta our worst platform on cac in may?", "Yes: Meta is.", 2),
        ("is prospecting our top campaign by spend in may?", "No: Generic_Search is.", 4),
        ("is Retargeting in our top 3 campaigns by spend in may", "No: Retargeting is number 4.", 4),
        ("does Google have the lowest cac of all platforms in may?", "Yes: Google is.", 2),
    ],
)
def test_a_member_said_to_lead_is_set_against_all(ads_spend: Assistant, question: str, begins: str, rows: int) -> None:
    answer = ask(ads_spend, question)
    assert answer.text.startswith(begins) and len(answer.rows) == rows


def test_a_member_said_to_lead_behind_a_breakdown(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "cac by platform in may", "is Google the worst?").text.startswith("No: Meta is.")


@pytest.mark.parametrize(
    "question",
    [
        "mobile's share of spend within each country in May",
        "share of each platform in each country's spend, May",
        "what percentage of each country's spend is mobile",
        "mobile's share of spend by country",
    ],
)
def test_a_share_of_each_group_is_no_share_of_all(ads_spend: Assistant, question: str) -> None:
    answer = ask(ads_spend, question)
    assert answer.status == "needs_clarification"
    assert [ask(ads_spend, option.question).status for option in answer.options] == ["answered"]


def test_shares_of_the_whole_are_still_shown(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "share of spend in each country").status == "answered"
    assert ask(ads_spend, "share of Meta spend by country").status == "answered"
    assert ask(ads_spend, "Meta's share of spend by month").status == "answered"  # of each month
    assert ask(ads_spend, "what percentage of revenue came from each campaign on google in May").status == "answered"


@pytest.mark.parametrize(
    ("question", "said", "known"),
    [
        ("AcctD spend", "AcctD", "AcctA"),
        ("acctd conversions last month", "acctd", "AcctB"),
        ("campaign X cac last month", "X", "Retargeting"),
        ("campaign A spend", "A", "Retargeting"),
        ("platform Y clicks", "Y", "Meta"),
        ("country Z spend", "Z", "CA"),
        ("campaign7 spend", "campaign7", "Retargeting"),
    ],
)
def test_an_unknown_member_is_no_breakdown(ads_spend: Assistant, question: str, said: str, known: str) -> None:
    answer = ask(ads_spend, question)
    assert answer.status == "cannot_answer" and f"“{said}”" in answer.text and known in answer.text


def test_a_number_behind_a_name_is_no_typo(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "brand_search2 spend").query is None


def test_letters_behind_a_plural_are_not_said_to_be_missing(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "accounts A and B, spend in May").status == "needs_clarification"


def test_x_still_joins_two_breakdowns(ads_spend: Assistant) -> None:
    query = ask(ads_spend, "spend by campaign X device").query
    assert query is not None and query.dimensions == ("campaign", "device")


@pytest.mark.parametrize(
    ("question", "by", "order", "members"),
    [
        ("top 2 countries by conversions in may, sort by cac", "conversions", "cac", ["CA", "US"]),
        ("bottom 2 campaigns by roas ordered by spend in may", "roas", "spend", ["Prospecting", "Brand_Search"]),
    ],
)
def test_leaders_in_another_order_stay_as_many(
    ads_spend: Assistant, question: str, by: str, order: str, members: list[str]
) -> None:
    answer = ask(ads_spend, question)
    assert answer.query is not None and answer.query.top is not None and answer.query.order is not None
    assert (answer.query.top.by, answer.query.top.n, answer.query.order.by) == (by, 2, order)
    assert [row[answer.query.dimensions[0]] for row in answer.rows] == members


def test_sorting_leaders_that_are_shown_keeps_them(ads_spend: Assistant) -> None:
    rows = ask(ads_spend, "top 2 campaigns by spend in may", "sort by cac").rows
    assert [row["campaign"] for row in rows] == ["Generic_Search", "Prospecting"]


@pytest.mark.parametrize(
    ("question", "limit", "members"),
    [
        ("countries where May spend exceeded April spend", ("spend_change", ">"), ["BR", "US", "CA"]),
        ("which countries spent more in May than in April", ("spend_change", ">"), ["BR", "US", "CA"]),
        ("campaigns with better roas in May than in April", ("roas_change", ">"), ["Retargeting"]),
        ("which campaign had higher spend in May than April", ("spend_change", ">"), ["Generic_Search", "Prospecting"]),
    ],
)
def test_more_than_in_the_month_before_picks_members(
    ads_spend: Assistant, question: str, limit: tuple[str, str], members: list[str]
) -> None:
    answer = ask(ads_spend, question)
    assert answer.query is not None
    [condition] = answer.query.metric_filters
    assert (condition.metric, condition.op, condition.values) == (*limit, (0.0,))
    assert [row[answer.query.dimensions[0]] for row in answer.rows] == members


def test_lower_than_last_month_by_campaign_is_a_condition(ads_spend: Assistant) -> None:
    rows = ask(ads_spend, "ROAS in May lower than in April by campaign").rows
    assert rows and all(row["roas_change"] < 0 for row in rows) and len(rows) < 4


def test_lower_than_before_in_every_country_is_counted(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "was cac lower in May than in April in every country").text.startswith(
        "No: 1 of 4 countries."
    )


def test_days_above_another_month_are_asked_back(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "weeks when spend was higher than last month").status == "needs_clarification"
