"""``python -m evals.bench [PART …]``: run parts, each in a process of its own, and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir

from evals.bench.report import write_report

PARTS = ("load", "big_load", "questions", "ask", "chat", "readers", "scale")
ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "docs" / "benchmarks.json"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all where none is named")
    parser.add_argument(
        "--folder", type=Path, default=Path(gettempdir()) / "bench", help="where made-up facts are kept"
    )
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; there are: {', '.join(PARTS)}")
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.in_this_process:
        sys.stdout.write(json.dumps(import_module(f"evals.bench.parts.{options.parts[0]}").run(options.folder)))
        return 0
    return max(_in_a_process(part, options.folder) for part in options.parts or PARTS)


def _in_a_process(part: str, folder: Path) -> int:
    """Run one part, print what it found and keep it: its memory is then its own."""
    sys.stdout.write(f"{part} …\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "evals.bench", part, "--folder", str(folder), "--in-this-process"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        sys.stderr.write(f"The part {part} failed; its error stands above.\n")
        return 1
    found = {**json.loads(done.stdout), "load_average": round(os.getloadavg()[1], 1)}
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**results, part: found}, indent=1) + "\n", "utf-8")
    for row in found["rows"]:
        sys.stdout.write(f"  {row['work']}: {row['figure']} (baseline: {row['baseline']}; {row['goal']})\n")
    write_report(ROOT / "docs", {**results, part: found})
    return 0


if __name__ == "__main__":
    sys.exit(main())
