"""The ordinary run: score the rules, hold the floors, write the report."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals import trend
from evals.case import CASES, Case, read_cases
from evals.floors import Floors
from evals.outcome import Outcome
from evals.perturb import report as perturb_report
from evals.perturb.run import Perturbed
from evals.perturb.run import run as run_perturbed
from evals.perturb.tables import kinds
from evals.report.page import page
from evals.report.terminal import show
from evals.run import run
from evals.score import Scores, as_json, score
from kpi.errors import PlatformError


def main(options: argparse.Namespace) -> int:
    """Exit code 0 or, where a floor is not held, 1. Raises PlatformError where nothing can be run."""
    cases = chosen(options.cases, options.dataset)
    outcomes = asked(cases, quiet=options.json)
    perturbed = run_perturbed(cases, kinds(), options.seed) if options.perturb else []
    scores = score(outcomes)
    below = _below(options, scores, perturbed)
    points = trend.add(options.trend, scores) if options.trend else []
    data = json.dumps(as_json(scores, outcomes) | _changed(perturbed), ensure_ascii=False)
    if options.report:
        html = page(scores, outcomes, below, _as_typed(options), perturbed, points)
        _write(options.report, {"report.json": data + "\n", "report.html": html})
    _print(options, data, scores, outcomes, below, perturbed)
    return 1 if below else 0


def chosen(paths: Sequence[Path], dataset: str | None) -> list[Case]:
    """The cases of the files, or all of ours. Raises PlatformError where there are none."""
    kept = [case for case in read_cases(paths or (CASES,)) if dataset in (None, case.dataset)]
    if not kept:
        raise PlatformError(f"None of these cases is over the dataset {dataset}.")
    return kept


def asked(cases: list[Case], *, quiet: bool) -> list[Outcome]:
    """Outcomes of the rules, with a bar of progress on standard error."""
    console = Console(stderr=True, quiet=quiet)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Asking", total=sum(len(case.ask) for case in cases))
        return run(cases, lambda _: progress.advance(task))


def _below(options: argparse.Namespace, scores: Scores, perturbed: list[Perturbed]) -> list[str]:
    """Floors hold for a run over all our cases; a part of them may be a hard one."""
    if options.cases:
        return []
    floors = Floors.read()
    rates = perturb_report.rates(perturbed)["all"] if perturbed else None
    return [*floors.below(scores), *(floors.above_by_change(rates.share("another")) if rates else [])]


def _changed(perturbed: list[Perturbed]) -> dict[str, object]:
    return {"perturbed": perturb_report.as_json(perturbed)} if perturbed else {}


def _as_typed(options: argparse.Namespace) -> str:
    flags = ["--perturb"] if options.perturb else []
    return shlex.join(["python", "-m", "evals", *map(str, options.cases), *flags])


def _write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def _print(
    options: argparse.Namespace,
    data: str,
    scores: Scores,
    outcomes: Sequence[Outcome],
    below: list[str],
    perturbed: list[Perturbed],
) -> None:
    if options.json:
        sys.stdout.write(data + "\n")
        return
    show(Console(), scores, outcomes, below)
    if perturbed:
        perturb_report.show(Console(), perturbed)
