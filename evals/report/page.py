"""The report as one HTML file that needs nothing else: no script, no font or style from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from evals.outcome import Outcome
from evals.report.terminal import headlines
from evals.score import Scores, Tally


def page(scores: Scores, outcomes: Sequence[Outcome], below: Sequence[str], command: str) -> str:
    """The HTML text. All questions and answers in it are shown as text."""
    template = Template(Path(__file__).with_name("page.html").read_text("utf-8"))
    misses = [outcome for outcome in outcomes if not outcome.passed]
    return template.substitute(
        command=escape(command),
        cards="".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in headlines(scores)),
        below="".join(f'<p class="wrong">Below the floor: {escape(line)}</p>' for line in below),
        categories=_tallies("Category", scores.by_category),
        routes=_tallies("Route", scores.by_route),
        misses=_table(("Case", "Question", "Why"), map(_miss, misses)) if misses else "<p>None.</p>",
        questions=_table(("Case", "Question", "Result", "Milliseconds"), map(_question, outcomes)),
    )


def _tallies(title: str, tallies: dict[str, Tally]) -> str:
    rows = (
        [escape(name), str(t.questions), str(t.passed), f"{t.accuracy:.1%}", str(t.silently_wrong)]
        for name, t in tallies.items()
    )
    return _table((title, "Questions", "Right", "Accuracy", "Silently wrong"), rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML already."""
    head = "".join(f"<th>{heading}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _miss(outcome: Outcome) -> list[str]:
    why = "<br>".join(f"{reason.value}: <code>{escape(detail)}</code>" for reason, detail in outcome.misses)
    return [escape(outcome.case.id), _asked(outcome), why]


def _question(outcome: Outcome) -> list[str]:
    result = '<span class="right">right</span>' if outcome.passed else '<span class="wrong">wrong</span>'
    return [escape(outcome.case.id), _asked(outcome), result, f"{outcome.milliseconds:.0f}"]


def _asked(outcome: Outcome) -> str:
    return escape(" → ".join((*outcome.case.after, outcome.question)))
