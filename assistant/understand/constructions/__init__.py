"""Constructions: what neighbouring spans say together, tried in the order of ``ORDER``.

Each module declares its patterns with ``@construction("superlative number? dimension")``: names of span kinds, as a
regular expression over kinds (``|``, ``?``, ``*``, ``+`` and brackets work). A match is taken out of the message, so
later constructions see its neighbours side by side.
"""

from __future__ import annotations

from assistant.understand.constructions import (
    against,
    averages,
    breakdowns,
    changes,
    comparisons,
    conditions,
    extras,
    filters,
    leftovers,
    names,
    periods,
    ranks,
    refusals,
    superlatives,
    vague,
)
from assistant.understand.constructions.engine import Construction

ORDER: tuple[Construction, ...] = (
    *names.CONSTRUCTIONS,
    *refusals.CONSTRUCTIONS,
    *comparisons.FIRST,
    *periods.FIRST,
    *ranks.CONSTRUCTIONS,
    *extras.CONSTRUCTIONS,
    *averages.CONSTRUCTIONS,
    *against.FIRST,
    *conditions.CONSTRUCTIONS,
    *vague.CONSTRUCTIONS,
    *filters.EXCLUSIONS,
    *filters.LABELS,
    *conditions.MOVED_MEMBERS,
    *changes.CONSTRUCTIONS,
    *superlatives.CONSTRUCTIONS,
    *breakdowns.CONSTRUCTIONS,
    *superlatives.LAST,
    *comparisons.METRICS,
    *leftovers.METRICS,
    *against.PERIODS,
    *comparisons.CONSTRUCTIONS,
    *filters.CONSTRUCTIONS,
    *periods.CONSTRUCTIONS,
    *conditions.LAST,
    *leftovers.CONSTRUCTIONS,
)
