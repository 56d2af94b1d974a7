"""What a comparison of rules and model comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from evals.model.run import Comparison
from evals.outcome import Outcome
from evals.score import Scores, Tally, score

FAILED = "model_failed"  # the note of an answer that the rules gave because the model didn't


class Judged(BaseModel):
    """``together`` counts questions by who was right, the model in its first repeat: both, rules, model, neither."""

    model_config = ConfigDict(frozen=True)

    model: str
    rules: Scores
    by_model: Scores
    rounds: int
    steady: int
    questions: int
    read_by_model: int
    failed: int
    together: dict[str, int]
    tokens: int
    cost: float
    asked: int

    @property
    def steady_share(self) -> float:
        """Questions that were understood alike in every repeat."""
        return self.steady / self.questions if self.questions else 1.0


def judged(comparison: Comparison) -> Judged:
    everything = [outcome for outcomes in comparison.repeats for outcome in outcomes]
    rounds = list(zip(*comparison.repeats, strict=True))
    return Judged(
        model=comparison.model,
        rules=score(comparison.rules),
        by_model=score(everything),
        rounds=len(comparison.repeats),
        steady=sum(len({outcome.understood for outcome in same}) == 1 for same in rounds),
        questions=len(comparison.rules),
        read_by_model=sum(outcome.route == "llm" for outcome in everything),
        failed=sum(_failed(outcome) for outcome in everything),
        together=_together(comparison.rules, comparison.repeats[0]),
        tokens=comparison.tokens,
        cost=comparison.cost,
        asked=len(everything),
    )


def side_by_side(result: Judged) -> list[tuple[str, Tally, Tally]]:
    """Categories with the tallies of the rules and of the model, and 'all'."""
    none = Tally(questions=0, passed=0, silently_wrong=0)
    names = result.rules.by_category
    rows = [(name, names[name], result.by_model.by_category.get(name, none)) for name in names]
    return [*rows, ("all", result.rules.total, result.by_model.total)]


def as_json(result: Judged, comparison: Comparison) -> dict[str, Any]:
    """The figures, and each question that the model got wrong or took in different ways."""
    rounds = zip(*comparison.repeats, strict=True)
    return {
        "scores": result.model_dump(mode="json"),
        "misses": [
            _miss(rules, same)
            for rules, same in zip(comparison.rules, rounds, strict=True)
            if not all(outcome.passed for outcome in same) or len({outcome.understood for outcome in same}) > 1
        ],
    }


def _miss(rules: Outcome, same: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "case": rules.case.id,
        "after": list(rules.case.after),
        "question": rules.question,
        "rules_right": rules.passed,
        "rounds": [
            {"right": o.passed, "silently_wrong": o.silently_wrong, "route": o.route, "understood": o.understood,
             "misses": [f"{reason.value}: {detail}" for reason, detail in o.misses]}
            for o in same
        ],
    }  # fmt: skip


def _failed(outcome: Outcome) -> bool:
    return outcome.answer is not None and any(note.code == FAILED for note in outcome.answer.notes)


def _together(rules: list[Outcome], model: list[Outcome]) -> dict[str, int]:
    names = {(True, True): "both", (True, False): "only rules", (False, True): "only model", (False, False): "neither"}
    counts = Counter(names[one.passed, other.passed] for one, other in zip(rules, model, strict=True))
    return {name: counts[name] for name in names.values()}
