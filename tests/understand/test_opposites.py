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
