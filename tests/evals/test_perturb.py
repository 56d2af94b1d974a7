"""Changed questions: what each kind does to one, how the reply is judged, and our own cases held to the floor."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from rich.console import Console

from evals.case import read_cases
from evals.floors import Floors
from evals.perturb.change import changed
from evals.perturb.report import rates, show
from evals.perturb.run import Perturbed, perturbed, run
from evals.perturb.tables import Kind, kinds

TYPOS = Kind(typos=1)


def change(question: str, seed: int = 1, **parts: Any) -> str:
    return changed(question, Kind(**parts), Random(seed))


def test_whole_phrases_are_replaced_longest_first_and_once() -> None:
    replace = {"last month": ("LM",), "month": ("mo",), "lm": ("never",)}
    assert change("Spend last month by month, months", replace=replace) == "Spend LM by mo, months"


def test_numbers_inside_numbers_stay() -> None:
    assert change("roas above 3.3 and 3", replace={"3": ("three",)}) == "roas above 3.3 and three"


def test_the_period_moves_to_the_front() -> None:
    assert change("spend in the US last month?", move={"last", "in"}) == "last month spend in the US"
    assert change("last month", move={"last"}) == "last month"


def test_openings_and_closings_go_around_the_question() -> None:
    assert change("total spend?", before=["please"], after=["thanks"]) == "please total spend thanks"


def test_speech_has_no_capitals_and_no_punctuation_but_keeps_numbers() -> None:
    assert change("CAC, by Country: 3.5%?", plain=True) == "cac by country 3.5%"


@pytest.mark.parametrize("seed", range(30))
def test_a_typo_is_one_slip_in_one_long_word_and_never_in_a_number(seed: int) -> None:
    words, slipped = ["spend", "12000", "may"], changed("spend 12000 may", TYPOS, Random(seed)).split()
    assert slipped[1:] == words[1:]
    assert abs(len(slipped[0]) - 5) <= 1
    assert slipped[0][0] == "s"


def test_the_same_seed_makes_the_same_change() -> None:
    assert {changed("conversions by campaign", TYPOS, Random("x")) for _ in range(5)} != {"conversions by campaign"}
    assert len({changed("conversions by campaign", TYPOS, Random("x")) for _ in range(5)}) == 1


def test_the_tables_fit_their_schema_and_change_something() -> None:
    question = "show me google conversions by campaign last month"
    untouched = [name for name, kind in kinds().items() if changed(question, kind, Random(1)) == question]
    assert not untouched


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({}, "same"),
        ({"query": {"filters": [{"dimension": "country", "values": ["US"]}]}}, "another"),
        ({"query": {"limit": 3}}, "another"),
        ({"query": {"order": {"by": "spend"}}}, "another"),
        ({"status": "needs_clarification"}, "asked"),
        ({"status": "cannot_answer"}, "declined"),
    ],
)
def test_only_the_same_query_or_a_question_back_is_right(case: Any, answer: Any, fields: Any, result: str) -> None:
    answers = {"spend": answer(), "spend pls": answer(**fields)}
    (outcome,) = perturbed(case(ask="spend"), answers.__getitem__, {"polite": Kind(after=["pls"])})
    assert (outcome.changed, outcome.result) == ("spend pls", result)


def test_what_is_not_answered_as_it_stands_is_not_changed(case: Any, answer: Any) -> None:
    answers = {"spend": answer(status="needs_clarification")}
    assert not list(perturbed(case(ask="spend"), answers.__getitem__, kinds()))


def test_rates_by_kind_and_in_all(case: Any, answer: Any) -> None:
    def outcome(kind: str, result: Any) -> Perturbed:
        return Perturbed(case(), kind, "spend", "sp[red]end", result, answer())

    found = [outcome("typos", "same"), outcome("typos", "another"), outcome("order", "asked")]
    assert {name: rate.another for name, rate in rates(found).items()} == {"typos": 1, "order": 0, "all": 1}
    assert rates(found)["typos"].share("another") == 0.5
    console = Console(width=120, force_terminal=False)
    with console.capture() as captured:
        show(console, found)
    assert "sp[red]end" in captured.get()


def test_changed_questions_of_our_own_cases_hold_the_floor(datasets_at_hand: set[str]) -> None:
    """Every sixth case, so that the test stays quick; ``make evals`` asks them all."""
    found = run([case for case in read_cases() if case.dataset in datasets_at_hand][::6], kinds())
    wrong = [f"{o.kind}: {o.question} → {o.changed}" for o in found if o.result == "another"]
    assert len(found) > 200
    assert len(wrong) / len(found) <= 2 * Floors.read().changed, "\n".join(wrong)
