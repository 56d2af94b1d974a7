"""Scores of a run: accuracy, silently wrong answers, paraphrase consistency, latency."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import Any

from pydantic import BaseModel, ConfigDict

from evals.outcome import Outcome


class Tally(BaseModel):
    """Questions asked, and how many of them were answered as expected."""

    model_config = ConfigDict(frozen=True)

    questions: int
    passed: int
    silently_wrong: int

    @property
    def accuracy(self) -> float:
        return self.passed / self.questions if self.questions else 1.0


class Consistency(BaseModel):
    """Cases with several wordings, and how many of them gave one and the same typed query for all."""

    model_config = ConfigDict(frozen=True)

    groups: int
    consistent: int
    inconsistent: list[str]

    @property
    def share(self) -> float:
        return self.consistent / self.groups if self.groups else 1.0


class Latency(BaseModel):
    """Milliseconds from question to answer."""

    model_config = ConfigDict(frozen=True)

    p50: float
    p95: float


class Understanding(BaseModel):
    """Milliseconds from question to typed query, without running it; questions that got one."""

    model_config = ConfigDict(frozen=True)

    p50: float
    p99: float


class Scores(BaseModel):
    """Everything a report shows and a floor can hold."""

    model_config = ConfigDict(frozen=True)

    total: Tally
    by_category: dict[str, Tally]
    by_route: dict[str, Tally]
    reasons: dict[str, int]
    consistency: Consistency
    latency_ms: Latency
    understanding_ms: Understanding

    @property
    def silently_wrong_share(self) -> float:
        return self.total.silently_wrong / self.total.questions if self.total.questions else 0.0


def score(outcomes: Sequence[Outcome]) -> Scores:
    """Scores of outcomes of one run, which are at least one."""
    reasons = Counter(reason.value for outcome in outcomes for reason, _ in outcome.misses)
    return Scores(
        total=_tally(outcomes),
        by_category=_tallies(outcomes, lambda outcome: outcome.case.category),
        by_route=_tallies(outcomes, lambda outcome: outcome.route),
        reasons=dict(reasons.most_common()),
        consistency=_consistency(outcomes),
        latency_ms=_latency([outcome.milliseconds for outcome in outcomes]),
        understanding_ms=_understanding(outcomes),
    )


def _tally(outcomes: Sequence[Outcome]) -> Tally:
    passed = sum(outcome.passed for outcome in outcomes)
    return Tally(questions=len(outcomes), passed=passed, silently_wrong=sum(o.silently_wrong for o in outcomes))


def _tallies(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Tally]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return {name: _tally(group) for name, group in sorted(groups.items())}


def _consistency(outcomes: Sequence[Outcome]) -> Consistency:
    understood: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        if len(outcome.case.ask) > 1:
            understood[outcome.case.id].add(outcome.understood)
    inconsistent = sorted(name for name, readings in understood.items() if len(readings) > 1)
    return Consistency(
        groups=len(understood), consistent=len(understood) - len(inconsistent), inconsistent=inconsistent
    )


def _latency(milliseconds: list[float]) -> Latency:
    return Latency(p50=median(milliseconds), p95=_all_but(20, milliseconds))


def _understanding(outcomes: Sequence[Outcome]) -> Understanding:
    answers = [outcome.answer for outcome in outcomes if outcome.answer]
    taken = [answer.timings_ms.understand for answer in answers if answer.query] or [0.0]
    return Understanding(p50=median(taken), p99=_all_but(100, taken))


def _all_but(part: int, milliseconds: list[float]) -> float:
    """What all but one in so many stay below."""
    if len(milliseconds) == 1:
        return milliseconds[0]
    return quantiles(milliseconds, n=part, method="inclusive")[-1]


def as_json(scores: Scores, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The whole report as plain data: the scores, and each question with what came back."""
    return {"scores": scores.model_dump(mode="json"), "questions": [_question(outcome) for outcome in outcomes]}


def _question(outcome: Outcome) -> dict[str, Any]:
    answer = outcome.answer
    return {
        "case": outcome.case.id,
        "category": outcome.case.category,
        "dataset": outcome.case.dataset,
        "after": list(outcome.case.after),
        "question": outcome.question,
        "passed": outcome.passed,
        "silently_wrong": outcome.silently_wrong,
        "route": outcome.route,
        "status": answer.status if answer else "error",
        "misses": [{"reason": reason.value, "detail": detail} for reason, detail in outcome.misses],
        "milliseconds": round(outcome.milliseconds, 2),
    }
