"""The scores by commit, a line each in one CSV file, so that a report can show where they went."""

from __future__ import annotations

import csv
import subprocess
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.dataset import ROOT
from evals.score import Scores

HERE = "not committed"  # where the checkout has no history


class Point(BaseModel):
    """One commit's scores; shares between 0 and 1, milliseconds at the median."""

    model_config = ConfigDict(frozen=True)

    commit: str
    day: date
    questions: int
    accuracy: float
    silently_wrong: float
    consistency: float
    p50_ms: float


def read(file: Path) -> list[Point]:
    """The points of a file, oldest first; none where there is no file yet."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [Point.model_validate(row) for row in csv.DictReader(lines)]


def add(file: Path, scores: Scores) -> list[Point]:
    """Write the file with this run as its newest point. Running again on one commit replaces its point."""
    point = _point(scores)
    points = [*(p for p in read(file) if p.commit != point.commit), point]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(Point.model_fields), lineterminator="\n")
        writer.writeheader()
        writer.writerows(p.model_dump(mode="json") for p in points)
    return points


def _point(scores: Scores) -> Point:
    commit, day = _head()
    return Point(
        commit=commit,
        day=day,
        questions=scores.total.questions,
        accuracy=round(scores.total.accuracy, 4),
        silently_wrong=round(scores.silently_wrong_share, 4),
        consistency=round(scores.consistency.share, 4),
        p50_ms=round(scores.latency_ms.p50, 1),
    )


def _head() -> tuple[str, date]:
    """The newest commit and its day; changes on top of it are counted as its own."""
    command = ["git", "-C", str(ROOT), "show", "--no-patch", "--format=%h %cs", "HEAD"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603 - fixed
    except (OSError, subprocess.CalledProcessError):
        return HERE, date.today()
    return said[0], date.fromisoformat(said[1])
