"""Places: 'where does Brand_Search rank by ROAS', 'did the ranking of campaigns change'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.constructions.filters import certain_members, take_members
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span


@construction(
    "member rank (by|sort|with)* metric|rank (by|with)* member (by|sort|with)* metric|metric rank (by|with)* member"
    "|member (by|with)* metric rank|rank (by|sort)+ metric member|member sort metric"
)
def place_of_a_member(scene: Scene, spans: Sequence[Span]) -> bool:
    """Among all members of its kind, the best first."""
    if not any(span.text.lower().startswith("rank") for span in spans if span.kind in {"rank", "sort"}):
        return False
    member = every(spans, "member")[0]
    scene.break_down_by(certain_members(scene, member).dimension)
    take_members(scene, member)
    scene.draft.add_metric(every(spans, "metric")[0].value)
    scene.draft.extra_kinds.append("rank")
    return True


_BY = "(by|sort|with)*"


@construction(
    f"(rank dimension|dimension rank) {_BY} metric? change|(rank change|change rank) {_BY} dimension {_BY} metric?"
    f"|rank change {_BY} metric {_BY} dimension|(dimension rank change|dimension change rank) {_BY} metric?"
    f"|change dimension rank {_BY} metric?|rank metric by? dimension change|dimension metric rank change"
)
def places_gained(scene: Scene, spans: Sequence[Span]) -> None:
    metric = first(spans, "metric")
    dimension = every(spans, "dimension")[0]
    if metric is None:
        plural = scene.model.dimensions[dimension.value].plural
        raise AskBack(
            f"The ranking of {plural} by which metric?",
            options(*(f"rank change of {plural} by {name}" for name in ("ROAS", "spend", "CAC"))),
        )
    scene.break_down_by(dimension.value)
    scene.draft.add_metric(metric.value)
    scene.draft.extra_kinds += ["rank", "rank_change"]
    scene.draft.wants_comparison = True


CONSTRUCTIONS: tuple[Construction, ...] = (place_of_a_member, places_gained)
