"""The deletion test's own logic on a toy, then the real thing over all our cases."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer import Answer
from evals.case import Case, read_cases
from evals.deletion import Deletion, deletions, exempt_words
from evals.floors import Floors


def noticed(case: Case, answers: dict[str, Answer], exempt: frozenset[str] = frozenset()) -> dict[str, bool]:
    found = deletions([case], lambda _: answers.__getitem__, exempt)
    return {deletion.word: deletion.noticed for deletion in found}


def test_a_word_that_nobody_misses_is_found(case: Any, answer: Any) -> None:
    other, unclear = answer(query={"dimensions": []}), answer(status="needs_clarification", query={})
    answers = {
        "mobile spend platform": answer(),
        "spend platform": answer(),
        "mobile platform": unclear,
        "mobile spend": other,
    }
    found = noticed(case(ask="mobile spend platform"), answers)
    assert found == {"mobile": False, "spend": True, "platform": True}


def test_ignorable_and_redundant_words_are_spared(case: Any, answer: Any) -> None:
    answers = {"please total spend?": answer(), "please total": answer(status="cannot_answer", query={})}
    found = noticed(case(ask="please total spend?", redundant=["total"]), answers, frozenset({"please"}))
    assert found == {"spend?": True}


def test_follow_ups_and_refusals_are_not_asked(case: Any) -> None:
    skipped = [case(after="spend"), case(expect="cannot", gold=None)]
    assert not list(deletions(skipped, lambda _: {}.__getitem__, frozenset()))


@pytest.fixture(scope="module")
def all_deletions(datasets_at_hand: set[str]) -> list[Deletion]:
    from evals.run import loaded

    found: list[Deletion] = []
    for name in sorted(datasets_at_hand):
        cases = [case for case in read_cases() if case.dataset == name]
        with loaded(name) as (assistant, _):

            def translate(case: Case, assistant: Any = assistant) -> Any:
                return lambda text: assistant.translate(text, today=case.today)

            found += deletions(cases, translate, exempt_words())
    return found


def test_no_content_word_of_our_cases_is_silently_ignored(all_deletions: list[Deletion]) -> None:
    unnoticed = [f"{d.case.id}: {d.question!r} without {d.word!r}" for d in all_deletions if not d.noticed]
    share = 1 - len(unnoticed) / len(all_deletions)
    assert share >= Floors.read().deletion, "\n".join(unnoticed)
