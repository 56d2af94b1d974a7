"""``python -m evals [CASES…] [--route rules|llm] [--report DIR] [--json]``: run cases and report how they went."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals.case import CASES, Case, read_cases
from evals.dataset import DATASETS
from evals.floors import Floors
from evals.outcome import Outcome
from evals.report.page import page
from evals.report.terminal import show
from evals.run import run
from evals.score import Scores, as_json, score
from kpi.errors import PlatformError


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 where all floors are held, 1 where one is not or nothing could be run, 2 on wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        cases = _chosen(options)
        outcomes = _run(cases, quiet=options.json)
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    scores = score(outcomes)
    below = [] if options.cases else Floors.read().below(scores)
    _report(options, scores, outcomes, below)
    return 1 if below else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="Ask the evaluation's questions and score them."
    )
    parser.add_argument("cases", nargs="*", type=Path, help="case files or folders (default: evals/cases, with floors)")
    parser.add_argument("--route", choices=("rules", "llm"), default="rules", help="who understands the questions")
    parser.add_argument("--dataset", choices=sorted(DATASETS), help="only cases over this dataset")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.json and report.html there")
    parser.add_argument("--json", action="store_true", help="print the report as JSON instead of tables")
    return parser


def _chosen(options: argparse.Namespace) -> list[Case]:
    if options.route == "llm":
        raise PlatformError("This version understands questions by its rules alone: run with --route rules.")
    cases = read_cases(options.cases or (CASES,))
    kept = [case for case in cases if options.dataset in (None, case.dataset)]
    if not kept:
        raise PlatformError(f"None of these cases is over the dataset {options.dataset}.")
    return kept


def _run(cases: list[Case], *, quiet: bool) -> list[Outcome]:
    console = Console(stderr=True, quiet=quiet)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Asking", total=sum(len(case.ask) for case in cases))
        return run(cases, lambda _: progress.advance(task))


def _report(options: argparse.Namespace, scores: Scores, outcomes: Sequence[Outcome], below: list[str]) -> None:
    data = json.dumps(as_json(scores, outcomes), indent=1, ensure_ascii=False)
    if options.report:
        options.report.mkdir(parents=True, exist_ok=True)
        command = shlex.join(["python", "-m", "evals", *map(str, options.cases), "--route", options.route])
        (options.report / "report.json").write_text(data + "\n", "utf-8")
        (options.report / "report.html").write_text(page(scores, outcomes, below, command), "utf-8")
    if options.json:
        sys.stdout.write(data + "\n")
    else:
        show(Console(), scores, outcomes, below)


if __name__ == "__main__":
    raise SystemExit(main())
