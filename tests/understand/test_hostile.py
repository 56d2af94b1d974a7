"""Anything a person can type gets a calm answer, and data is never changed by words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant

TODAY = date(2025, 7, 1)
MESSAGES = [
    "",
    "   ",
    "?",
    "🤷‍♀️",
    "x" * 10_000,
    "spend " * 2_000,
    "SELECT * FROM users; DROP TABLE facts; --",
    "<script>alert(1)</script>",
    "![x](https://evil.example/a.png)",
    "spend\x00by\x00platform",
    "كم أنفقنا الشهر الماضي؟",
    "我们上个月花了多少钱",
    "'; DELETE FROM batches; --",
    'spend for "\' OR 1=1 --"',
    "top 0 campaigns by spend",
    "top 99999999999999999999 campaigns by spend",
    "CAC above -3",
    "spend between 5",
    "vs vs vs",
    "by by by",
    "February 30 spend",
    "spend from June 30 to June 1",
]

WORDS = (
    *("spend", "CAC", "ROAS", "Meta", "Google", "campaign", "mobile", "last month", "May", "2025", "previous period"),
    *("by", "vs", "and", "not", "top", "5", "above", "3", "%", "only", "except", "share", "of", "best", "worst", "per"),
    *("average", "day", "trend", "compare", "between", "the", "what", "is", "why", "forecast", ",", "?", "'", '"'),
)


@pytest.mark.parametrize("message", MESSAGES)
def test_strange_messages_get_a_calm_answer(ads_spend: Assistant, message: str) -> None:
    answer = ads_spend.conversation(today=TODAY).ask(message)
    assert answer.status != "error", answer.text
    assert 0 < len(answer.text) < 800
    assert "Traceback" not in answer.text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9))  # fmt: skip
def test_no_order_of_known_words_breaks_it(ads_spend: Assistant, words: list[str]) -> None:
    answer = ads_spend.conversation(today=TODAY).ask(" ".join(words))
    assert answer.status != "error", (words, answer.text)


def test_case_and_politeness_change_nothing(ads_spend: Assistant) -> None:
    plain = ads_spend.translate("CAC by platform last month", today=TODAY).query
    for variant in ("cac BY Platform LAST month??", "please show me the CAC by platform last month, thanks"):
        assert ads_spend.translate(variant, today=TODAY).query == plain
