"""Results already computed, shared by everybody who asks the same of the same data."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from kpi.freshness import Changes
from kpi.query import MetricQuery

V = TypeVar("V")

MOST_CELLS = 500_000  # rows x columns kept in all; the least recently used go first


@dataclass(frozen=True)
class _Kept(Generic[V]):
    value: V
    cells: int
    generation: int


class ResultCache(Generic[V]):
    """Keyed by the query; a result stays until something was written that its query reads.

    Definitions and settings don't change while the process runs; the conversion value does, by a write that makes every
    result stale.
    """

    def __init__(self, changes: Changes, most_cells: int = MOST_CELLS) -> None:
        self._changes = changes
        self._most_cells = most_cells
        self._lock = threading.Lock()
        self._kept: OrderedDict[MetricQuery, _Kept[V]] = OrderedDict()
        self._cells = 0

    def get(self, generation: int, query: MetricQuery) -> V | None:
        """The result as of ``generation``, if it is known."""
        with self._lock:
            kept = self._kept.get(query)
            if kept is None or kept.generation > generation:
                return None
            if not self._changes.leave(query, kept.generation, generation):
                self._drop(query)
                return None
            self._kept.move_to_end(query)
            return kept.value

    def put(self, generation: int, query: MetricQuery, value: V, cells: int) -> None:
        """``generation`` is the one the value was read at; one read before a known later one is not kept."""
        with self._lock:
            known = self._kept.get(query)
            if cells > self._most_cells or (known and known.generation > generation):
                return
            self._drop(query)
            self._kept[query] = _Kept(value, cells, generation)
            self._cells += cells
            while self._cells > self._most_cells:
                self._drop(next(iter(self._kept)))

    def _drop(self, query: MetricQuery) -> None:
        if dropped := self._kept.pop(query, None):
            self._cells -= dropped.cells
