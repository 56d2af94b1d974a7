"""``python -m ingest.sample_data --out DIR [--end DATE] [--week]``: write the sample files and say what was written."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from ingest.sample_data.generate import write, write_week
from kpi.errors import PlatformError


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 on success, 1 where the files can't be written; argparse exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m ingest.sample_data", description="Write 18 months of sample ad data."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the CSV files")
    parser.add_argument(
        "--end", type=_day, metavar="DATE", help="last day of the data, YYYY-MM-DD (default: yesterday)"
    )
    parser.add_argument("--week", action="store_true", help="only the last whole week, in one file")
    options = parser.parse_args(arguments)
    end = options.end or date.today() - timedelta(days=1)
    try:
        paths = [write_week(options.out, end)] if options.week else write(options.out, end)
    except (OSError, PlatformError) as error:
        sys.stderr.write(f"The sample data can't be written: {error}\n")
        return 1
    sys.stdout.writelines(f"{path}\n" for path in paths)
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2025-06-30") from None


if __name__ == "__main__":
    raise SystemExit(main())
