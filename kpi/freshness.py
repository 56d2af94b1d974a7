"""Which answers a load makes stale: those that read a day of a platform and account that it covers, and no others."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence

from kpi.coverage import LoadedRange, kept_by
from kpi.extras import early_filters
from kpi.query import MetricQuery, Period

_REMEMBERED = 200  # changes; whatever was read before them counts as stale

Touched = Sequence[LoadedRange] | None  # None: everything


class Changes:
    """What each generation of the warehouse changed; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: deque[tuple[int, Touched]] = deque(maxlen=_REMEMBERED)

    def note(self, generation: int, touched: Touched) -> None:
        """``touched`` changed between the generation before and this one."""
        with self._lock:
            self._made.append((generation, touched))

    def leave(self, query: MetricQuery, since: int, now: int) -> bool:
        """Whether nothing that the query reads changed after generation ``since`` up to ``now``."""
        if since == now:
            return True
        with self._lock:
            later = [(generation, touched) for generation, touched in self._made if since < generation <= now]
        return len(later) == now - since and not any(_reads(query, touched) for _, touched in later)


def _reads(query: MetricQuery, touched: Touched) -> bool:
    if touched is None:
        return True
    periods = [query.period, *([query.comparison] if query.comparison else [])]
    return any(_overlaps(kept, period) for kept in kept_by(early_filters(query), touched) for period in periods)


def _overlaps(loaded: LoadedRange, period: Period) -> bool:
    return loaded.first_day <= period.end and loaded.last_day >= period.start
