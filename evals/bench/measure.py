"""Times and memory. CPU time of the whole process, because other programs share the machine; medians of rounds."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any


class Timer(AbstractContextManager["Timer"]):
    """Seconds of CPU (all threads) and of the clock that the block took."""

    cpu: float = 0
    wall: float = 0

    def __enter__(self) -> Timer:
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cpu, self.wall = time.process_time() - self._cpu, time.perf_counter() - self._wall


@dataclass(frozen=True)
class Row:
    """One line of the table. ``reached`` says whether the must holds; None where there is none for it."""

    work: str
    baseline: str
    figure: str
    goal: str = ""
    reached: bool | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def interleaved(rounds: int, **works: Callable[[], Timer]) -> dict[str, float]:
    """The median CPU seconds of each work; every round does each once, so that a noisy minute meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(work().cpu)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def most_memory_mb() -> float:
    """The most this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
