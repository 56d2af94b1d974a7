"""``python -m evals``: ask the evaluation's questions and report how they went.

python -m evals [CASES…] [--report DIR] [--json]   score the rules
python -m evals --perturb                          … and ask every question again as people mangle it
python -m evals --route llm [--repeat N]           score the rules and a language model side by side
python -m evals --candidates [--promote ID]        answers that people called wrong, and cases made of them
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals import candidates, command
from evals.dataset import DATASETS
from evals.model import command as model_command
from evals.perturb.run import SEED
from kpi.errors import PlatformError


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 where all floors are held, 1 where one is not or nothing could be run, 2 on wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        if options.candidates or options.promote:
            return candidates.main(options.workspace, options.promote, options.to)
        return model_command.main(options) if options.route == "llm" else command.main(options)
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="Ask the evaluation's questions and score them."
    )
    parser.add_argument("cases", nargs="*", type=Path, help="case files or folders (default: evals/cases, with floors)")
    parser.add_argument("--route", choices=("rules", "llm"), default="rules", help="who understands the questions")
    parser.add_argument("--dataset", choices=sorted(DATASETS), help="only cases over this dataset")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.json and report.html there")
    parser.add_argument("--json", action="store_true", help="print the report as JSON instead of tables")
    _add_rules_options(parser)
    _add_model_options(parser)
    _add_candidate_options(parser)
    return parser


def _add_rules_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules")
    group.add_argument("--perturb", action="store_true", help="also ask questions with typos, slang, … in them")
    group.add_argument("--seed", type=int, default=SEED, help="which changes --perturb makes (default: %(default)s)")
    group.add_argument("--trend", type=Path, metavar="FILE", help="add this run to a CSV file, a line a commit")


def _add_model_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("language model (--route llm)")
    group.add_argument("--repeat", type=_count, default=1, metavar="N", help="ask the model each question N times")
    group.add_argument(
        "--first", type=_count, metavar="N", help="only the first wording of every N-th case: a cheap look"
    )


def _add_candidate_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("answers that people called wrong")
    group.add_argument("--candidates", action="store_true", help="list them")
    group.add_argument("--promote", metavar="ID", help="make a case of one: YAML to be completed")
    group.add_argument("--to", type=Path, metavar="FILE", help="file that the case is added to (default: printed)")
    group.add_argument(
        "--workspace", type=Path, default=Path("workspace"), help="where they are (default: %(default)s)"
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    raise SystemExit(main())
