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
from dataclasses import dataclass
from typing import Any

from kpi import events
from kpi.errors import N8nAway, PlatformError, WorkflowRefused
from n8n.client import N8nClient
from n8n.jobs.job import Job
from n8n.jobs.store import JobStore

MOST_ATTEMPTS = 5
AWAY = "waiting for n8n"
_MOST_AT_ONCE = 20
_LONGEST_PAUSE = 30.0
_ALIVE = frozenset({"running", "waiting", "new"})


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
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        if self._thread:
            self._thread.join(15)

    def wake(self) -> None:
        """There is a new job: don't wait for the next look."""
        self._wake.set()

    def sweep(self) -> None:
        """One look at all jobs that are due."""
        for job in self._store.due(_MOST_AT_ONCE):
            if self._stopping:
                return
            try:
                self._look_after(job)
            except N8nAway:
                self._store.postpone(job.number, self._pause(job), step=AWAY)
            except WorkflowRefused as refusal:
                self._give_up(job, "n8n", str(refusal))

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._pace.look)
            self._wake.clear()
            try:
                self.sweep()
            except (PlatformError, OSError) as error:  # the table can't be read now; the next look may
                events.record("sweep_failed", error=str(error)[:200])

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
        elif self._store.claim(job, self._pace.silence):
            try:
                execution = self._client().trigger(job.workflow, self._payload(job))
            except N8nAway:
                self._store.unclaim(job, self._pause(job), AWAY)
                return
            self._store.name_execution(job.number, execution)
            events.record("job_handed_over", job=job.number, workflow=job.workflow, attempt=job.attempts + 1)

    def _payload(self, job: Job) -> dict[str, Any]:
        return {**job.parameters, "job": job.number, "key": job.key, "attempt": job.attempts + 1}

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
            except PlatformError as error:  # it is given up all the same
                events.record("job_not_stopped", job=job.number, error=str(error)[:200])

    def _give_up(self, job: Job, step: str, reason: str) -> None:
        self._store.fail(job.number, step=step, reason=reason)
        events.record("job_failed", job=job.number, workflow=job.workflow, step=step, reason=reason[:200])

    def _pause(self, job: Job) -> float:
        """Longer and longer, the longer the job waits for n8n."""
        return min(_LONGEST_PAUSE, max(self._pace.look, self._store.age(job) / 2))
