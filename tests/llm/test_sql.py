"""SQL of a person and of a model: through the guard and the sandbox, shown first, marked, never believed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from standin import calls

TODAY = date(2025, 7, 1)
MEDIAN = "SELECT platform, median(spend) AS typical FROM kpi_daily GROUP BY platform ORDER BY platform"
QUESTION = "what is the midmost outlay of a row for every network"


# -- typed by a person -----------------------------------------------------------------------------
def test_an_analyst_runs_sql_of_their_own(conversation: Any, assistant: Any, stand_in: Any) -> None:
    answer = conversation.ask(f"/sql {MEDIAN};")
    assert (answer.status, answer.kind, answer.route) == ("answered", "sql", "rules")
    assert answer.rows == [{"platform": "Google", "typical": 100.0}, {"platform": "Meta", "typical": 90.0}]
    assert [column.unit for column in answer.columns] == ["text", "ratio"]
    assert answer.data_version == assistant.data_version()
    assert answer.data_version in answer.interpretation
    assert "LIMIT" in (answer.sql or ""), "what ran is the text that the guard wrote"
    assert stand_in.requests == []


def test_it_works_without_a_model(open_assistant: Any) -> None:
    conversation = open_assistant(openai_api_key=None).conversation(today=TODAY)
    answer = conversation.ask("/SQL\nSELECT sum(spend) AS spend FROM kpi_daily")
    assert answer.rows == [{"spend": 610.0}]
    assert (answer.columns[0].label, answer.columns[0].unit) == ("Spend", "currency")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("", "There is no SQL to run"),
        ("SELECT * FROM batches", "Only the view kpi_daily can be read"),
        ("SELECT * FROM no_such_table", "Only the view kpi_daily can be read"),
        ("DELETE FROM kpi_daily", "Only questions can run here"),
        ("SELECT 1; SELECT 2", "Only one statement"),
        ("SELECT read_text('/etc/passwd')", "can't be used here"),
        ("SELECT password FROM kpi_daily", "doesn't fit kpi_daily"),
        ("hello", "SELECT over kpi_daily"),
    ],
)
def test_what_the_guard_refuses_is_said_in_one_line(conversation: Any, sql: str, says: str) -> None:
    answer = conversation.ask(f"/sql {sql}")
    assert (answer.status, answer.kind) == ("cannot_answer", "sql")
    assert says in answer.text
    assert answer.rows == []


def test_a_statement_that_fails_while_it_runs_tells_nothing_of_the_inside(conversation: Any) -> None:
    answer = conversation.ask("/sql SELECT CAST(campaign AS INTEGER) FROM kpi_daily")
    assert answer.status == "cannot_answer"
    assert answer.text == "That SQL failed while it ran. Check its divisions, casts and the types it compares."


def test_the_talk_goes_on_after_sql(conversation: Any) -> None:
    conversation.ask("spend by platform last month")
    conversation.ask(f"/sql {MEDIAN}")
    assert conversation.ask("and CAC?").query is not None


# -- written by a model ----------------------------------------------------------------------------
def test_a_models_sql_is_shown_first_and_runs_on_the_persons_click(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("run_sql", sql=MEDIAN))
    shown = conversation.ask(QUESTION)
    assert (shown.status, shown.kind, shown.route) == ("needs_clarification", "sql", "llm")
    assert shown.rows == []
    assert "median(spend)" in (shown.sql or "").lower()
    (chip,) = shown.options
    assert (chip.label, chip.question) == ("Run this SQL", f"/sql {shown.sql}")
    ran = conversation.ask(chip.question)
    assert ran.rows == [{"platform": "Google", "typical": 100.0}, {"platform": "Meta", "typical": 90.0}]
    assert (ran.kind, ran.route) == ("sql", "llm")
    assert ran.interpretation.startswith("Written by the model")
    assert ran.notes[-1].code == "written_by_model"
    assert len(stand_in.requests) == 1, "its rows go to no model"


def test_an_admin_may_let_it_run_at_once(open_assistant: Any, stand_in: Any) -> None:
    stand_in.plays(calls("run_sql", sql=MEDIAN))
    ran = open_assistant(allow_model_sql="at_once").conversation(today=TODAY).ask(QUESTION)
    assert (ran.status, ran.route, ran.notes[-1].code) == ("answered", "llm", "written_by_model")


def test_an_admin_may_forbid_it(open_assistant: Any, stand_in: Any) -> None:
    stand_in.plays(calls("run_sql", sql=MEDIAN))
    answer = open_assistant(allow_model_sql="never").conversation(today=TODAY).ask(QUESTION)
    assert answer.sql is None
    assert answer.kind != "sql"
    assert "run_sql" not in str(stand_in.requests[0]["tools"])


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM users", "DROP TABLE facts", "SELECT * FROM read_csv('/etc/passwd')", ""]
)
@pytest.mark.parametrize("allowed", ["ask", "at_once"])
def test_hostile_sql_goes_back_once_and_never_runs(open_assistant: Any, stand_in: Any, sql: str, allowed: str) -> None:
    stand_in.plays(calls("run_sql", sql=sql))
    answer = open_assistant(allow_model_sql=allowed).conversation(today=TODAY).ask(QUESTION)
    assert answer.status == "needs_clarification"
    assert (answer.sql, answer.rows) == (None, [])
    assert all("/sql" not in option.question for option in answer.options)
    assert len(stand_in.requests) == 2


def test_other_sql_than_what_was_shown_is_the_persons_own(conversation: Any, stand_in: Any) -> None:
    stand_in.plays(calls("run_sql", sql=MEDIAN))
    conversation.ask(QUESTION)
    assert conversation.ask("/sql SELECT 1 AS one").route == "rules"
