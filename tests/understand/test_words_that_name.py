"""Words that look idle and name something: 'display' as a campaign, 'drives' as a cause, 'to' as a misheard two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Answer
from kpi.settings import Settings

TODAY = date(2025, 7, 1)


def ask(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation(today=TODAY)
    for turn in turns:
        answer = conversation.ask(turn)
    return answer


@pytest.fixture(scope="module")
def with_display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Two campaigns of June, one with 'display' in its name: 7 of 107 spent."""
    folder = tmp_path_factory.mktemp("display")
    rows = "date,platform,campaign,spend\n2025-06-02,Google,Display_Retargeting,7\n2025-06-02,Meta,Brand_Search,100\n"
    (folder / "ads.csv").write_text(rows, encoding="utf-8")
    assistant = Assistant.open(folder / "workspace", Settings.load())
    assistant.load_file(folder / "ads.csv")
    yield assistant
    assistant.close()


@pytest.mark.parametrize(
    "turns",
    [
        ("Google display spend last month",),
        ("spend of display last month",),
        ("show display spend last month",),
        ("last month's spend on the display campaign",),
        ("spend last month", "only display"),
        ("display spend last month", "Display_Retargeting"),
    ],
)
def test_display_is_a_campaign_where_one_is_called_so(with_display: Assistant, turns: tuple[str, ...]) -> None:
    assert [row["spend"] for row in ask(with_display, *turns).rows] == [7]


@pytest.mark.parametrize(
    "question",
    ["please display spend last month", "can you display spend last month", "display the spend of last month"],
)
def test_display_is_a_verb_where_it_shows(with_display: Assistant, question: str) -> None:
    assert [row["spend"] for row in ask(with_display, question).rows] == [107]


@pytest.mark.parametrize("question", ["display spend last month", "display campaign spend last month"])
def test_display_that_may_be_either_is_asked_about(with_display: Assistant, question: str) -> None:
    assert ask(with_display, question).status == "needs_clarification"


def test_display_of_nothing_loaded_is_not_dropped(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "google display cac last month").status == "needs_clarification"
    assert ask(ads_spend, "display spend last month").status == "answered"


@pytest.mark.parametrize("question", ["what drives conversions", "what drove our CAC on Meta in May"])
def test_what_drives_a_figure_asks_for_a_cause(ads_spend: Assistant, question: str) -> None:
    answer = ask(ads_spend, question)
    assert (answer.status, answer.kind) == ("cannot_answer", "explain")


def test_what_really_drives_a_figure_is_not_the_figure(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "what really drives conversions").status == "needs_clarification"


@pytest.mark.parametrize("verb", ["drives", "drove", "brings"])
def test_what_a_campaign_drives_is_what_it_has(ads_spend: Assistant, verb: str) -> None:
    query = ask(ads_spend, f"which campaign {verb} the most conversions").query
    assert query is not None and query.order is not None
    assert (query.dimensions, query.order.by, query.limit) == (("campaign",), "conversions", 1)


@pytest.mark.parametrize(
    "question",
    [
        "average cac of the top 3 campaigns",
        "average roas of the bottom 2 countries in may",
        "average of the top 3 campaigns by cac",
    ],
)
def test_the_average_of_leaders_is_no_list_of_them(ads_spend: Assistant, question: str) -> None:
    answer = ask(ads_spend, question)
    assert answer.status == "needs_clarification"
    listed = ask(ads_spend, answer.options[0].question)
    assert listed.query is not None and listed.query.limit in {2, 3}


@pytest.mark.parametrize("slip", ["last moth", "last momth", "last monyh", "last mnth", "lasst month"])
def test_last_month_misspelled_is_no_record_low(ads_spend: Assistant, slip: str) -> None:
    query = ask(ads_spend, f"spend {slip}").query
    assert query is not None and query.grain is None
    assert (query.period.start, query.period.end) == (date(2025, 6, 1), date(2025, 6, 30))


def test_last_in_front_of_no_unit_is_not_least(ads_spend: Assistant) -> None:
    assert ask(ads_spend, "spend last foo").status == "needs_clarification"
    assert ask(ads_spend, "spend las month").status == "needs_clarification"


@pytest.mark.parametrize("question", ["CAC blow 30 in May", "campaigns with CAC blow 30 in May"])
def test_a_number_in_a_month_is_no_day(ads_spend: Assistant, question: str) -> None:
    assert ask(ads_spend, question).status == "needs_clarification"
    days = ask(ads_spend, "spend on 30 in May").query
    assert days is not None and days.period.start == days.period.end == date(2025, 5, 30)


@pytest.mark.parametrize("heard", ["to", "too"])
def test_top_two_misheard_is_asked_about(ads_spend: Assistant, heard: str) -> None:
    assert ask(ads_spend, f"top {heard} campaigns by spend").status == "needs_clarification"
    query = ask(ads_spend, f"top {heard} campaigns by spend", "yes").query
    assert query is not None and query.limit == 2


@pytest.mark.parametrize("said", ["-5", "- 5", "−5", "minus 5"])
def test_a_conversion_of_less_than_nothing_is_not_set(ads_spend: Assistant, said: str) -> None:
    assert ask(ads_spend, f"count a conversion as {said}").status == "needs_clarification"


@pytest.mark.parametrize("question", ["ROAS above -5 by campaign", "campaigns with spend change below -10%"])
def test_a_negative_limit_does_not_lose_its_sign(ads_spend: Assistant, question: str) -> None:
    assert ask(ads_spend, question).status == "needs_clarification"
