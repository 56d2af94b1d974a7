"""Columns beside a metric: its share of the whole, its average per day."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.outcomes import AskBack, Decline, options
from assistant.understand.spans import Span

_DAY = "(rhythm|by unit)"


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


@construction(
    f"average {_DAY} metric|{_DAY} average metric|average metric {_DAY}|metric {_DAY} average|metric average {_DAY}"
)
def average_per_unit(scene: Scene, spans: Sequence[Span]) -> None:
    unit = every(spans, "rhythm", "unit")[0]
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    scene.draft.add_metric(metric.name)
    if not metric.is_sum:  # a ratio per day is a trend, not an average
        scene.draft.grain = unit.value
    elif unit.value == "day":
        scene.draft.extra_kinds.append("per_day")
    elif unit.value == "week":
        scene.draft.extra_kinds.append("per_week")
    else:
        raise Decline(
            f"I average over days or weeks, as {unit.value}s differ in length.",
            options(f"average {metric.label} per day", f"{metric.label} by {unit.value}"),
        )


@construction("average metric|metric average")
def average(scene: Scene, spans: Sequence[Span]) -> None:
    """A ratio of sums already is the average; the average of a sum needs a 'per what'."""
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    if metric.is_sum:
        raise AskBack(
            f"The average {metric.label.lower()} per what?",
            options(
                f"average {metric.label.lower()} per day",
                f"total {metric.label.lower()}",
                f"{metric.label.lower()} by day",
            ),
        )
    scene.draft.add_metric(metric.name)


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


@construction("running metric|metric running")
def running_total(scene: Scene, spans: Sequence[Span]) -> None:
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    if not metric.is_sum:
        raise Decline(f"{metric.label} is a ratio, so it has no running total.", options(f"{metric.label} by week"))
    scene.draft.add_metric(metric.name)
    scene.draft.extra_kinds.append("running")


@construction("contribution (by? metric change?|change by? metric)|metric contribution")
def contribution_to_change(scene: Scene, spans: Sequence[Span]) -> None:
    """'contribution to the change in spend by campaign'."""
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    if not metric.is_sum:
        raise Decline(
            f"{metric.label} is a ratio, so its change is no sum of parts.",
            options(f"{metric.label} change by campaign"),
        )
    scene.draft.add_metric(metric.name)
    scene.draft.extra_kinds.append("contribution")
    scene.draft.wants_comparison = True


CONSTRUCTIONS: tuple[Construction, ...] = (
    running_total,
    contribution_to_change,
    one_metric_per_another,
    average_per_unit,
    average,
    share_of_the_whole,
)
