"""Sees to it that each job is done: hands it to n8n, looks after silent ones, gives up at the deadline.

A job is handed over again under its own key, so what was delivered already is not delivered twice:
  n8n away                       it waits, and its attempts are not used up
  silent, execution runs         n8n is asked again later
  silent, execution gone         n8n was killed, or its report was lost: triggered again
  refused (unknown, not active)  failed at once
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from kpi import events
from kpi.errors import N8nAway, PlatformError, WorkflowRefused
from n8n.client import N8nClient
from n8n.jobs.job import Job
from n8n.jobs.store import JobStore

MOST_ATTEMPTS = 5
AWAY = "waiting for n8n"
_MOST_AT_ONCE = 50
_MOST_RUNNING = 10  # in n8n at a time: it keeps each run in memory
_THREADS = 4
_LONGEST_PAUSE = 30.0
_ALIVE = frozenset({"running", "waiting", "new"})
Prepare = Callable[[Job], dict[str, Any]]


@dataclass(frozen=True)
class Pace:
    """Seconds: between two looks at the table, and how long a job may be silent."""

    look: float = 1.0
    silence: float = 60.0


class Dispatcher:
    """``client`` is asked for anew each time: n8n may be set up only later."""

    def __init__(self, store: JobStore, client: Callable[[], N8nClient], pace: Pace | None = None) -> None:
        self._store = store
        self._client = client
        self._pace = pace or Pace()
        self._prepare: dict[str, Prepare] = {}
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._busy: set[int] = set()
        self.beside: list[Callable[[], object]] = []  # what else is looked at each time

    def prepare_with(self, workflow: str, prepare: Prepare) -> None:
        """Jobs of that workflow that hold ``asked`` get their parameters from the function before they go out."""
        self._prepare[workflow] = prepare

    def start(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="job")
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        if self._thread:
            self._thread.join(15)
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def wake(self) -> None:
        """There is something to do: don't wait for the next look."""
        self._wake.set()

    def sweep(self) -> None:
        """One look at all jobs that are due. A job is never in two hands at a time."""
        free = _MOST_RUNNING - self._store.running()
        for job in self._store.due(_MOST_AT_ONCE):
            if job.number in self._busy or (job.state == "waiting" and free <= 0):
                continue
            free -= job.state == "waiting"
            self._busy.add(job.number)
            if self._pool:
                self._pool.submit(self._take, job)
            else:
                self._take(job)

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._pace.look)
            self._wake.clear()
            try:
                self.sweep()
                for look in self.beside:
                    look()
            except (PlatformError, OSError) as error:  # the table can't be read now; the next look may
                events.record("sweep_failed", error=str(error)[:200])

    def _take(self, job: Job) -> None:
        try:
            self._look_after(job)
        except N8nAway:
            self._store.postpone(job.number, self._pause(job), step=AWAY)
        except PlatformError as refusal:
            self._give_up(job, "n8n", str(refusal))
        except Exception as error:  # a fault of ours must not leave the job in limbo
            events.record("job_broken", job=job.number, trace=events.trace(error))
            self._give_up(job, "our side", f"Something went wrong on our side ({type(error).__name__}).")
        finally:
            self._busy.discard(job.number)

    def _look_after(self, job: Job) -> None:
        if self._store.is_late(job):
            self._stop_execution(job)
            self._give_up(job, job.step, "It took longer than it may (WORKFLOW_MINUTES).")
        elif job.state == "waiting":
            self._hand_over(job)
        else:
            self._ask_after(job)

    def _hand_over(self, job: Job) -> None:
        if job.attempts >= MOST_ATTEMPTS:
            self._give_up(job, job.step, f"n8n lost it {MOST_ATTEMPTS} times.")
            return
        parameters = self._parameters(job)
        if not self._store.claim(job, self._pace.silence):
            return
        about = {"job": job.number, "key": job.key, "attempt": job.attempts + 1}
        try:
            execution = self._client().trigger(job.workflow, {**parameters, **about})
        except N8nAway:
            self._store.unclaim(job, self._pause(job), AWAY)
            return
        self._store.name_execution(job.number, execution)
        events.record("job_handed_over", job=job.number, workflow=job.workflow, execution=execution)

    def _parameters(self, job: Job) -> dict[str, Any]:
        if "asked" not in job.parameters or job.workflow not in self._prepare:
            return job.parameters
        parameters = self._prepare[job.workflow](job)
        self._store.prepare(job.number, parameters)  # answered once, however often it is posted
        return parameters

    def _ask_after(self, job: Job) -> None:
        found = self._client().execution(job.execution) if job.execution else None
        status = found.get("status") if found else None
        if status in _ALIVE:
            self._store.postpone(job.number, self._pace.silence)
        else:
            events.record("job_lost", job=job.number, execution=job.execution, status=status)
            self._store.postpone(job.number, 0, state="waiting")
            self._wake.set()

    def _stop_execution(self, job: Job) -> None:
        if job.execution:
            try:
                self._client().stop(job.execution)
            except (N8nAway, WorkflowRefused) as error:  # it is given up all the same
                events.record("job_not_stopped", job=job.number, error=str(error)[:200])

    def _give_up(self, job: Job, step: str, reason: str) -> None:
        self._store.fail(job.number, step=step, reason=reason)
        events.record("job_failed", job=job.number, workflow=job.workflow, step=step, reason=reason[:200])

    def _pause(self, job: Job) -> float:
        """Longer and longer, the longer the job waits for n8n."""
        return min(_LONGEST_PAUSE, max(self._pace.look, self._store.age(job) / 2))
