"""A question without its queries: understanding, answer and figure; and what the command costs from start to end."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from assistant import Assistant
from evals.bench.measure import Row, milliseconds, percentile
from evals.case import read_cases
from evals.dataset import DATASETS, ROOT
from evals.run import loaded

ROUNDS = 3
_COMMAND = ("-m", "assistant", "ask", "spend by platform last month", "--workspace")


def run(folder: Path) -> dict[str, Any]:
    cases = [case for case in read_cases() if case.dataset == "sample" and not case.after]
    with loaded("sample") as (assistant, _):
        for case in cases:  # the results are then known: what is left is everything but the queries
            _ask(assistant, case.ask[0])
        taken = [_ask(assistant, wording) for _ in range(ROUNDS) for case in cases for wording in case.ask[:1]]
        workspace = assistant.workspace.folder
        assistant.close()
        command = _cpu_of_the_command(workspace)
    cpu, wall = [c for c, _ in taken], [w for _, w in taken]
    p50, p99 = percentile(cpu, 0.5), percentile(cpu, 0.99)
    rows = [
        Row(
            f"`ask` without the database, {len(cases)} questions: understanding, answer, figure",
            "–",
            f"p50 {milliseconds(p50)}, p99 {milliseconds(p99)} CPU (wall {milliseconds(percentile(wall, 0.5))}, "
            f"{milliseconds(percentile(wall, 0.99))})",
            "p50 5 ms, p99 20 ms",
            p50 <= 0.005 and p99 <= 0.020,
        ),
        Row("`python -m assistant ask` from start to end, CPU", "–", f"{command:.2f} s", "1 s", command <= 1.0),
    ]
    return {"rows": [row.as_json() for row in rows], "series": {}}


def _ask(assistant: Assistant, text: str) -> tuple[float, float]:
    conversation = assistant.conversation(today=DATASETS["sample"].today)
    cpu, wall = time.thread_time(), time.perf_counter()
    conversation.ask(text)
    return time.thread_time() - cpu, time.perf_counter() - wall


def _cpu_of_the_command(workspace: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(ROUNDS):
        command = [sys.executable, *_COMMAND, str(workspace)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=os.environ)  # noqa: S603 - our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / ROUNDS
