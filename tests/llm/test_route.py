"""Which questions reach the model, and what becomes of its calls."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from standin import calls

TODAY = date(2025, 7, 1)
NORDIC = "what did the nordics cost us last month?"  # 'nordics' is no word of the rules
NORDIC_CALL = {
    "metrics": ["spend"],
    "filters": [{"dimension": "country", "op": "in", "values": ["SE", "NO"]}],
    "period": "last month",
}


def query(answer: Any) -> dict[str, Any]:
    assert answer.query is not None, answer.text
    return answer.query.model_dump(mode="json")


def test_a_question_the_rules_decline_is_answered_by_the_model(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", **NORDIC_CALL))
    answer = conversation.ask(NORDIC)
    assert (answer.status, answer.route) == ("answered", "llm")
    assert answer.rows == [{"spend": 230.0}]  # 200 in SE and 30 in NO
    assert query(answer)["period"] == {"start": "2025-06-01", "end": "2025-06-30"}
    assert "NO and SE" in answer.interpretation
    assert "read_by_model" in [note.code for note in answer.notes]


def test_what_the_rules_understand_never_reaches_the_model(conversation: Any, stand_in: Any) -> None:
    for question in ("spend by platform last month", "what is ROAS?", "profit last month", "instagram spend", "hello"):
        assert conversation.ask(question).route == "rules"
    assert stand_in.requests == []


def test_without_a_key_nothing_changes(open_assistant: Any, stand_in: Any) -> None:
    answer = open_assistant(openai_api_key=None).conversation(today=TODAY).ask(NORDIC)
    assert (answer.status, answer.route) == ("cannot_answer", "rules")
    assert answer.notes == []
    assert stand_in.requests == []


def test_one_forced_call_of_the_tools_is_asked_for(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", **NORDIC_CALL))
    conversation.ask(NORDIC)
    (request,) = stand_in.requests
    assert request["tool_choice"] == "required"
    offered = {tool["function"]["name"] for tool in request["tools"]}
    assert {"query_kpis", "define_metric", "data_status", "run_sql", "cannot_place"} <= offered
    metrics = next(t for t in request["tools"] if t["function"]["name"] == "query_kpis")["function"]["parameters"]
    assert metrics["properties"]["metrics"]["items"]["enum"][:2] == ["spend", "impressions"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"metrics": ["profit"], "period": "last month"}, "There is no metric 'profit'"),
        ({"metrics": ["spend"], "dimensions": ["city"], "period": "last month"}, "There is no dimension 'city'"),
        (
            {
                "metrics": ["spend"],
                "filters": [{"dimension": "country", "values": ["Sweden!"]}],
                "period": "last month",
            },
            "No country is called 'Sweden!'",
        ),
        ({"metrics": ["spend"], "period": "June 2025"}, "The message doesn't say “June 2025”"),
        ({"metrics": ["spend"], "period": "nordics"}, "not one period that can be read"),
        ({"metrics": ["spend"]}, "The message says “last month”, and the call leaves that out"),
        ({"metrics": ["spend"], "period": "last month", "colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"metrics": ["spend"], "period": "last month", "limit": 3}, "A limit needs an order"),
        (
            {
                "metrics": ["spend"],
                "period": "last month",
                "conditions": [{"metric": "spend", "op": ">", "value": 100}],
            },
            "The message holds no number 100",
        ),
    ],
)
def test_a_wrong_call_goes_back_once_with_the_exact_error(
    conversation: Any, stand_in: Any, wrong: dict[str, Any], error: str
) -> None:
    stand_in.plays(calls("query_kpis", **wrong), calls("query_kpis", **NORDIC_CALL))
    answer = conversation.ask(NORDIC)
    assert answer.status == "answered", answer.text
    assert len(stand_in.requests) == 2
    assert error in stand_in.requests[1]["messages"][-1]["content"]


def test_a_call_that_stays_wrong_becomes_a_question_back(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", metrics=["profit"], period="last month"))
    answer = conversation.ask(NORDIC)
    assert (answer.status, answer.route) == ("needs_clarification", "llm")
    assert "There is no metric 'profit'" in answer.text
    assert len(stand_in.requests) == 2


def test_dates_are_ours_not_the_models(conversation: Any, stand_in: Any) -> None:
    """The model can't even say a date of its own: 'the month before' follows how the period was named."""
    stand_in.plays(calls("query_kpis", **{**NORDIC_CALL, "comparison": "the month before"}))
    answer = conversation.ask("what did the nordics cost us last month vs the month before?")
    assert query(answer)["comparison"] == {"start": "2025-05-01", "end": "2025-05-31"}


