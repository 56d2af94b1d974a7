"""KPI questions with a comparison over 100M facts, none of them asked before, against SQL by hand on the facts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from evals.bench.facts import LAST_DAY, Scale, filled_workspace
from evals.bench.measure import Row, Timer, milliseconds, most_memory_mb, percentile
from kpi.engine import Engine
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel

FACTS = Scale(100_000_000, 2000, 1095)
DIMENSIONS = ("platform", "account", "campaign", "country", "device", "ad_group", "ad", "day_of_week")
SPANS = {"30 days": 30, "a year": 365}
ROUNDS = 8
_BY_HAND = """
    SELECT {column} AS member, sum(spend) FILTER (now) / nullif(sum(conversions) FILTER (now), 0) AS cac,
           sum(revenue) FILTER (now) / nullif(sum(spend) FILTER (now), 0) AS roas,
           sum(spend) FILTER (NOT now) / nullif(sum(conversions) FILTER (NOT now), 0) AS cac_previous,
           sum(revenue) FILTER (NOT now) / nullif(sum(spend) FILTER (NOT now), 0) AS roas_previous
    FROM (SELECT *, date >= DATE '{start}' AS now FROM facts WHERE date BETWEEN DATE '{before}' AND DATE '{end}')
    GROUP BY 1"""


def run(folder: Path) -> dict[str, Any]:
    workspace = filled_workspace(folder / FACTS.name, FACTS)
    engine = Engine(workspace, SemanticModel.load())
    with Timer() as catalogue:
        _ = engine.catalogue
    asked = {(name, by): question_times(engine, by, days) for (name, days), by in product(SPANS.items(), DIMENSIONS)}
    plain = {key: _by_hand(engine, key[1], SPANS[key[0]]) for key in asked}
    workspace.close()
    every = [timer for timers in asked.values() for timer in timers]
    cpu, wall = ([getattr(t, kind) for t in every] for kind in ("cpu", "wall"))
    p50, p95 = percentile(cpu, 0.5), percentile(cpu, 0.95)
    rows = [
        Row(
            "KPI question with comparison, 30 days and a year, by each dimension, 100M facts, p95",
            f"SQL by hand on the facts: p50 {milliseconds(percentile([t.cpu for t in plain.values()], 0.5))} CPU",
            f"{milliseconds(p95)} CPU, {milliseconds(percentile(wall, 0.95))} wall (p50 {milliseconds(p50)} CPU)",
            "20 ms (40 ms)",
            p95 <= 0.040,
        ),
        *(_row(name, by, timers, plain[name, by]) for (name, by), timers in asked.items()),
        Row("reading what is loaded, after each load", "–", milliseconds(catalogue.cpu)),
        Row("memory of the process", "–", f"{most_memory_mb():.0f} MB"),
        Row("file of 100M facts and their rollups", "–", f"{_size(folder) / 1e9:.2f} GB"),
    ]
    return {"rows": [row.as_json() for row in rows], "series": {}}


def question_times(engine: Engine, by: str, days: int, rounds: int = ROUNDS) -> list[Timer]:
    """Each round another end of the period, so that no result is known; the first, which compiles, is not counted."""
    timers = []
    for back in range(rounds + 1):
        query = _query(by, LAST_DAY - timedelta(days=3 * back + 1), days)
        with Timer() as timer:
            rows = engine.run(query).result.rows
        if not rows:
            raise AssertionError(query)
        timers.append(timer)
    return timers[1:]


def _query(by: str, end: date, days: int) -> MetricQuery:
    start = end - timedelta(days=days - 1)
    before = {"start": start - timedelta(days=days), "end": start - timedelta(days=1)}
    return MetricQuery.model_validate(
        {"metrics": ["cac", "roas"], "dimensions": [by], "period": {"start": start, "end": end}, "comparison": before}
    )


def _by_hand(engine: Engine, by: str, days: int) -> Timer:
    start = LAST_DAY - timedelta(days=days - 1)
    column = engine.model.dimensions[by].column
    statement = _BY_HAND.format(column=column, start=start, before=start - timedelta(days=days), end=LAST_DAY)
    with Timer() as timer:
        engine.workspace.warehouse.query(statement)
    return timer


def _row(name: str, by: str, timers: list[Timer], plain: Timer) -> Row:
    cpu = percentile([timer.cpu for timer in timers], 0.5)
    figure = f"{milliseconds(cpu)} ({plain.cpu / cpu:.0f}× faster)"
    return Row(f"… by {by}, {name}, p50 CPU", milliseconds(plain.cpu), figure)


def _size(folder: Path) -> int:
    return (folder / FACTS.name / "warehouse.duckdb").stat().st_size
