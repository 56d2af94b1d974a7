"""All our cases, asked of the real assistant: the scores must hold the floors of ``evals/floors.yml``."""

from __future__ import annotations

from evals.case import read_cases
from evals.floors import Floors
from evals.score import score


def test_floors_are_held(datasets_at_hand: set[str]) -> None:
    from evals.run import run

    outcomes = run(case for case in read_cases() if case.dataset in datasets_at_hand)
    missed = [f"{o.case.id}: {o.question!r}: {o.misses}" for o in outcomes if not o.passed]
    assert not Floors.read().below(score(outcomes)), "\n".join(missed)


def test_every_category_has_a_floor() -> None:
    assert set(Floors.read().categories) == {case.category for case in read_cases()}
