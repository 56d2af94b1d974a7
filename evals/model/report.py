"""Rules and model side by side on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from evals.model.judged import Judged, side_by_side
from evals.score import Tally


def show(console: Console, result: Judged) -> None:
    """The table by category, then what the table can't say."""
    table = Table("Category", title=f"Rules and {result.model}")
    for heading in ("questions", "rules right", "model right", "rules silently wrong", "model silently wrong"):
        table.add_column(heading, justify="right")
    for name, rules, model in side_by_side(result):
        shares = (rules.accuracy, model.accuracy, _silent(rules), _silent(model))
        figures = (str(rules.questions), *(f"{share:.1%}" for share in shares))
        table.add_row(name, *figures, style="bold" if name == "all" else None)
    console.print(table)
    for label, value in headlines(result):
        console.print(f"{label}: [bold]{value}[/bold]")


def headlines(result: Judged) -> list[tuple[str, str]]:
    """The figures below the table."""
    asked, latency, alike = result.asked, result.by_model.latency_ms, result.by_model.consistency.share
    return [
        ("Right", ", ".join(f"{name} {count}" for name, count in result.together.items())),
        ("Paraphrase consistency", f"rules {result.rules.consistency.share:.1%}, model {alike:.1%}"),
        ("Understood alike each time", f"{result.steady_share:.1%} of {result.questions} asked {result.rounds} times"),
        ("Read by the model", f"{result.read_by_model} of {asked}; the others the rules declined, or the model failed"),
        ("Model failed", f"{result.failed} of {asked}; the rules answered instead"),
        ("Latency with the model", f"{latency.p50:.0f} ms median, {latency.p95:.0f} ms at the 95th percentile"),
        ("Tokens", f"{result.tokens:,}, {result.tokens / asked:,.0f} a question"),
        ("Cost", f"{result.cost:.4f}, {result.cost / asked:.6f} a question, by the prices in the settings"),
    ]


def _silent(tally: Tally) -> float:
    return tally.silently_wrong / tally.questions if tally.questions else 0.0
