"""``python -m evals --route llm``: rules and model side by side on the terminal, as JSON and as a file."""

from __future__ import annotations

import argparse
import json
import sys

from rich.console import Console
from rich.progress import Progress

from evals.case import Case
from evals.command import chosen
from evals.model.judged import as_json, judged
from evals.model.report import show
from evals.model.run import Comparison, compare, first_wordings, unseen
from kpi.errors import PlatformError


def main(options: argparse.Namespace) -> int:
    """Exit code 0: a model is judged by people, not by floors. Raises PlatformError where nothing can be run."""
    cases = unseen(chosen(options.cases, options.dataset))
    if options.first:
        cases = first_wordings(cases, options.first)
    if not cases:
        raise PlatformError("The model reads all of these cases as examples in its prompt: name others.")
    comparison = _compared(cases, options)
    result = judged(comparison)
    data = json.dumps(as_json(result, comparison), indent=1, ensure_ascii=False)
    if options.report:
        options.report.mkdir(parents=True, exist_ok=True)
        (options.report / "model.json").write_text(data + "\n", "utf-8")
    if options.json:
        sys.stdout.write(data + "\n")
    else:
        show(Console(), result)
    return 0


def _compared(cases: list[Case], options: argparse.Namespace) -> Comparison:
    console = Console(stderr=True, quiet=options.json)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Asking the model", total=options.repeat * sum(len(case.ask) for case in cases))
        return compare(cases, options.repeat, lambda _: progress.advance(task))
