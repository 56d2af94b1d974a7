"""What results are split by: 'by country and device', 'per week', 'daily', 'trend'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span

_THING = "(dimension|unit)"


@construction(f"by {_THING} (and+ by? {_THING}|by {_THING})*|{_THING} (and {_THING})* by$")
def split_by(scene: Scene, spans: Sequence[Span]) -> None:
    ranking = scene.draft.ranking
    in_each = ranking and ranking.count and _means_each(spans[0])
    for span in every(spans, "dimension", "unit"):
        if in_each and (span.kind == "dimension" or _says_each(spans[0].text)):
            scene.draft.within.append(span.value if span.kind == "dimension" else "period")
        _split(scene, span)


def _means_each(by: Span) -> bool:
    """'the best campaign per platform': one of each, where 'by platform' would list all."""
    return by.kind == "by" and by.text.lower() != "by" and not by.text.lower().startswith(("split", "break", "broken"))


def _says_each(text: str) -> bool:
    return any(word in text.lower().split() for word in ("each", "every"))


@construction(f"{_THING} by (?=metric)")
def things_by_metric(scene: Scene, spans: Sequence[Span]) -> None:
    """'campaigns by spend'."""
    _split(scene, spans[0])


@construction("rhythm|trend unit|unit trend")
def rhythm(scene: Scene, spans: Sequence[Span]) -> None:
    ranking, span = scene.draft.ranking, every(spans, "rhythm", "unit")[0]
    if ranking and ranking.count and scene.draft.dimensions and _says_each(span.text):
        scene.draft.within.append("period")
    _set_grain(scene, span.value)


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


@construction("(when|with) unit|unit (when|with)+ (?!change)|count unit")
def buckets_where(scene: Scene, spans: Sequence[Span]) -> None:
    """'days when CAC was above 40', 'how many days had CAC above 40'."""
    scene.draft.counts_members = bool(every(spans, "count"))
    scene.draft.is_record = True
    _set_grain(scene, every(spans, "unit")[0].value)


@construction("dimension")
def named_dimension(scene: Scene, spans: Sequence[Span]) -> None:
    """A dimension said beside a metric: 'platform spend', 'which campaigns have ROAS above 4'."""
    before = scene.text[: spans[0].start].lower().split()
    scene.draft.names_all = scene.last is not None and before[-1:] in (["all"], ["every"])
    _split(scene, spans[0])


@construction("unit")
def named_unit(scene: Scene, spans: Sequence[Span]) -> bool:
    """'which days had CAC above 40': a trend where there is a condition; else the word stays unused."""
    if not scene.draft.all_conditions:
        return False
    scene.draft.is_record = True
    _set_grain(scene, spans[0].value)
    return True


@construction("by")
def said_twice(scene: Scene, spans: Sequence[Span]) -> bool:
    """'split q2 conversions by device': the verb says what 'by' says again; a 'by' of nothing stays unused.

    'By how much did clicks change' asks for the change.
    """
    text = spans[0].text.lower()
    if text.startswith(("split", "break", "broken")):
        return bool(scene.draft.dimensions or scene.draft.grain)
    behind = scene.text[spans[0].end :].lower().split()
    return behind[:2] == ["how", "much"] and (scene.draft.wants_comparison or scene.draft.versus is not None)


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
LAST: tuple[Construction, ...] = (named_dimension, named_unit)
