"""What grows with the facts, with the new rows and with the members: a question, a load, understanding, disk."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Assistant
from evals.bench.facts import LAST_DAY, Scale, filled_workspace
from evals.bench.measure import Row, Timer, percentile
from evals.bench.parts.load import export
from evals.bench.parts.questions import FACTS, question_times
from kpi.settings import Settings

SCALES = (Scale(1_000_000, 200, 365), Scale(10_000_000, 500, 730), FACTS)
MANY_CAMPAIGNS = Scale(10_000_000, 50_000, 365)
NEW = Scale(100_000, 500, 7)
QUESTIONS = (
    "spend by platform last month",
    "top 5 campaigns by ROAS in the last 90 days",
    "cac for Campaign 00042 last month",
    "weekly spend for the last 12 weeks",
    "compare Meta and Google in the last 30 days",
)


def run(folder: Path) -> dict[str, Any]:
    rows: list[Row] = []
    series: dict[str, list[list[float]]] = {}
    for scale in (*SCALES, MANY_CAMPAIGNS):
        found = _measured(folder, scale)
        rows.append(_row(scale, found))
        if scale in SCALES:
            for name, value in found.items():
                series.setdefault(name, []).append([scale.rows, value])
    return {"rows": [row.as_json() for row in rows], "series": series}


def _measured(folder: Path, scale: Scale) -> dict[str, float]:
    workspace = filled_workspace(folder / scale.name, scale)
    size = workspace.warehouse.path.stat().st_size / 1e6
    assistant = Assistant(workspace)
    with Timer() as vocabulary:
        _ = assistant.rules  # what is loaded, read and made ready for understanding
    times = {by: question_times(assistant.engine, by, 30, rounds=5) for by in ("platform", "campaign")}
    found = {
        f"question by {by}, CPU ms": 1000 * percentile([t.cpu for t in timers], 0.5) for by, timers in times.items()
    }
    found["understanding a question, CPU ms"] = _understanding(assistant)
    found["vocabulary after a load, CPU ms"] = 1000 * vocabulary.cpu
    assistant.close()
    found["load of 100k rows, CPU ms"] = 1000 * _load(folder, scale)
    found["file, MB"] = size
    return found


def _understanding(assistant: Assistant) -> float:
    """The median milliseconds to make a query of a question, without running it."""
    timers = []
    for text in QUESTIONS * 4:
        with Timer() as timer:
            assistant.translate(text, today=LAST_DAY + timedelta(days=1))
        timers.append(timer.cpu)
    return 1000 * percentile(timers, 0.5)


def _load(folder: Path, scale: Scale) -> float:
    file = export(folder, NEW, bad=True)
    with TemporaryDirectory(dir=folder) as copy:
        shutil.copytree(folder / scale.name, copy, dirs_exist_ok=True)
        assistant = Assistant.open(copy, Settings(_env_file=None, currency="USD"))
        with Timer() as timer:
            report = assistant.load_file(file)
        assistant.close()
    if report.status != "loaded_with_rejects":
        raise AssertionError(report.message)
    return timer.cpu


def _row(scale: Scale, found: dict[str, float]) -> Row:
    figures = "; ".join(f"{name.rpartition(', ')[0]} {value:.1f}{_unit(name)}" for name, value in found.items())
    return Row(f"{scale.rows / 1e6:g}M facts, {scale.campaigns:,} campaigns", "–", figures)


def _unit(name: str) -> str:
    return f" {name.split()[-1]}"
