"""However the endpoint fails: a calm note within the time limit, and the rules' own answer stays."""

from __future__ import annotations

import logging
import socket
import time
from datetime import date
from typing import Any

import pytest
from standin import calls, calls_raw, drips, fails, hangs, hangs_up, says, sends, shows_a_web_page

from assistant import Assistant
from kpi.settings import Settings

TODAY = date(2025, 7, 1)
QUESTION = "what did the nordics cost us last month?"
GOOD = {
    "metrics": ["spend"],
    "filters": [{"dimension": "country", "op": "in", "values": ["SE", "NO"]}],
    "period": "last month",
}


def fails_calmly(conversation: Any, says_why: str) -> None:
    answer = conversation.ask(QUESTION)
    assert (answer.status, answer.route) == ("cannot_answer", "rules"), answer.text
    assert "nordics" in answer.text, "the rules' own question back"
    (note,) = answer.notes
    assert note.code == "model_failed"
    assert says_why in note.text
    assert "key-of-a-test" not in answer.model_dump_json()


@pytest.mark.parametrize(
    ("step", "says_why"),
    [
        (fails(401, "Incorrect API key provided: key-of-a-test"), "refused the key"),
        (fails(403), "refused the key"),
        (fails(429), "busy or its quota"),
        (fails(404), "check LLM_MODEL"),
        (fails(400), "refused the request"),
        (fails(500), "reported a fault"),
        (fails(503), "reported a fault"),
        (shows_a_web_page(), "not a language model's endpoint"),
        (sends(b""), "not a language model's endpoint"),
        (sends(b"null"), "not a language model's endpoint"),
        (sends(b'{"choices": []}'), "not a language model's endpoint"),
        (sends(b'{"object": "chat.completion", "choices": [{"index": 0'), "not a language model's endpoint"),
        (hangs_up(), "can't be reached"),
        (calls_raw("query_kpis", '{"metrics": ["spend"'), "no usable answer"),
        (calls_raw("query_kpis", "[1, 2]"), "no usable answer"),
        (calls_raw("query_kpis", '{"metrics": ["spend"]}', reason="length"), "cut off"),
        (says("I think you want spend."), "no usable answer"),
        (says(""), "no usable answer"),
        (calls("no_such_tool"), ""),
    ],
)
def test_a_failure_has_a_name_and_the_rules_answer_stays(
    conversation: Any, stand_in: Any, step: Any, says_why: str
) -> None:
    stand_in.plays(step)
    if says_why:
        fails_calmly(conversation, says_why)
    else:
        assert conversation.ask(QUESTION).status == "needs_clarification"
    assert len(stand_in.requests) <= 2, "no endless loop of calls"


@pytest.mark.parametrize("step", [hangs(10), drips(10)])
def test_silence_and_dripping_end_at_the_limit(open_assistant: Any, stand_in: Any, step: Any) -> None:
    conversation = open_assistant(llm_timeout_seconds=2).conversation(today=TODAY)
    stand_in.plays(calls("cannot_place", readings=[]))
    conversation.ask(QUESTION)  # the first one loads LangChain, which takes longer than that
    stand_in.plays(step)
    started = time.monotonic()
    fails_calmly(conversation, "did not answer within 2 seconds")
    assert time.monotonic() - started < 9


def test_the_limit_is_for_both_calls_together(open_assistant: Any, stand_in: Any) -> None:
    conversation = open_assistant(llm_timeout_seconds=2).conversation(today=TODAY)
    stand_in.plays(calls("cannot_place", readings=[]))
    conversation.ask(QUESTION)
    stand_in.plays(calls("query_kpis", metrics=["profit"], period="last month"), hangs(10))
    started = time.monotonic()
    fails_calmly(conversation, "did not answer within 2 seconds")
    assert time.monotonic() - started < 9


def test_no_server(open_assistant: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conversation = open_assistant(openai_base_url=f"http://127.0.0.1:{port}/v1").conversation(today=TODAY)
    fails_calmly(conversation, "can't be reached")


def test_a_broken_call_goes_back_once_and_may_then_be_right(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls_raw("query_kpis", "{not json"), calls("query_kpis", **GOOD))
    assert conversation.ask(QUESTION).status == "answered"
    assert "not valid JSON" in stand_in.requests[1]["messages"][-1]["content"]


def test_where_the_rules_understood_their_answer_comes_instead(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(fails(500))
    answer = conversation.ask("/ai spend by platform last month")
    assert (answer.status, answer.route) == ("answered", "rules")
    assert [note.code for note in answer.notes][-1] == "model_failed"


def test_the_next_question_is_answered_as_if_nothing_had_been(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(fails(500), calls("query_kpis", **GOOD))
    conversation.ask(QUESTION)
    assert conversation.ask(QUESTION).status == "answered"


def test_the_log_names_the_failure_and_holds_no_key(
    conversation: Any, stand_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    stand_in.plays(fails(401, "Incorrect API key provided: key-of-a-test"))
    with caplog.at_level(logging.INFO, logger="platform"):
        conversation.ask(QUESTION)
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert "refused_key" in logged
    assert "key-of-a-test" not in logged


# -- budgets: a call of the stand-in costs 1,050 tokens --------------------------------------------
@pytest.mark.parametrize(
    ("budget", "says_why"),
    [
        ({"llm_tokens_per_conversation": 1000}, "This conversation has used up"),
        ({"llm_tokens_per_user_a_day": 1000}, "Your share of the language model is used up for today"),
        ({"llm_tokens_a_day": 1000}, "budget is used up for today"),
        ({"llm_cost_a_day": 0.5, "llm_input_price": 500, "llm_output_price": 1000}, "budget is used up for today"),
    ],
)
def test_a_budget_that_is_used_up_stops_the_next_call(
    open_assistant: Any, stand_in: Any, budget: dict[str, float], says_why: str
) -> None:
    conversation = open_assistant(**budget).conversation(today=TODAY, user="ann")
    stand_in.plays(calls("query_kpis", **GOOD))
    assert conversation.ask(QUESTION).status == "answered"
    fails_calmly(conversation, says_why)
    assert len(stand_in.requests) == 1


def test_budgets_are_apart_by_conversation_and_person(open_assistant: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", **GOOD))
    assistant = open_assistant(llm_tokens_per_user_a_day=1000)
    assert assistant.conversation(today=TODAY, user="ann").ask(QUESTION).status == "answered"
    fails_calmly(assistant.conversation(today=TODAY, user="ann"), "Your share")
    assert assistant.conversation(today=TODAY, user="bob").ask(QUESTION).status == "answered"


def test_the_days_use_survives_a_restart(open_assistant: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", **GOOD))
    assistant = open_assistant(llm_tokens_a_day=1000)
    assistant.conversation(today=TODAY).ask(QUESTION)
    settings, folder = assistant.workspace.settings, assistant.workspace.folder
    assistant.close()
    again = Assistant.open(folder, Settings.load(**settings.model_dump()))
    fails_calmly(again.conversation(today=TODAY), "used up for today")
    again.close()


def test_an_endpoint_that_tells_no_tokens_is_estimated(open_assistant: Any, stand_in: Any) -> None:
    import json

    stand_in.plays(calls_raw("query_kpis", json.dumps(GOOD), usage=False))
    conversation = open_assistant(llm_tokens_per_conversation=1000).conversation(today=TODAY)
    assert conversation.ask(QUESTION).status == "answered"
    fails_calmly(conversation, "This conversation has used up")
