"""A file of 10M rows: ten times the work of 1M, and no more memory than a laptop has to spare."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Assistant
from evals.bench.facts import Scale
from evals.bench.measure import Row, Timer, interleaved, most_memory_mb
from evals.bench.parts.load import export, plain_read
from kpi.settings import Settings

SMALL, LARGE = Scale(1_000_000, 500, 30), Scale(10_000_000, 500, 300)


def run(folder: Path) -> dict[str, Any]:
    small, large = (export(folder, scale, bad=False) for scale in (SMALL, LARGE))
    one = interleaved(2, plain=partial(plain_read, small), ours=partial(_load, small))
    ten = interleaved(1, ours=partial(_load, large))
    memory = most_memory_mb()
    ten |= interleaved(1, plain=partial(plain_read, large))
    growth = ten["ours"] / one["ours"]
    rows = [
        Row(
            "load of 10M rows, CPU",
            f"plain typed read {ten['plain']:.1f} s; our 1M rows {one['ours']:.2f} s",
            f"{ten['ours']:.1f} s = {ten['ours'] / ten['plain']:.1f}× the plain read, {growth:.1f}× our 1M rows",
            "linear (≤ 11×)",
            growth <= 11,
        ),
        Row("its memory", "–", f"{memory:.0f} MB", "≤ 1.5 GB", memory <= 1536),
    ]
    points = [[SMALL.rows, one["ours"]], [LARGE.rows, ten["ours"]]]
    return {"rows": [row.as_json() for row in rows], "series": {"load, CPU s by rows": points}}


def _load(file: Path) -> Timer:
    settings = Settings(_env_file=None, currency="USD", max_upload_mb=4000)
    with TemporaryDirectory(dir=file.parent) as folder:
        assistant = Assistant.open(folder, settings)
        with Timer() as timer:
            report = assistant.load_file(file)
        assistant.close()
    if report.status != "loaded":
        raise AssertionError(report.message)
    return timer
