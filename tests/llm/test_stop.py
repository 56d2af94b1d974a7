"""Stop: the call to the model and the statement in the sandbox end with the work they belong to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from standin import calls, drips, waits_for_the_caller_to_leave

from kpi.cancellation import Cancellation, cancellable
from kpi.errors import Cancelled

QUESTION = "what did the nordics cost us last month?"
NEVER_ENDS = "SELECT count(*) FROM range(3000000) a(i), range(3000000) b(j) WHERE a.i * b.j % 7 = 3"


class Work(threading.Thread):
    """``do`` in a thread of its own; ``came`` is what it gave or raised."""

    def __init__(self, do: Callable[[], Any]) -> None:
        super().__init__()
        self._do = do
        self._begun = threading.Event()
        self.came: Any = None
        self.cancellation = Cancellation()
        self.start()
        self._begun.wait()

    def run(self) -> None:
        with cancellable() as self.cancellation:
            self._begun.set()
            try:
                self.came = self._do()
            except Cancelled as error:
                self.came = error

    def stop(self) -> float:
        """Seconds from the cancellation until the work is over."""
        started = time.monotonic()
        self.cancellation.cancel()
        self.join(10)
        assert not self.is_alive()
        return time.monotonic() - started


def until(condition: Callable[[], Any]) -> None:
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen")


def test_stop_cuts_the_connection_to_the_model(conversation: Any, stand_in: Any) -> None:
    conversation.ask(QUESTION)  # loads LangChain
    left = threading.Event()
    stand_in.plays(waits_for_the_caller_to_leave(left))
    work = Work(lambda: conversation.ask(QUESTION))
    until(lambda: stand_in.requests)
    assert work.stop() < 2
    assert left.wait(5), "the endpoint sees that nobody waits"
    assert (work.came.status, work.came.text) == ("error", "That was stopped.")


def test_a_call_out_of_time_is_cut_as_well(open_assistant: Any, stand_in: Any) -> None:
    conversation = open_assistant(llm_timeout_seconds=2).conversation()
    stand_in.plays(calls("cannot_place", readings=[]))
    conversation.ask(QUESTION)
    left = threading.Event()
    stand_in.plays(waits_for_the_caller_to_leave(left))
    conversation.ask(QUESTION)
    assert left.wait(2)


def test_the_conversation_goes_on_after_a_stop(conversation: Any, stand_in: Any) -> None:
    conversation.ask(QUESTION)
    stand_in.plays(drips(20))
    work = Work(lambda: conversation.ask(QUESTION))
    until(lambda: stand_in.requests)
    assert work.stop() < 2
    assert conversation.ask("total spend in june").status == "answered"


def test_stop_ends_a_statement_in_the_sandbox(assistant: Any) -> None:
    sandbox = assistant.engine.sandbox
    sandbox.run("SELECT 1 AS one")
    work = Work(lambda: sandbox.run(NEVER_ENDS))
    time.sleep(1)
    assert work.is_alive()
    assert work.stop() < 2
    assert isinstance(work.came, Cancelled)
    assert sandbox.run("SELECT 1 AS one").rows == ({"one": 1},)


def test_stop_reaches_who_waits_for_the_sandbox(assistant: Any) -> None:
    sandbox = assistant.engine.sandbox
    running = [Work(lambda: sandbox.run(NEVER_ENDS)) for _ in range(2)]
    time.sleep(1)
    waiting = Work(lambda: sandbox.run("SELECT 1 AS one"))
    time.sleep(0.3)
    assert waiting.is_alive()
    assert waiting.stop() < 2
    for work in running:
        assert work.stop() < 2
