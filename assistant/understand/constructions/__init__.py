"""Constructions: what neighbouring spans say together, tried in the order of ``ORDER``.

Each module declares its patterns with ``@construction("superlative number? dimension")``: names of span kinds, as a
regular expression over kinds (``|``, ``?``, ``*``, ``+`` and brackets work). A match is taken out of the message, so
later constructions see its neighbours side by side.
"""

from __future__ import annotations

from assistant.understand.constructions import (
    breakdowns,
    changes,
    comparisons,
    extras,
    filters,
    leftovers,
    periods,
    refusals,
    superlatives,
    thresholds,
)
from assistant.understand.constructions.engine import Construction

ORDER: tuple[Construction, ...] = (
    *refusals.CONSTRUCTIONS,
    *periods.FIRST,
    *extras.CONSTRUCTIONS,
    *thresholds.CONSTRUCTIONS,
    *filters.EXCLUSIONS,
    *filters.LABELS,
    *changes.CONSTRUCTIONS,
    *superlatives.CONSTRUCTIONS,
    *breakdowns.CONSTRUCTIONS,
    *superlatives.LAST,
    *leftovers.METRICS,
    *comparisons.CONSTRUCTIONS,
    *filters.CONSTRUCTIONS,
    *periods.CONSTRUCTIONS,
    *leftovers.CONSTRUCTIONS,
)
