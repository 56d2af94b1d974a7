"""Ask changed questions and compare what is understood with what the plain question was understood as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Literal

from assistant.answer import Answer
from evals.case import Case
from evals.compare.query import differences
from evals.deletion import applies
from evals.perturb.change import changed
from evals.perturb.tables import Kind
from evals.run import loaded

SEED = 1
MOST_WORDINGS = 2  # of one case: the others would be changed in the same places
Result = Literal["same", "asked", "declined", "another"]
Translate = Callable[[str], Answer]


@dataclass(frozen=True)
class Perturbed:
    """A question, its changed form and how that was taken. ``another`` query than the plain one is what must not be."""

    case: Case
    kind: str
    question: str
    changed: str
    result: Result
    answer: Answer


def run(cases: Iterable[Case], kinds: dict[str, Kind], seed: int = SEED) -> list[Perturbed]:
    """Wordings that stand alone and are answered, changed in every way that finds something to change."""
    by_dataset = attrgetter("dataset")
    found: list[Perturbed] = []
    for name, group in groupby(sorted(filter(applies, cases), key=by_dataset), key=by_dataset):
        with loaded(name) as (assistant, _):
            for case in group:
                found += perturbed(case, partial(assistant.translate, today=case.today), kinds, seed)
    return found


def perturbed(case: Case, translate: Translate, kinds: dict[str, Kind], seed: int = SEED) -> Iterator[Perturbed]:
    """The outcomes of one case; a wording that is not answered as it stands has failed elsewhere already."""
    for question in case.ask[:MOST_WORDINGS]:
        plain = translate(question)
        if plain.status != "answered":
            continue
        for name, kind in kinds.items():
            text = changed(question, kind, Random(f"{seed} {name} {question}"))  # noqa: S311 - no secret
            if text != question:
                answer = translate(text)
                yield Perturbed(case, name, question, text, _result(plain, answer), answer)


def _result(plain: Answer, answer: Answer) -> Result:
    if answer.status == "needs_clarification":
        return "asked"
    if answer.status != "answered" or answer.query is None or plain.query is None:
        return "declined"
    same = not differences(plain.query, answer.query) and answer.query.order == plain.query.order
    return "same" if same else "another"
