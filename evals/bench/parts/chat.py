"""A team in the chat: sessions over the websocket, each with a question every one or two seconds, half of them new."""

# ruff: noqa: S608  (the SQL is made of our own names and days)

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from evals.bench.facts import LAST_DAY, Scale, filled_workspace
from evals.bench.measure import Row, percentile
from evals.dataset import ROOT

FACTS = Scale(1_000_000, 200, 365)
SECONDS = 30
PATIENCE = 60  # seconds after which an answer counts as failed
_KNOWN = ("spend by platform last month", "cac by country last month", "weekly roas for the last 12 weeks")


@dataclass
class _Tally:
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def run(folder: Path) -> dict[str, Any]:
    workspace = filled_workspace(folder / FACTS.name, FACTS)
    raw = _raw_rate(workspace.warehouse)
    workspace.close()
    rows = []
    for sessions, limit in ((100, 1.0), (500, 2.0)):
        with _server(folder / FACTS.name) as (url, process):
            asyncio.run(_sessions(url, 4, 3))  # the first answer imports what the others use
            before = _cpu_seconds(process.pid)
            tally = asyncio.run(_sessions(url, sessions, SECONDS))
            cpu = (_cpu_seconds(process.pid) - before) / max(1, len(tally.times))
        p95 = percentile(tally.times, 0.95)
        rows.append(
            Row(
                f"{sessions} chat sessions over the websocket, a question every 1-2 s, half of them new",
                f"the same queries on DuckDB alone: {raw:.0f} a second",
                f"{len(tally.times)} answers, {len(tally.times) / SECONDS:.0f} a second, "
                f"{len(tally.failures)} failures, "
                f"p50 {percentile(tally.times, 0.5):.2f} s, p95 {p95:.2f} s; {1000 * cpu:.0f} ms CPU an answer",
                f"no failure, p95 < {limit:g} s",
                not tally.failures and p95 < limit,
            )
        )
    return {"rows": [row.as_json() for row in rows], "series": {}}


def _question(dice: random.Random) -> str:
    if dice.random() < 0.5:
        return dice.choice(_KNOWN)
    end = LAST_DAY - timedelta(days=dice.randrange(200))
    start = end - timedelta(days=dice.randrange(10, 90))
    metric, by = (
        dice.choice(["spend", "cac", "roas", "clicks"]),
        dice.choice(["platform", "country", "campaign", "device"]),
    )
    return f"{metric} by {by} from {start} to {end}"


async def _sessions(url: str, count: int, seconds: float) -> _Tally:
    tally, until = _Tally(), time.monotonic() + seconds + count / 50
    await asyncio.gather(*(_one_person(url, number, until, tally) for number in range(count)))
    return tally


async def _one_person(url: str, number: int, until: float, tally: _Tally) -> None:
    """Connects, asks, reads the answer, thinks a moment, asks again."""
    import socketio

    dice = random.Random(number)  # noqa: S311 - not for secrets
    await asyncio.sleep(number / 50)  # people come one after the other
    client, answers = socketio.AsyncClient(), asyncio.Queue[dict[str, Any]]()
    client.on("new_message", lambda message: answers.put_nowait(message))
    session = {"clientType": "webapp", "sessionId": str(uuid4()), "threadId": "", "userEnv": "{}", "chatProfile": ""}
    try:
        path = "/chat/ws/socket.io"
        await client.connect(url, auth=session, socketio_path=path, transports=["websocket"], wait_timeout=PATIENCE)
        await client.emit("connection_successful")
        while time.monotonic() < until:
            started = time.perf_counter()
            await _ask(client, _question(dice))
            await asyncio.wait_for(_answer(answers), PATIENCE)
            tally.times.append(time.perf_counter() - started)
            await asyncio.sleep(1 + dice.random())
        await client.disconnect()
    except Exception as error:
        tally.failures.append(repr(error))


async def _ask(client: Any, text: str) -> None:
    message = {"id": str(uuid4()), "name": "User", "type": "user_message", "output": text, "createdAt": "2025-07-01"}
    await client.emit("client_message", {"message": message, "fileReferences": []})


async def _answer(messages: asyncio.Queue[dict[str, Any]]) -> None:
    while True:
        message = await messages.get()
        if message["type"] == "assistant_message":
            if message.get("isError"):
                raise AssertionError(message["output"])
            return


def _raw_rate(warehouse: Any) -> float:
    """How many such sums a second DuckDB itself gives on the facts, one after the other."""
    dice, started, count = random.Random(1), time.perf_counter(), 0  # noqa: S311 - not for secrets
    while time.perf_counter() - started < 5:
        end = LAST_DAY - timedelta(days=dice.randrange(200))
        by = dice.choice(["platform", "country", "campaign", "device"])
        days = f"date BETWEEN DATE '{end}' - {dice.randrange(10, 90)} AND DATE '{end}'"
        warehouse.query(f"SELECT {by}, sum(spend), sum(conversions) FROM facts WHERE {days} GROUP BY 1")
        count += 1
    return count / (time.perf_counter() - started)


@contextmanager
def _server(workspace: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--workspace", str(workspace)]
    environment = {**os.environ, "LOG_LEVEL": "error"}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603 - our own
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        if found is None:
            raise AssertionError("the server did not start")
        yield found.group(), process
    finally:
        process.terminate()
        process.wait(30)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
