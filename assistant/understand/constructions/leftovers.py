"""What is read last: metrics, words for performance, single dimensions, and connecting words that joined something."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions import breakdowns, changes, comparisons, filters, thresholds
from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.spans import Span


@construction("count? metric performance?")
def metrics(scene: Scene, spans: Sequence[Span]) -> None:
    span = every(spans, "metric")[0]
    metric = scene.model.metrics[span.value]
    scene.draft.add_metric(metric.name)
    if span.text.lower() in metric.stands_in_for:
        scene.draft.stand_ins.append(span.text.lower())
    if span.reading:
        scene.draft.readings.append(span.reading)


@construction("performance")
def performance(scene: Scene, spans: Sequence[Span]) -> None:
    """The standard set against the period before; with a metric named, just a way of asking for it."""
    scene.draft.wants_performance = not scene.draft.metrics


@construction("and|with|when")
def connecting_words(scene: Scene, spans: Sequence[Span]) -> None:
    """They joined what was read before."""


METRICS: tuple[Construction, ...] = (metrics,)
CONSTRUCTIONS: tuple[Construction, ...] = (
    *breakdowns.LAST,
    *changes.LAST,
    performance,
    *comparisons.LAST,
    *filters.LAST,
    *thresholds.LAST,
    connecting_words,
)
