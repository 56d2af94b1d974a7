"""A query that nobody waits for any more ends at once; what comes after it is not disturbed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kpi.cancellation import Cancellation, cancellable, current
from kpi.errors import Cancelled, QueryTimeout
from kpi.turns import Turns
from kpi.warehouse import AT_ONCE, Warehouse

ENDLESS = "SELECT sum(a.range * b.range) AS n FROM range(10_000_000) AS a, range(10_000_000) AS b"
IMPATIENT = 10  # seconds within which everything here must be over


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = Warehouse(tmp_path / "warehouse.duckdb", timeout_seconds=60)
    yield opened
    opened.close()


def later(seconds: float, do: Callable[[], Any]) -> None:
    threading.Timer(seconds, do).start()


def ended(work: Callable[[], Any]) -> tuple[threading.Thread, list[str], Cancellation]:
    """The work begun in a thread of its own, the codes of the errors it ended with, and what cancels it."""
    codes, opened = list[str](), list[Cancellation]()
    begun = threading.Event()

    def run() -> None:
        with cancellable() as cancellation:
            opened.append(cancellation)
            begun.set()
            try:
                work()
                codes.append("done")
            except Exception as error:
                codes.append(getattr(error, "code", repr(error)))

    thread = threading.Thread(target=run)
    thread.start()
    begun.wait()
    return thread, codes, opened[0]


def test_a_running_query_ends_when_it_is_cancelled(warehouse: Warehouse) -> None:
    started = time.monotonic()
    with cancellable() as cancellation, pytest.raises(Cancelled):
        later(0.3, cancellation.cancel)
        warehouse.query(ENDLESS)
    assert time.monotonic() - started < IMPATIENT


def test_what_comes_after_a_cancelled_query_is_not_disturbed(warehouse: Warehouse) -> None:
    with cancellable() as cancellation, pytest.raises(Cancelled):
        later(0.2, cancellation.cancel)
        warehouse.query(ENDLESS)
    for _ in range(20):
        assert warehouse.query("SELECT 1 AS n") == [{"n": 1}]


def test_a_query_of_cancelled_work_does_not_begin(warehouse: Warehouse) -> None:
    with cancellable() as cancellation:
        cancellation.cancel()
        with pytest.raises(Cancelled):
            warehouse.query("SELECT 1 AS n")
    assert warehouse.query("SELECT 1 AS n") == [{"n": 1}]


def test_cancelling_one_query_leaves_the_others(warehouse: Warehouse) -> None:
    counting = "SELECT count(*) AS n FROM range(20_000_000) WHERE hash(range) % 7 = 3"
    stopped, stopped_codes, cancellation = ended(lambda: warehouse.query(ENDLESS))
    other, other_codes, _ = ended(lambda: warehouse.query(counting))
    cancellation.cancel()
    stopped.join(IMPATIENT)
    other.join(IMPATIENT)
    assert (stopped_codes, other_codes) == (["cancelled"], ["done"])


def test_over_its_time_limit_is_a_timeout_not_a_cancellation(tmp_path: Path) -> None:
    impatient = Warehouse(tmp_path / "warehouse.duckdb", timeout_seconds=0.3)
    with pytest.raises(QueryTimeout, match="shorter period"):
        impatient.query(ENDLESS)
    impatient.close()


def test_who_waits_for_a_turn_can_be_cancelled_and_leaves_the_queue(warehouse: Warehouse) -> None:
    running = [ended(lambda: warehouse.query(ENDLESS)) for _ in range(AT_ONCE)]
    time.sleep(0.2)
    waiting, codes, cancellation = ended(lambda: warehouse.query("SELECT 1 AS n"))
    time.sleep(0.1)
    assert codes == []
    cancellation.cancel()
    waiting.join(IMPATIENT)
    assert codes == ["cancelled"]
    for _, _, other in running:
        other.cancel()
    for thread, ended_with, _ in running:
        thread.join(IMPATIENT)
        assert ended_with == ["cancelled"]
    assert warehouse.query("SELECT 1 AS n") == [{"n": 1}]


def test_an_ending_is_not_called_after_its_step(warehouse: Warehouse) -> None:
    calls: list[str] = []
    with cancellable() as cancellation:
        with current().ended_by(lambda: calls.append("first")):
            pass
        with pytest.raises(Cancelled), current().ended_by(lambda: calls.append("second")):
            cancellation.cancel()
            current().check()
        time.sleep(0.3)
    assert calls == ["second"]


def test_turns_come_in_the_order_of_arrival() -> None:
    turns, order = Turns(1), list[int]()

    def take(number: int) -> None:
        with turns.turn(IMPATIENT):
            order.append(number)

    with turns.turn(IMPATIENT):
        threads = [threading.Thread(target=take, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
            time.sleep(0.005)
    for thread in threads:
        thread.join(IMPATIENT)
    assert order == list(range(20))


def test_no_more_than_so_many_at_once_and_none_lost() -> None:
    turns, lock, inside, most = Turns(3), threading.Lock(), [0], [0]

    def work() -> None:
        for _ in range(50):
            with turns.turn(IMPATIENT):
                with lock:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                time.sleep(0.0002)
                with lock:
                    inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(IMPATIENT)
    assert (inside, most) == ([0], [3])


def test_who_waited_too_long_is_told_and_the_queue_goes_on() -> None:
    turns = Turns(1)
    with turns.turn(IMPATIENT), pytest.raises(QueryTimeout, match="Try again soon"), turns.turn(0.05):
        raise AssertionError("it was not our turn")
    with turns.turn(0.05):
        pass
