"""Loads in the chat: listed, checked for gaps, undone only after the person said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from kpi.settings import Settings

HEADER = "date,platform,account,campaign,spend\n"


@pytest.fixture
def assistant(tmp_path: Path, settings: Settings) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path / "workspace", settings)
    yield opened
    opened.close()


def load(assistant: Assistant, write: Any, name: str, *rows: str) -> int:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    report = assistant.load_file(write(text, name), replace=True, user="Ann")
    assert report.status == "loaded", report.message
    return int(report.batch_id)


def spend(assistant: Assistant) -> float:
    found = assistant.workspace.warehouse.query("SELECT coalesce(sum(spend), 0)::DOUBLE AS spend FROM facts")
    return float(found[0]["spend"])


def test_undoing_is_asked_about_first(assistant: Assistant, write: Any) -> None:
    load(assistant, write, "first.csv", "2026-06-01,Meta,A,Brand,10")
    second = load(assistant, write, "second.csv", "2026-06-01,Meta,A,Brand,25")
    conversation = assistant.conversation(user="Ann")
    asked = conversation.ask("undo the last load")
    assert (asked.status, asked.kind, spend(assistant)) == ("needs_clarification", "ingest", 25)
    assert "second.csv" in asked.text and "1 rows of earlier loads would count again" in asked.text
    done = conversation.ask(asked.options[0].question)
    assert (done.status, done.kind, spend(assistant)) == ("answered", "ingest", 10)
    assert f"Load {second}" in done.text
    again = conversation.ask(f"undo load {second}")
    assert (again.status, spend(assistant)) == ("answered", 10) and "undone before" in again.text


def test_the_reply_to_the_question_may_be_its_number_or_its_words(assistant: Assistant, write: Any) -> None:
    load(assistant, write, "only.csv", "2026-06-01,Meta,A,Brand,10")
    conversation = assistant.conversation()
    conversation.ask("please undo the last upload")
    assert conversation.ask("1").status == "answered" and spend(assistant) == 0
    assert conversation.ask("undo the last load").status == "cannot_answer"


def test_a_load_that_does_not_exist_is_one_line(assistant: Assistant, write: Any) -> None:
    load(assistant, write, "only.csv", "2026-06-01,Meta,A,Brand,10")
    for text in ("undo load 99", "yes, undo load 99"):
        answer = assistant.conversation().ask(text)
        assert (answer.status, spend(assistant)) == ("cannot_answer", 10) and "99" in answer.text


@pytest.mark.parametrize("question", ["what did we load this week?", "What was loaded today", "recent loads"])
def test_what_was_loaded_is_listed(assistant: Assistant, write: Any, question: str) -> None:
    load(assistant, write, "june.csv", "2026-06-01,Meta,A,Brand,10", "2026-06-02,Meta,A,Brand,10")
    answer = assistant.conversation().ask(question)
    assert (answer.status, answer.kind) == ("answered", "data_status")
    assert [(row["file"], row["loaded_by"], row["row_count"], row["state"]) for row in answer.rows] == [
        ("june.csv", "Ann", 2, "counts")
    ]
    nothing = assistant.conversation().ask("what did we load yesterday?")
    assert nothing.rows == [] and "june.csv" in nothing.text


def test_missing_days_are_found_by_platform(assistant: Assistant, write: Any) -> None:
    load(assistant, write, "a.csv", "2026-06-01,Meta,A,Brand,10", "2026-06-03,Meta,A,Brand,10")
    load(assistant, write, "b.csv", "2026-06-06,Meta,A,Brand,10")
    load(assistant, write, "c.csv", "2026-06-01,Google,A,Brand,10")
    meta = assistant.conversation(today=date(2026, 6, 9)).ask("is the Meta data complete?")
    assert (meta.status, meta.kind) == ("answered", "data_status")
    (row,) = meta.rows
    assert (row["missing_days"], row["empty_days"], row["days_behind"]) == (2, 1, 2)  # 4-5; 2; 7-8
    assert "2026-06-04, 2026-06-05" in meta.text and "2026-06-02" in meta.text
    assert "every day" in assistant.conversation().ask("is the Google data complete?").text
    assert len(assistant.conversation().ask("are there gaps in the data?").rows) == 2
