"""What results are split by: 'by country and device', 'per week', 'daily', 'trend'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.outcomes import AskBack, Decline, options
from assistant.understand.spans import Span

_THING = "(dimension|unit)"


@construction(f"by {_THING} (and+ by? {_THING}|by {_THING})*|{_THING} (and {_THING})* by$")
def split_by(scene: Scene, spans: Sequence[Span]) -> None:
    if (
        scene.draft.ranking
        and scene.draft.ranking.count
        and spans[0].text.lower() != "by"
        and first(spans, "dimension")
    ):
        raise Decline(
            f"I can't pick leaders separately {spans[0].text} {spans[1].text}. Ask for both as a breakdown.",
            options("spend by platform and campaign"),
        )
    for span in every(spans, "dimension", "unit"):
        _split(scene, span)


@construction(f"{_THING} by (?=metric)")
def things_by_metric(scene: Scene, spans: Sequence[Span]) -> None:
    """'campaigns by spend'."""
    _split(scene, spans[0])


@construction("rhythm|trend unit|unit trend")
def rhythm(scene: Scene, spans: Sequence[Span]) -> None:
    _set_grain(scene, every(spans, "rhythm", "unit")[0].value)


@construction("trend")
def trend(scene: Scene, spans: Sequence[Span]) -> None:
    """A line whose grain follows from the length of the period, unless one is named."""
    scene.draft.grain = scene.draft.grain or "auto"


@construction("periodwise")
def period_on_period(scene: Scene, spans: Sequence[Span]) -> None:
    """Kept for ``resolve``: whether it means a comparison or a trend depends on the period."""
    scene.draft.versus_unit = spans[0].value


@construction("count dimension")
def how_many(scene: Scene, spans: Sequence[Span]) -> None:
    """'how many campaigns …': the members are listed and counted."""
    scene.break_down_by(spans[1].value)
    scene.draft.counts_members = True


@construction("when unit|unit when|count unit")
def buckets_where(scene: Scene, spans: Sequence[Span]) -> None:
    """'days when CAC was above 40', 'how many days had CAC above 40'."""
    scene.draft.counts_members = bool(every(spans, "count"))
    scene.draft.is_record = True
    _set_grain(scene, every(spans, "unit")[0].value)


@construction("dimension")
def named_dimension(scene: Scene, spans: Sequence[Span]) -> None:
    """A dimension said beside a metric: 'platform spend', 'which campaigns have ROAS above 4'."""
    _split(scene, spans[0])


@construction("unit")
def named_unit(scene: Scene, spans: Sequence[Span]) -> bool:
    """'which days had CAC above 40': a trend where there is a condition; else the word stays unused."""
    if not scene.draft.conditions:
        return False
    scene.draft.is_record = True
    _set_grain(scene, spans[0].value)
    return True


@construction("by")
def said_twice(scene: Scene, spans: Sequence[Span]) -> bool:
    """'split q2 conversions by device': the verb says what 'by' says again; a 'by' of nothing stays unused."""
    is_verb = spans[0].text.lower().startswith(("split", "break", "broken"))
    return is_verb and bool(scene.draft.dimensions or scene.draft.grain)


def _split(scene: Scene, span: Span) -> None:
    if span.kind == "unit":
        _set_grain(scene, span.value)
    else:
        scene.break_down_by(span.value)


def _set_grain(scene: Scene, grain: str) -> None:
    if scene.draft.grain not in {None, "auto", grain}:
        raise AskBack(
            f"By {scene.draft.grain} or by {grain}? I can show one at a time.",
            options(f"by {scene.draft.grain}", f"by {grain}"),
        )
    scene.draft.grain = grain  # type: ignore[assignment]


CONSTRUCTIONS: tuple[Construction, ...] = (
    how_many,
    split_by,
    things_by_metric,
    rhythm,
    trend,
    period_on_period,
    buckets_where,
)
LAST: tuple[Construction, ...] = (named_dimension, named_unit, said_twice)
