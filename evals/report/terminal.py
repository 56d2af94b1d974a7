"""The report on a terminal: accuracy by category and route, what else is measured, and every miss."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.outcome import Outcome
from evals.score import Scores, Tally


def show(console: Console, scores: Scores, outcomes: Sequence[Outcome], below: Sequence[str]) -> None:
    """Print the report; ``below`` are the floors that are not held."""
    for outcome in outcomes:
        if not outcome.passed:
            _show_miss(console, outcome)
    console.print(_table("Category", scores.by_category, scores.total))
    if len(scores.by_route) > 1:
        console.print(_table("Route", scores.by_route, scores.total))
    for label, value in headlines(scores):
        console.print(f"{label}: [bold]{value}[/bold]")
    for line in below:
        console.print(f"[red]Below the floor:[/red] {escape(line)}")


def headlines(scores: Scores) -> list[tuple[str, str]]:
    """The figures above any table, worded the same in every report."""
    consistency, understanding = scores.consistency, scores.understanding_ms
    return [
        ("Accuracy", f"{scores.total.accuracy:.1%} of {scores.total.questions} questions"),
        ("Silently wrong", f"{scores.silently_wrong_share:.1%} ({scores.total.silently_wrong})"),
        ("Paraphrase consistency", f"{consistency.share:.1%} of {consistency.groups} cases with several wordings"),
        ("Latency", f"{scores.latency_ms.p50:.0f} ms median, {scores.latency_ms.p95:.0f} ms at the 95th percentile"),
        (
            "Understanding alone",
            f"{understanding.p50:.1f} ms median, {understanding.p99:.1f} ms at the 99th percentile",
        ),
        ("Reasons of misses", ", ".join(f"{name} {count}" for name, count in scores.reasons.items()) or "none"),
    ]


def _table(title: str, tallies: dict[str, Tally], total: Tally) -> Table:
    table = Table()
    table.add_column(title)
    for heading in ("questions", "right", "accuracy", "silently wrong"):
        table.add_column(heading, justify="right")
    for name, tally in {**tallies, "all": total}.items():
        figures = (str(tally.questions), str(tally.passed), f"{tally.accuracy:.1%}", str(tally.silently_wrong))
        table.add_row(name, *figures, style="bold" if name == "all" else None)
    return table


def _show_miss(console: Console, outcome: Outcome) -> None:
    before = "".join(f"{text} → " for text in outcome.case.after)
    console.print(f"[yellow]{escape(outcome.case.id)}[/yellow] {escape(before + outcome.question)}")
    for reason, detail in outcome.misses:
        console.print(f"  {reason.value}: [dim]{escape(detail)}[/dim]")
