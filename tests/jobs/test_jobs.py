"""The job table and the dispatcher over a clock and an n8n that tests can turn: nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpi.errors import N8nAway, UnknownJob, WorkflowRefused
from n8n.jobs import JobStore
from n8n.jobs.alerts import AlertMemory
from n8n.jobs.dispatcher import AWAY, MOST_ATTEMPTS, Dispatcher, Pace
from n8n.jobs.reports import Report, receive


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class StandInN8n:
    """Takes triggers, and says of executions what a test wants."""

    def __init__(self) -> None:
        self.triggered: list[dict[str, Any]] = []
        self.fails: Exception | None = None
        self.status: str | None = "running"
        self.stopped: list[str] = []

    def trigger(self, path: str, payload: dict[str, Any]) -> str:
        if self.fails:
            raise self.fails
        self.triggered.append(payload)
        return str(100 + len(self.triggered))

    def execution(self, number: str) -> dict[str, Any] | None:
        return {"status": self.status} if self.status else None

    def stop(self, number: str) -> None:
        self.stopped.append(number)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> JobStore:
    return JobStore(tmp_path, clock)


@pytest.fixture
def n8n() -> StandInN8n:
    return StandInN8n()


@pytest.fixture
def dispatcher(store: JobStore, n8n: StandInN8n) -> Dispatcher:
    return Dispatcher(store, lambda: n8n, Pace(look=1, silence=60))  # type: ignore[arg-type,return-value]


@pytest.fixture
def ask(store: JobStore) -> Callable[..., int]:
    def add(key: str = "june", **more: Any) -> int:
        job, _ = store.add("ingest-file", {"import_path": "june.csv"}, key=key, title="Load", patience=600, **more)
        return job.number

    return add


def test_one_key_is_one_job(store: JobStore, ask: Callable[..., int]) -> None:
    assert ask("a") == ask("a") != ask("b")


def test_a_job_goes_out_with_its_number_key_and_attempt(dispatcher: Any, n8n: Any, store: Any, ask: Any) -> None:
    number = ask()
    dispatcher.sweep()
    dispatcher.sweep()
    assert n8n.triggered == [{"import_path": "june.csv", "job": number, "key": "june", "attempt": 1}]
    job = store.get(number)
    assert (job.state, job.attempts, job.execution) == ("running", 1, "101")


def test_a_proposed_job_runs_only_after_a_yes_and_once(dispatcher: Any, n8n: Any, store: Any, ask: Any) -> None:
    number = ask(state="proposed")
    dispatcher.sweep()
    assert n8n.triggered == []
    assert store.accept(number, 600)
    assert not store.accept(number, 600), "a second click changes nothing"
    dispatcher.sweep()
    assert len(n8n.triggered) == 1


def test_while_n8n_is_away_a_job_waits_and_no_attempt_is_used_up(
    dispatcher: Any, n8n: Any, store: Any, ask: Any, clock: Clock
) -> None:
    number = ask()
    n8n.fails = N8nAway("away")
    for _ in range(20):
        dispatcher.sweep()
        clock.now += 10
    assert (store.get(number).state, store.get(number).attempts, store.get(number).step) == ("waiting", 0, AWAY)
    n8n.fails = None
    clock.now += 30
    dispatcher.sweep()
    assert store.get(number).state == "running"


def test_a_silent_job_whose_execution_is_gone_is_triggered_again_under_its_key(
    dispatcher: Any, n8n: Any, store: Any, ask: Any, clock: Clock
) -> None:
    number = ask()
    dispatcher.sweep()
    n8n.status = "crashed"
    clock.now += 61
    dispatcher.sweep()
    dispatcher.sweep()
    assert [(sent["key"], sent["attempt"]) for sent in n8n.triggered] == [("june", 1), ("june", 2)]
    assert store.get(number).execution == "102"


def test_a_silent_job_that_still_runs_is_left_alone(dispatcher: Any, n8n: Any, ask: Any, clock: Clock) -> None:
    ask()
    dispatcher.sweep()
    for _ in range(5):
        clock.now += 61
        dispatcher.sweep()
    assert len(n8n.triggered) == 1


def test_a_job_that_is_lost_again_and_again_is_given_up(
    dispatcher: Any, n8n: Any, store: Any, ask: Any, clock: Clock
) -> None:
    number = ask()
    n8n.status = None
    for _ in range(MOST_ATTEMPTS + 1):
        dispatcher.sweep()
        clock.now += 61
        dispatcher.sweep()
    assert len(n8n.triggered) == MOST_ATTEMPTS
    assert (store.get(number).state, store.get(number).reason) == ("failed", f"n8n lost it {MOST_ATTEMPTS} times.")


def test_a_job_past_its_deadline_is_stopped_and_given_up(
    dispatcher: Any, n8n: Any, store: Any, ask: Any, clock: Clock
) -> None:
    number = ask()
    dispatcher.sweep()
    clock.now += 601
    dispatcher.sweep()
    assert n8n.stopped == ["101"]
    assert store.get(number).state == "failed"


def test_a_refused_job_fails_at_once_with_the_reason(dispatcher: Any, n8n: Any, store: Any, ask: Any) -> None:
    number = ask()
    n8n.fails = WorkflowRefused("Nothing listens there.")
    dispatcher.sweep()
    assert (store.get(number).state, store.get(number).reason) == ("failed", "Nothing listens there.")


def test_a_fault_of_ours_fails_the_job_without_its_details(dispatcher: Any, n8n: Any, store: Any, ask: Any) -> None:
    number = ask()
    n8n.fails = RuntimeError("secret internals")
    dispatcher.sweep()
    assert store.get(number).state == "failed"
    assert "secret" not in store.get(number).reason


def test_at_most_ten_run_at_a_time(dispatcher: Any, n8n: Any, store: Any, ask: Any) -> None:
    numbers = [ask(f"job-{n}") for n in range(12)]
    dispatcher.sweep()
    assert len(n8n.triggered) == 10
    store.succeed(numbers[0], {})
    dispatcher.sweep()
    assert len(n8n.triggered) == 11


def test_what_is_asked_is_answered_once_however_often_it_is_posted(
    dispatcher: Any, n8n: Any, store: Any, clock: Clock
) -> None:
    asked: list[int] = []

    def answer(job: Any) -> dict[str, Any]:
        asked.append(job.number)
        return {"text": "42"}

    dispatcher.prepare_with("slack-post", answer)
    store.add("slack-post", {"asked": {"question": "?"}}, key="e", title="Answer", patience=600)
    dispatcher.sweep()
    n8n.status = None
    clock.now += 61
    dispatcher.sweep()
    dispatcher.sweep()
    assert [sent["text"] for sent in n8n.triggered] == ["42", "42"]
    assert len(asked) == 1


def test_reports_move_a_job_on(dispatcher: Any, store: Any, ask: Any) -> None:
    number = ask()
    dispatcher.sweep()
    receive(store, Report(event="progress", job=number, step="loading the file"), 60)
    assert store.get(number).step == "loading the file"
    receive(store, Report(event="succeeded", job=number, result={"status": "loaded"}), 60)
    assert (store.get(number).state, store.get(number).result) == ("succeeded", {"status": "loaded"})
    receive(store, Report(event="failed", job=number, reason="late"), 60)
    assert store.get(number).state == "succeeded", "a finished job stays finished"


def test_a_failure_of_an_attempt_that_another_followed_does_not_count(
    dispatcher: Any, n8n: Any, store: Any, ask: Any, clock: Clock
) -> None:
    number = ask()
    dispatcher.sweep()
    n8n.status = None
    clock.now += 61
    dispatcher.sweep()
    dispatcher.sweep()
    receive(store, Report(event="failed", job=number, attempt=1, reason="killed"), 60)
    assert store.get(number).state == "running"


def test_the_error_workflow_knows_a_job_by_its_execution(dispatcher: Any, store: Any, ask: Any) -> None:
    number = ask()
    dispatcher.sweep()
    receive(store, Report(event="lost", execution="101"), 60)
    assert store.get(number).state == "waiting"
    assert receive(store, Report(event="failed", execution="999"), 60) is None


def test_a_job_outlives_the_process(tmp_path: Path, ask: Any) -> None:
    number = ask()
    assert JobStore(tmp_path).get(number).key == "june"
    with pytest.raises(UnknownJob):
        JobStore(tmp_path).get(number + 1)


def test_an_alert_is_claimed_once_until_it_lapses_or_is_rearmed(tmp_path: Path, clock: Clock) -> None:
    memory = AlertMemory(tmp_path, clock)
    assert memory.claim("cac-up:Meta", 600)
    assert not memory.claim("cac-up:Meta", 600)
    clock.now += 601
    assert memory.claim("cac-up:Meta", 600), "posting was never confirmed"
    assert memory.was_posted("cac-up:Meta")
    clock.now += 601
    assert not memory.claim("cac-up:Meta", 600)
    memory.rearm("cac-up", [])
    assert memory.claim("cac-up:Meta", 600), "its condition had ended"
