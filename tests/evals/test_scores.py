"""Asking, scoring and reporting, with conversations that give answers made by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rich.console import Console

from assistant.answer import Answer
from evals.ask import ask
from evals.case import Case
from evals.floors import Floors
from evals.outcome import Outcome
from evals.report.page import page
from evals.report.terminal import show
from evals.score import as_json, score

GOLD = [{"platform": "Meta", "spend": 70}, {"platform": "Google", "spend": 30}]


class Scripted:
    """A conversation that gives the answer written for a message, or raises where that is an exception."""

    def __init__(self, answers: dict[str, Answer | Exception]) -> None:
        self._answers = answers
        self.heard: list[str] = []

    def ask(self, text: str) -> Answer:
        self.heard.append(text)
        answer = self._answers[text]
        if isinstance(answer, Exception):
            raise answer
        return answer


def outcomes(case: Case, answers: dict[str, Answer | Exception]) -> list[Outcome]:
    return list(ask(case, lambda: Scripted(answers), GOLD))


@pytest.fixture
def mixed(case: Any, answer: Any) -> list[Outcome]:
    """Four questions: one right, one silently wrong, one asked back, one refused where a refusal was due."""
    asked = case(ask=["right", "wrong", "asked back"])
    wrong = answer(query={"metrics": ["cac"]})
    back = answer(status="needs_clarification", query={})
    refusal = case(id="profit", category="cannot", ask=["profit"], expect="cannot", gold=None)
    return [
        *outcomes(asked, {"right": answer(), "wrong": wrong, "asked back": back}),
        *outcomes(refusal, {"profit": answer(status="cannot_answer")}),
    ]


def test_earlier_messages_go_to_the_same_conversation(case: Any, answer: Any) -> None:
    opened: list[Scripted] = []

    def open_conversation() -> Scripted:
        opened.append(Scripted({"one": answer(), "two": answer(), "three": answer()}))
        return opened[-1]

    list(ask(case(after=["one"], ask=["two", "three"]), open_conversation, GOLD))
    assert [conversation.heard for conversation in opened] == [["one", "two"], ["one", "three"]]


def test_an_exception_of_the_assistant_is_a_finding_not_a_crash(case: Any) -> None:
    (outcome,) = outcomes(case(ask="boom"), {"boom": ValueError("oops")})
    assert [reason.value for reason, _ in outcome.misses] == ["error"]
    assert outcome.misses[0][1] == "ValueError: oops"
    assert not outcome.silently_wrong


def test_silently_wrong_is_an_answer_with_the_wrong_query(mixed: list[Outcome]) -> None:
    assert [o.silently_wrong for o in mixed] == [False, True, False, False]


def test_silently_wrong_is_also_an_answer_where_none_was_due(case: Any, answer: Any) -> None:
    (outcome,) = outcomes(case(ask="profit", expect="cannot", gold=None), {"profit": answer()})
    assert outcome.silently_wrong


def test_scores(mixed: list[Outcome]) -> None:
    scores = score(mixed)
    assert (scores.total.questions, scores.total.passed, scores.total.accuracy) == (4, 2, 0.5)
    assert scores.silently_wrong_share == 0.25
    assert {name: tally.accuracy for name, tally in scores.by_category.items()} == {"breakdown": 1 / 3, "cannot": 1.0}
    assert scores.by_route["rules"].questions == 4
    assert scores.reasons == {"wrong_metric": 1, "wrong_status": 1}


def test_wordings_must_give_one_query(mixed: list[Outcome], case: Any, answer: Any) -> None:
    assert score(mixed).consistency.inconsistent == ["spend-by-platform"]
    same = outcomes(case(ask=["a", "b"]), {"a": answer(), "b": answer(text="Other words, same query.")})
    assert score(same).consistency.share == 1.0


def test_two_wordings_equally_wrong_are_consistent_but_not_accurate(case: Any, answer: Any) -> None:
    wrong = answer(query={"metrics": ["cac"]})
    scores = score(outcomes(case(ask=["a", "b"]), {"a": wrong, "b": wrong}))
    assert (scores.consistency.share, scores.total.accuracy) == (1.0, 0.0)


def test_floors_name_what_is_below(mixed: list[Outcome]) -> None:
    floors = Floors(
        accuracy=0.9,
        silently_wrong=0.1,
        consistency=0.5,
        deletion=0.9,
        changed=0.01,
        p95_ms=1e9,
        categories={"cannot": 1, "breakdown": 0.5},
    )
    assert floors.below(score(mixed)) == [
        "accuracy is 50.0%, the floor 90.0%",
        "paraphrase consistency is 0.0%, the floor 50.0%",
        "breakdown is 33.3%, the floor 50.0%",
        "25.0% of answers are silently wrong, the ceiling is 10.0%",
    ]


def test_json_report_says_why(mixed: list[Outcome]) -> None:
    report = json.loads(json.dumps(as_json(score(mixed), mixed)))
    wrong = report["questions"][1]
    assert (wrong["question"], wrong["passed"], wrong["silently_wrong"]) == ("wrong", False, True)
    assert wrong["misses"][0]["reason"] == "wrong_metric"
    assert report["scores"]["total"]["passed"] == 2


def test_html_report_shows_text_as_text_and_needs_nothing_from_elsewhere(case: Any, answer: Any) -> None:
    nasty = "<script>alert(1)</script>"
    found = outcomes(case(ask=nasty), {nasty: answer(query={"metrics": ["cac"]})})
    html = page(score(found), found, ["accuracy is 0 %"], "python -m evals")
    assert nasty not in html
    assert "&lt;script&gt;" in html
    assert "wrong_metric" in html
    assert "Below the floor: accuracy is 0 %" in html
    assert "http" not in html


def test_terminal_report_prints_brackets_of_questions_as_they_are(case: Any, answer: Any) -> None:
    found = outcomes(case(ask="spend [red] x"), {"spend [red] x": answer(query={"metrics": ["cac"]})})
    console = Console(width=120, force_terminal=False)
    with console.capture() as captured:
        show(console, score(found), found, [])
    assert "spend [red] x" in captured.get()
    assert "Silently wrong: 100.0% (1)" in captured.get()
