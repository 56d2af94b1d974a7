"""Averages of sums: per day, per week, per month. A ratio of sums already is an average."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.draft import ExtraKind
from assistant.understand.outcomes import AskBack, Decline, options
from assistant.understand.spans import Span

_UNIT = "(rhythm|by? unit)"
_THING = "(dimension|unit)"
_METRICS = "(count? metric (and+ metric)*)"
_KINDS: dict[str, ExtraKind] = {"day": "per_day", "week": "per_week", "month": "per_month"}


@construction(
    f"average {_UNIT} {_METRICS}|{_UNIT} average {_METRICS}|average {_METRICS} {_UNIT}|{_METRICS} {_UNIT} average"
    f"|{_METRICS} average {_UNIT}|average {_METRICS} by dimension (and+ by?|by) unit"
)
def average_per_unit(scene: Scene, spans: Sequence[Span]) -> None:
    unit = every(spans, "rhythm", "unit")[0].value
    metrics = [scene.model.metrics[span.value] for span in every(spans, "metric")]
    for metric in metrics:
        scene.draft.add_metric(metric.name)
    dimension = first(spans, "dimension")
    if dimension:
        scene.break_down_by(dimension.value)
    if not any(metric.is_sum for metric in metrics):  # a ratio per day is a trend, not an average
        scene.draft.grain = unit
        return
    if unit not in _KINDS:
        raise Decline(
            f"I average over days, weeks or months, not over {unit}s.",
            options(f"average {metrics[0].label} per month", f"{metrics[0].label} by {unit}"),
        )
    scene.draft.extra_kinds.append(_KINDS[unit])


@construction("average metric by dimension|average metric (?=by? dimension$)")
def average_per_member(scene: Scene, spans: Sequence[Span]) -> bool:
    """'average CAC by platform' is CAC by platform; the average of a sum over members is not kept."""
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    dimension = first(spans, "dimension")
    if not metric.is_sum:
        scene.draft.add_metric(metric.name)
        if dimension:
            scene.break_down_by(dimension.value)
        return True
    if dimension is None:
        return False
    label, per = metric.label.lower(), dimension.text.lower()
    raise AskBack(
        f"The average {label} a day of each {per}, or the {label} of each?",
        options(f"average daily {label} by {per}", f"{label} by {per}"),
    )


@construction(
    f"average metric by? (superlative number|number superlative) {_THING}"
    f"|average by? (superlative number|number superlative) ({_THING} by? metric|metric {_THING})"
)
def average_of_leaders(scene: Scene, spans: Sequence[Span]) -> None:
    """'average CAC of the top 3 campaigns': one figure of all three is not kept, and each has one of its own."""
    metric, thing, word, number = (
        every(spans, *kinds)[0] for kinds in (("metric",), ("dimension", "unit"), ("superlative",), ("number",))
    )
    label = scene.model.metrics[metric.value].label
    rest = [span for span in scene.spans if span not in spans and span.kind != "filler"]
    leaders = f"{word.text} {number.text} {thing.text}"
    raise AskBack(
        f"I can't put the {leaders} together into one average. Shall I show the {label} of each of them?",
        options(" ".join([f"{leaders} by {label}", *(span.text for span in rest)])),
    )


@construction("average metric|metric average")
def average(scene: Scene, spans: Sequence[Span]) -> None:
    """The average of a sum needs a 'per what'."""
    metric = scene.model.metrics[every(spans, "metric")[0].value]
    if metric.is_sum:
        label = metric.label.lower()
        raise AskBack(
            f"The average {label} per what?",
            [
                scene.instead_of(spans, option)
                for option in (f"average {label} per day", f"total {label}", f"{label} by day")
            ],
        )
    scene.draft.add_metric(metric.name)


@construction(f"average {_UNIT}|{_UNIT} average")
def of_what_is_shown(scene: Scene, spans: Sequence[Span]) -> bool:
    """'average per day' behind a question, or beside metrics named elsewhere."""
    unit = every(spans, "rhythm", "unit")[0].value
    if unit not in _KINDS or not (scene.last or first(scene.spans, "metric")):
        return False
    scene.draft.extra_kinds.append(_KINDS[unit])
    return True


CONSTRUCTIONS: tuple[Construction, ...] = (
    average_per_unit,
    average_of_leaders,
    average_per_member,
    average,
    of_what_is_shown,
)
