"""``python -m evals.date_phrases FILE.jsonl``: how date phrases with accepted readings are read, by tag.

A line of the file is ``{"id", "text", "reference_date", "accept": [[first day or null, last day], …], "tag"}``; each is
asked as 'total spend PHRASE' on its reference day. A null first day stands for all days since 1900.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant import Assistant

BEFORE = "total spend "
OLDEST = "1900-01-01"


@dataclass(frozen=True)
class Verdict:
    """``read``: '2025-06-01 to 2025-06-30', or the question back in words. ``outcome``: right, asked or wrong."""

    id: str
    text: str
    tag: str
    read: str
    outcome: str


def judge(assistant: Assistant, row: dict[str, object]) -> Verdict:
    """Ask one phrase. ``assistant`` holds no data, so that an open start is 1900."""
    day = date.fromisoformat(str(row["reference_date"]))
    answer = assistant.translate(f"{BEFORE}{row['text']}", today=day)
    id_, text, tag = (str(row[key]) for key in ("id", "text", "tag"))
    if answer.query is None:
        return Verdict(id_, text, tag, answer.text, "asked")
    query = answer.query
    plain = not (query.filters or query.comparison or query.grain or query.dimensions)
    read = (str(query.period.start), str(query.period.end))
    accepted = [(first or OLDEST, last) for first, last in row["accept"]]  # type: ignore[attr-defined]
    return Verdict(id_, text, tag, " to ".join(read), "right" if plain and read in accepted else "wrong")


def judge_file(path: Path) -> list[Verdict]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(folder)
        try:
            return [judge(assistant, row) for row in rows]
        finally:
            assistant.close()


def by_tag(verdicts: Iterable[Verdict]) -> dict[str, Counter[str]]:
    """tag -> how many were right, asked about and wrong; the most frequent tag first."""
    counted: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        counted.setdefault(verdict.tag, Counter())[verdict.outcome] += 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1].total(), item[0])))


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, also where phrases are missed; 1 where the file can't be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.date_phrases", description="Score date phrases by tag.")
    parser.add_argument("file", type=Path, help="phrases with accepted readings, a JSON object a line")
    path: Path = parser.parse_args(arguments).file
    try:
        verdicts = judge_file(path)
    except (OSError, KeyError, ValueError) as error:
        sys.stderr.write(f"{path} can't be read as phrases with accepted readings: {error!r}\n")
        return 1
    _show(Console(), verdicts)
    return 0


def _show(console: Console, verdicts: list[Verdict]) -> None:
    table = Table("Tag", "Phrases", "Right", "Asked", "Wrong")
    for tag, counts in [*by_tag(verdicts).items(), ("all", Counter(verdict.outcome for verdict in verdicts))]:
        table.add_row(tag, *map(str, (counts.total(), counts["right"], counts["asked"], counts["wrong"])))
    console.print(table)
    for verdict in verdicts:
        if verdict.outcome != "right":
            console.print(f"{verdict.outcome}: {verdict.id} “{verdict.text}” -> {verdict.read}", soft_wrap=True)


if __name__ == "__main__":
    raise SystemExit(main())
