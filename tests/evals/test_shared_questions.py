"""Marketers' questions of other people, with reference rows on ``ads_spend.csv``: our numbers must be theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

TODAY = date(2025, 7, 1)
BEFORE = {"q094": "cac and roas from may 2 to may 31", "q097": "cac by platform last week"}
UNDECIDABLE = {
    "q017": "names no period: ours is the last 30 days, the reference reads the whole file",
    "q026": "names no period: ours is the last 30 days, the reference reads the whole file",
    "q072": "a what-if, which we decline",
}


@pytest.fixture(scope="module")
def questions(shared_samples: Path) -> dict[str, dict[str, Any]]:
    lines = (shared_samples / "questions.jsonl").read_text("utf-8").splitlines()
    return {question["id"]: question for question in map(json.loads, lines)}


@pytest.fixture(scope="module")
def answers(
    questions: dict[str, dict[str, Any]], shared_samples: Path, tmp_path_factory: Any
) -> Iterator[dict[str, Any]]:
    """An answer by question, each in a conversation of its own."""
    from assistant import Assistant
    from kpi.settings import Settings

    settings = Settings.load(conversion_value=Decimal(100))
    assistant = Assistant.open(tmp_path_factory.mktemp("workspace"), settings)
    assistant.load_file(shared_samples / "ads_spend.csv")
    found = {}
    for name, question in questions.items():
        conversation = assistant.conversation(today=TODAY)
        if name in BEFORE:
            conversation.ask(BEFORE[name])
        found[name] = conversation.ask(question["text"])
    yield found
    assistant.close()


def test_reference_numbers(questions: dict[str, dict[str, Any]], answers: dict[str, Any]) -> None:
    wrong = {}
    decidable = [name for name, question in questions.items() if "reference" in question and name not in UNDECIDABLE]
    for name in decidable:
        absent = missing_numbers(questions[name]["reference"]["rows"], answers[name])
        if absent:
            wrong[name] = (questions[name]["text"], answers[name].status, absent)
    assert len(decidable) >= 6
    assert not wrong


def test_no_question_fails(answers: dict[str, Any]) -> None:
    assert not {name for name, answer in answers.items() if answer.status == "error"}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("q022", "cannot_answer"),  # no ads in the data
        ("q054", "cannot_answer"),  # UK is not loaded
        ("q056", "needs_clarification"),  # Instagram is a part of Meta that the data doesn't separate
        ("q062", "cannot_answer"),  # why: reserved
        ("q067", "cannot_answer"),  # forecast: reserved
        ("q108", "cannot_answer"),  # benchmarks are not in the data
        ("q111", "cannot_answer"),  # deleting
    ],
)
def test_what_can_not_be_answered_is_not(answers: dict[str, Any], name: str, status: str) -> None:
    assert answers[name].status == status


def missing_numbers(reference: list[dict[str, Any]], answer: Any) -> list[str]:
    """Reference numbers of the metrics that the answer is about, but that stand in none of its rows."""
    if answer.query is None:
        return [f"no query: {answer.text}"]
    ours = [float(value) for row in answer.rows for value in row.values() if isinstance(value, int | float)]
    theirs = [(column, value) for row in reference for column, value in row.items() if isinstance(value, int | float)]
    asked = [(c, v) for c, v in theirs if c in answer.query.metrics or len(reference[0]) == 1]
    return [f"{c} {v}" for c, v in asked if not any(abs(v - our) <= rounding(v) for our in ours)]


def rounding(value: float) -> float:
    """References are rounded: half of the last digit they show."""
    decimals = len(str(value).partition(".")[2])
    return 0.51 * 10**-decimals
