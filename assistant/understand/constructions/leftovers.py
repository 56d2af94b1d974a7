"""What is read last: metrics, words for performance, single dimensions, and connecting words that joined something."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions import (
    against,
    breakdowns,
    changes,
    comparisons,
    extras,
    filters,
    vague,
)
from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.constructions.joining import is_or
from assistant.understand.outcomes import AskBack
from assistant.understand.spans import Span


@construction("count? metric (performance|count)?")
def metrics(scene: Scene, spans: Sequence[Span]) -> None:
    span = every(spans, "metric")[0]
    metric = scene.model.metrics[span.value]
    scene.draft.add_metric(metric.name)
    if span.text.lower() in metric.stands_in_for:
        scene.draft.stand_ins.append(span.text.lower())
    if span.reading:
        scene.draft.readings.append(span.reading)


@construction("count")
def counted(scene: Scene, spans: Sequence[Span]) -> bool:
    """'how many clicks a day on average': the metric was read with its average."""
    return any(scene.model.metrics[name].unit == "count" for name in scene.draft.metrics)


@construction("performance")
def performance(scene: Scene, spans: Sequence[Span]) -> None:
    """The standard set against the period before; with a metric named, just a way of asking for it."""
    scene.draft.wants_performance = not scene.draft.metrics


@construction("and|with|when")
def connecting_words(scene: Scene, spans: Sequence[Span]) -> bool:
    """They joined what was read before; an 'or' between conditions that were not read together would be lost."""
    if spans[0].text.lower() == "x" and len(scene.draft.dimensions) + bool(scene.draft.grain) < 2:
        return False  # 'country x device' joins; elsewhere it may be the platform
    if is_or(spans[0]) and scene.draft.all_conditions and not scene.draft.alternatives:
        raise AskBack("I can only keep what meets all conditions, not one or the other. Ask for each by itself.")
    return True


@construction("why$")
def and_why(scene: Scene, spans: Sequence[Span]) -> None:
    """'which campaign got worse, and why': what the figure is made of is shown beside it."""
    scene.draft.wants_parts = True


METRICS: tuple[Construction, ...] = (metrics,)
CONSTRUCTIONS: tuple[Construction, ...] = (
    and_why,
    *breakdowns.LAST,
    *changes.LAST,
    *against.LAST,
    *extras.LAST,
    performance,
    counted,
    breakdowns.said_twice,
    *comparisons.LAST,
    *filters.LAST,
    *vague.LAST,
    connecting_words,
)
