"""Columns beside a metric: its share of the whole, running totals, growth, parts of a change."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.outcomes import Decline, options
from assistant.understand.spans import Span


@construction("share metric|metric share")
def share_of_the_whole(scene: Scene, spans: Sequence[Span]) -> None:
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    if not metric.is_sum:
        raise Decline(
            f"{metric.label} is a ratio, so it has no shares. Ask for it by platform, or for the share of a sum.",
            options(f"{metric.label} by platform", "share of spend by platform"),
        )
    scene.draft.add_metric(metric.name)
    scene.draft.share_of = metric.name


@construction("metric by metric")
def one_metric_per_another(scene: Scene, spans: Sequence[Span]) -> bool:
    """'spend per conversion' is a metric of its own where the model has it; 'campaigns by spend' is none of this."""
    if spans[1].text.lower() == "by":
        return False
    wanted = f"sum({spans[0].value}) / sum({spans[2].value})"
    found = next((m.name for m in scene.model.metrics.values() if m.expression == wanted), None)
    if found is None:
        raise Decline(
            f"I have no metric “{spans[0].text} {spans[1].text} {spans[2].text}”.",
            options(f"{spans[0].text} and {spans[2].text} by campaign"),
        )
    scene.draft.add_metric(found)
    return True


@construction("running rhythm? metric|metric rhythm? running|rhythm running metric")
def running_total(scene: Scene, spans: Sequence[Span]) -> None:
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    if not metric.is_sum:
        raise Decline(f"{metric.label} is a ratio, so it has no running total.", options(f"{metric.label} by week"))
    scene.draft.add_metric(metric.name)
    scene.draft.extra_kinds.append("running")
    for span in every(spans, "rhythm"):
        scene.draft.grain = span.value


_OF_A_CHANGE = "(metric change?|change metric)"


@construction(
    f"contribution by? dimension? by? {_OF_A_CHANGE} (by dimension)?"
    f"|by? dimension contribution by? {_OF_A_CHANGE}"
    "|metric change? contribution (by dimension)?|share by? dimension change metric|share (metric change|change metric)"
    "|contribution change (by dimension)?"
)
def contribution_to_change(scene: Scene, spans: Sequence[Span]) -> bool:
    """'contribution to the change in spend by campaign', 'how much did each campaign contribute to the rise'."""
    named = first(spans, "metric")
    only_brings = first(spans, "change") is None and _brings(every(spans, "contribution"))
    if only_brings or (named is None and not scene.last):
        return False
    metric = scene.model.metrics[named.value] if named else None
    if metric and not metric.is_sum:
        raise Decline(
            f"{metric.label} is a ratio, so its change is no sum of parts.",
            options(f"{metric.label} change by campaign"),
        )
    if metric:
        scene.draft.add_metric(metric.name)
    for span in every(spans, "dimension"):
        scene.break_down_by(span.value)
    scene.draft.extra_kinds.append("contribution")
    scene.draft.wants_comparison = True
    return True


@construction(
    "(rhythm|periodwise) (change metric|metric change|change)|(metric|change) (rhythm|periodwise) (change|metric)"
    "|(metric change|change metric|change) (rhythm|periodwise)"
)
def growth_by_bucket(scene: Scene, spans: Sequence[Span]) -> bool:
    """'weekly growth of spend': each week against the one before; of a single one it is a plain comparison."""
    unit, metric = every(spans, "rhythm", "periodwise")[0], first(spans, "metric")
    if not first(spans, "change") or not (metric or scene.last):
        return False
    if unit.kind == "periodwise":
        scene.draft.versus_unit, scene.draft.wants_growth = unit.value, True
    else:
        scene.draft.grain = unit.value
        scene.draft.extra_kinds.append("growth")
    if metric:
        scene.draft.add_metric(metric.value)
    return True


@construction("share|running")
def beside_what_is_shown(scene: Scene, spans: Sequence[Span]) -> bool:
    """'as a share', 'cumulative' behind a question, or apart from the metric it is about."""
    if not (scene.last or scene.draft.metrics):
        return False
    if spans[0].kind == "share":
        scene.draft.wants_share = True
    else:
        scene.draft.extra_kinds.append("running")
    return True


@construction("contribution")
def brings(scene: Scene, spans: Sequence[Span]) -> bool:
    """'which platform drives conversions': the breakdown says it; without one it would ask for a cause."""
    return _brings(spans) and bool(scene.draft.dimensions)


def _brings(spans: Sequence[Span]) -> bool:
    return any(span.text.lower().startswith(("drive", "drove")) for span in spans)


CONSTRUCTIONS: tuple[Construction, ...] = (
    running_total,
    contribution_to_change,
    growth_by_bucket,
    one_metric_per_another,
    share_of_the_whole,
)
LAST: tuple[Construction, ...] = (beside_what_is_shown, brings)
