"""Fifty people ask while 1M rows are loaded: how much slower, and that nobody sees a state between before and after."""

from __future__ import annotations

import random
import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Assistant
from evals.bench.facts import LAST_DAY, Scale, filled_workspace
from evals.bench.measure import Row, milliseconds, percentile
from evals.bench.parts.load import NEW, export
from kpi.query import MetricQuery
from kpi.settings import Settings

HELD = Scale(1_000_000, 500, 90)
READERS, ALONE_SECONDS, PAUSE = 50, 10, 1.0
_STATE = "SELECT count(*) AS rows, sum(spend) AS spend FROM kpi_daily"


class _Readers:
    """Each asks, waits a little and asks again: half of it new, now and then the sum of everything."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._stop = threading.Event()
        self.times: list[float] = []
        self.states: set[tuple[Any, Any]] = set()
        self.errors: list[str] = []
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]

    def __enter__(self) -> _Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number: int) -> None:
        dice = random.Random(number)  # noqa: S311 - not for secrets
        while not self._stop.is_set():
            started = time.perf_counter()
            try:
                self._ask(dice)
            except Exception as error:
                self.errors.append(repr(error))
            self.times.append(time.perf_counter() - started)
            self._stop.wait(PAUSE * dice.random())

    def _ask(self, dice: random.Random) -> None:
        if dice.random() < 0.1:
            row = self._assistant.workspace.warehouse.query(_STATE)[0]
            self.states.add((row["rows"], row["spend"]))
        else:
            self._assistant.engine.run(_query(dice))


def run(folder: Path) -> dict[str, Any]:
    file = export(folder, NEW, bad=True)
    filled_workspace(folder / HELD.name, HELD).close()
    with TemporaryDirectory(dir=folder) as copy:
        shutil.copytree(folder / HELD.name, copy, dirs_exist_ok=True)
        assistant = Assistant.open(copy, Settings(_env_file=None, currency="USD"))
        with _Readers(assistant):  # compiles the shapes, so that both measured runs find them ready
            time.sleep(2)
        with _Readers(assistant) as alone:
            time.sleep(ALONE_SECONDS)
        with _Readers(assistant) as beside:
            time.sleep(1)
            report = assistant.load_file(file)
            time.sleep(1)
        assistant.close()
    quiet, busy = percentile(alone.times, 0.95), percentile(beside.times, 0.95)
    errors, states = alone.errors + beside.errors, len(beside.states)
    figure = f"p95 {milliseconds(busy)} = {busy / quiet:.1f}×, {len(errors)} errors, {states} states seen"
    work = f"{READERS} readers during a load of {report.rows_loaded:,} rows"
    reached = busy <= 3 * quiet and not errors and states <= 2
    row = Row(work, f"readers alone: p95 {milliseconds(quiet)}", figure, "p95 ≤ 3×, 0 errors, no third state", reached)
    return {"rows": [row.as_json()], "series": {}}


def _query(dice: random.Random) -> MetricQuery:
    """Half of them the usual ones, half of them with days that hardly anybody asked for."""
    known = dice.random() < 0.5
    end = LAST_DAY - timedelta(days=0 if known else dice.randrange(45))
    period = {"start": end - timedelta(days=29 if known else dice.randrange(5, 40)), "end": end}
    by = dice.choice(["platform", "campaign", "country"])
    return MetricQuery.model_validate({"metrics": ["spend", "cac"], "dimensions": [by], "period": period})
