"""The job table, safe to use from many threads and processes.

Every change of state is one conditional UPDATE, so that a late message about a finished job changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kpi.errors import UnknownJob
from n8n.jobs.database import prepared, transaction
from n8n.jobs.job import ACTIVE, Job, State

_JSON = ("parameters", "result")


class JobStore:
    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = prepared(folder)
        self._clock = clock

    # -- asking for a job --------------------------------------------------------------------------------------------
    def add(
        self,
        workflow: str,
        parameters: dict[str, Any],
        *,
        key: str,
        title: str,
        patience: float,
        state: State = "waiting",
        parent: int | None = None,
        conversation: str | None = None,
        user: str | None = None,
    ) -> tuple[Job, bool]:
        """The job of that key, and whether it is a new one. ``patience``: seconds until the dispatcher gives up."""
        now = self._clock()
        with transaction(self._path) as database:
            added = database.execute(
                "INSERT INTO jobs (key, workflow, title, parameters, state, parent, conversation, user,"
                " created_at, changed_at, due_at, deadline) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (key) DO NOTHING",
                (
                    *(key, workflow, title, json.dumps(parameters), state, parent, conversation, user),
                    *(now, now, now, now + patience),
                ),
            )
            return self._one(database, "key = ?", key), added.rowcount == 1

    def accept(self, number: int, patience: float, conversation: str | None = None) -> bool:
        """A job that was proposed, failed or was stopped may run (again), under its own key, for that conversation."""
        now = self._clock()
        fields: dict[str, Any] = {"conversation": conversation} if conversation else {}
        fields |= {"state": "waiting", "attempts": 0, "execution": None, "step": "", "reason": ""}
        fields |= {"due_at": now, "deadline": now + patience}
        return self._change(number, ("proposed", "failed", "stopped"), **fields)

    # -- its way -----------------------------------------------------------------------------------------------------
    def claim(self, job: Job, silence: float) -> bool:
        """Before n8n is called: so that an answer that is faster than we are finds the job running."""
        due = self._clock() + silence
        return self._change(
            job.number, ("waiting",), state="running", attempts=job.attempts + 1, execution=None, step="", due_at=due
        )

    def prepare(self, number: int, parameters: dict[str, Any]) -> bool:
        """What the workflow is told, once it is known."""
        return self._change(number, ("waiting",), parameters=json.dumps(parameters))

    def name_execution(self, number: int, execution: str | None) -> bool:
        """Also of a job that has ended meanwhile; nothing else changes."""
        with transaction(self._path) as database:
            statement = "UPDATE jobs SET execution = coalesce(?, execution) WHERE number = ?"
            return database.execute(statement, (execution, number)).rowcount == 1

    def unclaim(self, job: Job, seconds: float, step: str) -> bool:
        """n8n was not reached: the attempt doesn't count."""
        return self._change(
            job.number,
            ("running",),
            state="waiting",
            attempts=job.attempts,
            step=step,
            due_at=self._clock() + seconds,
        )

    def postpone(self, number: int, seconds: float, *, step: str | None = None, state: State | None = None) -> bool:
        """Look at it later; ``state`` puts a job that silently got lost back to waiting."""
        fields: dict[str, Any] = {"due_at": self._clock() + seconds}
        fields |= {"step": step} if step is not None else {}
        fields |= {"state": state} if state is not None else {}
        return self._change(number, ACTIVE, **fields)

    def hear(self, number: int, silence: float, *, execution: str | None, step: str) -> bool:
        """A sign of life of a job that runs."""
        fields: dict[str, Any] = {"step": step, "due_at": self._clock() + silence}
        fields |= {"execution": execution} if execution else {}
        return self._change(number, ACTIVE, state="running", **fields)

    def succeed(self, number: int, result: dict[str, Any]) -> bool:
        """Also where it was given up meanwhile: it was done, and the table says what is true."""
        return self._change(number, (*ACTIVE, "failed"), state="succeeded", result=json.dumps(result), reason="")

    def fail(self, number: int, *, step: str, reason: str, result: dict[str, Any] | None = None) -> bool:
        kept = json.dumps(result) if result is not None else None
        return self._change(number, ACTIVE, state="failed", step=step, reason=reason, result=kept)

    def stop(self, number: int, by: str) -> bool:
        return self._change(number, ("proposed", *ACTIVE), state="stopped", reason=f"stopped by {by}")

    # -- looking -----------------------------------------------------------------------------------------------------
    def get(self, number: int) -> Job:
        with transaction(self._path) as database:
            return self._one(database, "number = ?", number)

    def find(self, key: str) -> Job | None:
        return next(iter(self._many("key = ?", (key,))), None)

    def of_execution(self, execution: str) -> Job | None:
        return next(iter(self._many("execution = ? AND state = 'running'", (execution,))), None)

    def running(self) -> int:
        with transaction(self._path) as database:
            return int(database.execute("SELECT count(*) FROM jobs WHERE state = 'running'").fetchone()[0])

    def due(self, most: int) -> list[Job]:
        """Active jobs that the dispatcher has to look at now, oldest first."""
        return self._many("state IN ('waiting', 'running') AND due_at <= ?", (self._clock(),), most, "due_at")

    def is_late(self, job: Job) -> bool:
        return self._clock() > job.deadline

    def age(self, job: Job) -> float:
        """Seconds since the job was asked for."""
        return self._clock() - job.created_at

    def newest(self, states: Sequence[State] = (), since: float = 0, most: int = 50) -> list[Job]:
        marks = ", ".join("?" * len(states))
        where = f"changed_at >= ?{f' AND state IN ({marks})' if states else ''}"
        return self._many(where, (since, *states), most, "number DESC")

    def children(self, number: int) -> list[Job]:
        return self._many("parent = ?", (number,))

    # ----------------------------------------------------------------------------------------------------------------
    def _change(self, number: int, only_from: Sequence[State], **fields: Any) -> bool:
        """Whether the job was in one of the states, and so has changed. Column names are ours, never from outside."""
        fields["changed_at"] = self._clock()
        assigned = ", ".join(f"{name} = ?" for name in fields)
        marks = ", ".join("?" * len(only_from))
        with transaction(self._path) as database:
            statement = f"UPDATE jobs SET {assigned} WHERE number = ? AND state IN ({marks})"  # noqa: S608
            return database.execute(statement, (*fields.values(), number, *only_from)).rowcount == 1

    def _one(self, database: sqlite3.Connection, where: str, value: Any) -> Job:
        row = database.execute(f"SELECT * FROM jobs WHERE {where}", (value,)).fetchone()  # noqa: S608
        if row is None:
            raise UnknownJob(f"There is no job {value}.")
        return _job(row)

    def _many(self, where: str, values: Sequence[Any], most: int = 1000, order: str = "number") -> list[Job]:
        statement = f"SELECT * FROM jobs WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608
        with transaction(self._path) as database:
            return [_job(row) for row in database.execute(statement, (*values, most))]


def _job(row: sqlite3.Row) -> Job:
    fields = dict(row)
    for name in _JSON:
        fields[name] = json.loads(fields[name]) if fields[name] else None
    return Job.model_validate(fields)
