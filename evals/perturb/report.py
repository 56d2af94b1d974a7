"""How changed questions were taken, by kind of change: on a terminal and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.perturb.run import Perturbed, Result


class Rates(BaseModel):
    """Counts of one kind of change."""

    model_config = ConfigDict(frozen=True)

    questions: int
    same: int
    asked: int
    declined: int
    another: int

    def share(self, result: Result) -> float:
        return float(getattr(self, result)) / self.questions if self.questions else 0.0


def rates(outcomes: Sequence[Perturbed]) -> dict[str, Rates]:
    """By kind, and 'all'."""
    names = [*dict.fromkeys(outcome.kind for outcome in outcomes), "all"]
    return {name: _rates([o for o in outcomes if name in (o.kind, "all")]) for name in names}


def _rates(outcomes: Sequence[Perturbed]) -> Rates:
    counts = Counter(outcome.result for outcome in outcomes)
    return Rates(questions=len(outcomes), **{result: counts[result] for result in get_args(Result)})


def show(console: Console, outcomes: Sequence[Perturbed]) -> None:
    """Every change that brought another query or a refusal, then the table."""
    for outcome in outcomes:
        if outcome.result in ("another", "declined"):
            console.print(f"[yellow]{outcome.result}[/yellow] {outcome.kind}: {escape(outcome.question)}")
            console.print(f"  → {escape(outcome.changed)}")
    table = Table("Kind of change")
    for heading in ("questions", "same query", "asked back", "declined", "another query"):
        table.add_column(heading, justify="right")
    for name, rate in rates(outcomes).items():
        shares = [f"{rate.share(result):.1%}" for result in get_args(Result)]
        table.add_row(name, str(rate.questions), *shares, style="bold" if name == "all" else None)
    console.print(table)


def as_json(outcomes: Sequence[Perturbed]) -> dict[str, Any]:
    """The rates, and each change that brought another query or a refusal."""
    return {
        "rates": {name: rate.model_dump() for name, rate in rates(outcomes).items()},
        "wrong": [_plain(outcome) for outcome in outcomes if outcome.result in ("another", "declined")],
    }


def _plain(outcome: Perturbed) -> dict[str, Any]:
    query = outcome.answer.query
    return {
        "case": outcome.case.id,
        "kind": outcome.kind,
        "question": outcome.question,
        "changed": outcome.changed,
        "result": outcome.result,
        "query": query.model_dump(mode="json") if query else None,
        "text": outcome.answer.text,
    }
