"""Movement between two periods: 'which campaign got worse', 'biggest drop in ROAS by country', 'did CAC go up'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.counts import leader_count
from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.draft import Mode, Ranking
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span

_MODES: dict[str, Mode] = {"worse": "bad", "better": "good", "up": "high", "down": "low", "any": "bad"}


@construction(
    "(superlative? number? dimension|dimension superlative) with? metric? superlative? change (superlative|by)* metric?"
    "|number? superlative number? change with? metric? by? dimension"
    "|superlative number? change metric by dimension"
    "|change superlative? dimension superlative? by? metric?"
    "|superlative change dimension by metric"
)
def moved_most(scene: Scene, spans: Sequence[Span]) -> bool:
    """Members in the order of their change: bad first for 'got worse', largest rise first for 'grew'."""
    metrics = every(spans, "metric")
    for span in metrics:
        scene.draft.add_metric(span.value)
    dimension = every(spans, "dimension")[0]
    scene.break_down_by(dimension.value)
    scene.draft.wants_comparison = True
    word = every(spans, "change")[0]
    if word.value == "any" or any(span.value == "low" for span in every(spans, "superlative")):
        raise AskBack(
            "Moved up or down?", options("biggest rise in spend by campaign", "biggest drop in spend by campaign")
        )
    count = leader_count(spans) if first(spans, "number") else _one_if_singular_and_most(spans, dimension)
    metric = metrics[0].value if metrics else None
    scene.draft.ranking = Ranking(_mode(every(spans, "change")[0]), metric, by_change=True, count=count)
    return True


@construction("change")
def moved(scene: Scene, spans: Sequence[Span]) -> None:
    """'did CAC go up?': the figure beside the one before it."""
    scene.draft.wants_comparison = True


def _mode(change: Span) -> Mode:
    return _MODES[change.value]


def _one_if_singular_and_most(spans: Sequence[Span], dimension: Span) -> int | None:
    """'which campaign improved the most' asks for one; 'which campaign got worse' for all, worst first."""
    said_most = first(spans, "superlative") is not None or "most" in every(spans, "change")[0].text.lower()
    is_listed = first(spans, "by") is not None  # 'biggest drop in ROAS by country'
    return 1 if said_most and not is_listed and not dimension.text.lower().endswith("s") else None


CONSTRUCTIONS: tuple[Construction, ...] = (moved_most,)
LAST: tuple[Construction, ...] = (moved,)