def test_a_name_in_other_words_becomes_the_datas_own(conversation: Any, stand_in: Any) -> None:
    filters = [{"dimension": "country", "values": ["Sweden", "norwegian"]}]
    stand_in.plays(calls("query_kpis", **{**NORDIC_CALL, "filters": filters}))
    assert conversation.ask(NORDIC).rows == [{"spend": 230.0}]


def test_a_part_of_the_question_can_not_be_dropped(conversation: Any, stand_in: Any) -> None:
    """The rules' tagger is sure of Meta, of CAC, of 5 and of 'without': a call that lacks one is sent back."""
    question = "kindly surface the top 5 campaigns by CAC, without Meta"
    ranked = {"metrics": ["cac"], "dimensions": ["campaign"], "order": {"by": "cac", "descending": False}}
    left_out = {"filters": [{"dimension": "platform", "op": "not in", "values": ["Meta"]}]}
    for lacking, words in (
        ({**ranked, "limit": 5}, "“without”, “Meta”"),
        ({**ranked, **left_out}, "“5”"),
        ({**ranked, **left_out, "metrics": ["spend"], "order": {"by": "spend"}, "limit": 5}, "“CAC”"),
    ):
        stand_in.plays(calls("query_kpis", **lacking))
        answer = conversation.ask(question)
        assert answer.status == "needs_clarification"
        assert words in answer.text
    stand_in.plays(calls("query_kpis", **ranked, **left_out, limit=5))
    assert conversation.ask(question).status == "answered"


def test_a_follow_up_builds_on_what_the_model_understood(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", **NORDIC_CALL))
    conversation.ask(NORDIC)
    after = conversation.ask("and by country?")  # by the rules again
    assert after.route == "rules"
    assert after.rows == [{"country": "SE", "spend": 200.0}, {"country": "NO", "spend": 30.0}]


def test_the_model_may_change_the_last_question(conversation: Any, stand_in: Any) -> None:
    conversation.ask("spend by platform last month")
    stand_in.plays(calls("query_kpis", filters=NORDIC_CALL["filters"], goes_on=True))
    answer = conversation.ask("nordics please, nothing else")
    assert answer.rows == [{"platform": "Meta", "spend": 230.0}]


def test_other_tools_run_with_their_own_arguments(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("define_metric", metric="cac"))
    assert conversation.ask("tell me the meaning behind what we pay per newbie").kind == "define"
    stand_in.plays(calls("define_metric", metric="happiness"), calls("data_status"))
    answer = conversation.ask("tell me about the stuff you sit on")
    assert answer.kind == "data_status"
    assert "there is no metric 'happiness'" in stand_in.requests[1]["messages"][-1]["content"]


def test_only_readings_the_rules_understand_are_offered(conversation: Any, stand_in: Any) -> None:
    readings = ["spend in Sweden last month", "count a conversion as 1", "[click](http://evil.example)", "flurb"]
    stand_in.plays(calls("cannot_place", readings=readings))
    answer = conversation.ask("how pricey is it up north")
    assert [option.question for option in answer.options] == ["spend in Sweden last month"]
    assert answer.status == "needs_clarification"


def test_where_the_model_cannot_place_it_the_rules_own_answer_stands(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("cannot_place", readings=[]))
    answer = conversation.ask(NORDIC)
    assert (answer.route, answer.status) == ("rules", "cannot_answer")
    assert "nordics" in answer.text
    assert [note.code for note in answer.notes] == ["model_failed"]


def test_the_person_may_ask_the_model_first(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("query_kpis", metrics=["spend"], period="last month"))
    assert conversation.ask("/ai spend last month").route == "llm"
    assert conversation.ask("/ai profit last month").route == "rules", "what is out of reach stays so"
    assert len(stand_in.requests) == 1


def test_asking_for_the_model_without_one_says_how_to_get_it(open_assistant: Any) -> None:
    answer = open_assistant(openai_api_key=None).conversation(today=TODAY).ask("/ai spend last month")
    assert "OPENAI_API_KEY" in answer.text


def test_what_changes_something_waits_for_the_person(assistant: Any, conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("set_conversion_value", number=1))
    answer = conversation.ask("treat newbies as worth a quid")
    assert answer.status == "needs_clarification"
    assert [option.question for option in answer.options] == ["count a conversion as 1"]
    assert assistant.workspace.conversion_value is None
    conversation.ask("1")
    assert assistant.workspace.conversion_value == 1


def test_nothing_loaded_asks_no_model(open_assistant: Any, stand_in: Any) -> None:
    open_assistant(rows=[]).conversation(today=TODAY).ask(NORDIC)
    assert stand_in.requests == []


def test_people_who_ask_at_the_same_moment_share_one_model_and_its_budget(assistant: Any) -> None:
    with ThreadPoolExecutor(6) as pool:
        models = list(pool.map(lambda _: assistant.language_model, range(6)))
    assert len({id(model) for model in models}) == 1
