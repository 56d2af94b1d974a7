"""Results already computed, shared by everybody who asks the same of the same data."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

from kpi.query import MetricQuery

V = TypeVar("V")

MOST_CELLS = 500_000  # rows x columns kept in all; the least recently used go first


class ResultCache(Generic[V]):
    """Keyed by the query, for one generation of the warehouse: whatever is written empties it."""

    def __init__(self, most_cells: int = MOST_CELLS) -> None:
        self._most_cells = most_cells
        self._lock = threading.Lock()
        self._generation = -1
        self._kept: OrderedDict[MetricQuery, tuple[V, int]] = OrderedDict()
        self._cells = 0

    def get(self, generation: int, query: MetricQuery) -> V | None:
        with self._lock:
            if generation != self._generation or query not in self._kept:
                return None
            self._kept.move_to_end(query)
            return self._kept[query][0]

    def put(self, generation: int, query: MetricQuery, value: V, cells: int) -> None:
        """``generation`` is the one the value was read at; a value read before the last write is not kept."""
        with self._lock:
            if generation < self._generation or cells > self._most_cells:
                return
            if generation > self._generation:
                self._kept.clear()
                self._generation, self._cells = generation, 0
            self._cells += cells - self._kept.pop(query, (value, 0))[1]
            self._kept[query] = (value, cells)
            while self._cells > self._most_cells:
                self._cells -= self._kept.popitem(last=False)[1][1]
