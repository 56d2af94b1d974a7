"""The report as one HTML file that needs nothing else: no script, no font or style from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import get_args

from evals.outcome import Outcome
from evals.perturb.report import rates
from evals.perturb.run import Perturbed, Result
from evals.report.terminal import headlines
from evals.report.trend_chart import chart
from evals.score import Scores, Tally
from evals.trend import Point

NUMBERS = "number"


def page(
    scores: Scores,
    outcomes: Sequence[Outcome],
    below: Sequence[str],
    command: str,
    perturbed: Sequence[Perturbed] = (),
    points: Sequence[Point] = (),
) -> str:
    """The HTML text. All questions and answers in it are shown as text."""
    template = Template(Path(__file__).with_name("page.html").read_text("utf-8"))
    misses = [outcome for outcome in outcomes if not outcome.passed]
    return template.substitute(
        command=escape(command),
        cards="".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in headlines(scores)),
        below="".join(f'<p class="wrong">Below the floor: {escape(line)}</p>' for line in below),
        trend=chart(points),
        categories=_tallies("Category", scores.by_category),
        routes=f"<h2>By route</h2>{_tallies('Route', scores.by_route)}" if len(scores.by_route) > 1 else "",
        changed=_changed(perturbed) if perturbed else "<p>Not asked in this run (<code>--perturb</code>).</p>",
        misses=_table(("Case", "Question", "Why"), map(_miss, misses)) if misses else "<p>None.</p>",
        questions=_questions(outcomes),
    )


def _tallies(title: str, tallies: dict[str, Tally]) -> str:
    rows = (
        [escape(name), str(t.questions), str(t.passed), _share(t.accuracy), str(t.silently_wrong or "")]
        for name, t in tallies.items()
    )
    return _table((title, "Questions", "Right", "Accuracy", "Silently wrong"), rows, NUMBERS)


def _changed(perturbed: Sequence[Perturbed]) -> str:
    rows = (
        [escape(kind), str(rate.questions), *(f"{rate.share(result):.1%}" for result in get_args(Result))]
        for kind, rate in rates(perturbed).items()
    )
    heads = ("Change", "Questions", "Same query", "Asked back", "Declined", "Another query")
    wrong = [outcome for outcome in perturbed if outcome.result == "another"]
    listed = _table(("Change", "Question", "As changed"), map(_changed_row, wrong)) if wrong else "<p>None.</p>"
    found = f"<details><summary>{len(wrong)} that gave another query</summary>{listed}</details>"
    return _table(heads, rows, NUMBERS) + found


def _changed_row(outcome: Perturbed) -> list[str]:
    return [escape(outcome.kind), escape(outcome.question), escape(outcome.changed)]


def _questions(outcomes: Sequence[Outcome]) -> str:
    """A part to fold out for each category."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.case.category)
    parts = []
    for category, group in groupby(ordered, key=lambda outcome: outcome.case.category):
        rows = [_question(outcome) for outcome in group]
        table = _table(("Case", "Question", "Result", "ms"), rows)
        parts.append(f"<details><summary>{escape(category)} ({len(rows)})</summary>{table}</details>")
    return "".join(parts)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "text") -> str:
    """Cells are HTML already."""
    head = "".join(f"<th>{heading}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _share(share: float) -> str:
    return f'<meter min="0" max="1" value="{share:.4f}"></meter> {share:.1%}'


def _miss(outcome: Outcome) -> list[str]:
    why = "<br>".join(f"{reason.value}: <code>{escape(detail)}</code>" for reason, detail in outcome.misses)
    silent = '<br><span class="wrong">silently wrong</span>' if outcome.silently_wrong else ""
    return [escape(outcome.case.id) + silent, _asked(outcome), why]


def _question(outcome: Outcome) -> list[str]:
    result = '<span class="right">right</span>' if outcome.passed else '<span class="wrong">wrong</span>'
    return [escape(outcome.case.id), _asked(outcome), result, f"{outcome.milliseconds:.0f}"]


def _asked(outcome: Outcome) -> str:
    before = "".join(f"{escape(text)} → " for text in outcome.case.after)
    return f'<span class="before">{before}</span>{escape(outcome.question)}' if before else escape(outcome.question)
