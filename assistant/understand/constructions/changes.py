"""Movement between two periods: 'which campaign got worse', 'biggest drop in ROAS by country', 'did CAC go up'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.counts import leader_count
from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.draft import Claim, Draft, Mode, Ranking
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span

_CLAIMED: dict[str, Mode] = {"worse": "bad", "better": "good"}
_MODES: dict[str, Mode] = {"worse": "bad", "better": "good", "up": "high", "down": "low", "any": "bad"}


@construction(
    "(superlative? number? dimension|dimension superlative) with? metric? superlative? change (superlative|by)* metric?"
    "|number? superlative number? change with? metric? by? dimension"
    "|superlative number? change metric by dimension"
    "|change superlative? dimension superlative? by? metric?"
    "|superlative change dimension by metric"
    "|with? metric change superlative and* by dimension"
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
        label = scene.model.metrics[metrics[0].value].label if metrics else "spend"
        thing = scene.model.dimensions[dimension.value].label.lower()
        raise AskBack(
            "Moved up or down?", options(*(f"biggest {way} in {label} by {thing}" for way in ("rise", "drop")))
        )
    count = leader_count(spans) if first(spans, "number") else _one_if_singular_and_most(spans, dimension)
    metric = metrics[0].value if metrics else None
    scene.draft.ranking = Ranking(_mode(every(spans, "change")[0]), metric, by_change=True, count=count)
    return True


@construction(
    "dimension? with? (superlative metric|metric superlative) change|superlative number? metric change by? dimension?"
    "|(superlative number?|number superlative) dimension (by|with)* metric change"
)
def largest_change(scene: Scene, spans: Sequence[Span]) -> bool:
    """'country with the biggest CAC improvement', 'top 3 campaigns by ROAS decline'."""
    dimension, change = first(spans, "dimension"), every(spans, "change")[0]
    if dimension is None or change.value == "any" or every(spans, "superlative")[0].value in {"low", "bad"}:
        return False
    metric = every(spans, "metric")[0].value
    scene.draft.add_metric(metric)
    scene.break_down_by(dimension.value)
    scene.draft.wants_comparison = True
    several = dimension.text.lower().endswith("s") or spans[-1] is dimension
    count = leader_count(spans) if first(spans, "number") else None if several else 1
    scene.draft.ranking = Ranking(_mode(change), metric, by_change=True, count=count)
    return True


@construction("metric? change superlative?|superlative? change metric?")
def moved(scene: Scene, spans: Sequence[Span]) -> bool:
    """'did CAC go up?': the figure beside the one before it. 'Which grew the most' behind a breakdown: the first."""
    draft, change, metric = scene.draft, every(spans, "change")[0], first(spans, "metric")
    most = first(spans, "superlative") is not None or "most" in change.text.lower() or "fastest" in change.text.lower()
    broken_down = draft.dimensions or (scene.last.dimensions if scene.last else [])
    asks_which = most or first(scene.spans, "it") is not None
    if metric:
        draft.add_metric(metric.value)
    if broken_down and asks_which and change.value != "any" and draft.ranking is None:
        count = 1 if (most and not draft.dimensions) or scene.text.lower().startswith("where") else None
        draft.ranking = Ranking(_mode(change), metric.value if metric else None, by_change=True, count=count)
        draft.leans_on_last = not draft.dimensions
    elif first(spans, "superlative"):
        return False
    if _is_between_members(draft, change):
        return True
    if scene.last and _is_difference(change) and not (draft.period or draft.versus or draft.ranking):
        label = scene.model.metrics[draft.metrics[0]].label if draft.metrics else "performance"
        raise AskBack("The difference from what? Name both.", options(f"{label} vs the previous period"))
    draft.wants_comparison = True
    if change.value == "any" and not draft.has_subject and not scene.last:
        draft.wants_performance = True  # 'what changed last month?'
    metrics = draft.metrics
    if scene.asks_yes_or_no and change.value != "any" and len(metrics) == 1 and not broken_down and not draft.claim:
        draft.claim = Claim(_MODES[change.value] if change.value in {"up", "down"} else _CLAIMED[change.value])
    return True


def _is_between_members(draft: Draft, change: Span) -> bool:
    """'the difference in spend between Meta and Google' is one of the two, not of two periods."""
    sides = any(len(members) > 1 and name in draft.dimensions for name, members in draft.keep.items())
    return _is_difference(change) and sides


def _is_difference(change: Span) -> bool:
    return change.text.lower().startswith("differ")


def _mode(change: Span) -> Mode:
    return _MODES[change.value]


def _one_if_singular_and_most(spans: Sequence[Span], dimension: Span) -> int | None:
    """'which campaign improved the most' asks for one; 'which campaign got worse' for all, worst first."""
    said_most = first(spans, "superlative") is not None or "most" in every(spans, "change")[0].text.lower()
    if spans[0].text.lower() == "where":
        return 1
    is_listed = first(spans, "by") is not None  # 'biggest drop in ROAS by country'
    return 1 if said_most and not is_listed and not dimension.text.lower().endswith("s") else None


CONSTRUCTIONS: tuple[Construction, ...] = (largest_change, moved_most)
LAST: tuple[Construction, ...] = (moved,)
