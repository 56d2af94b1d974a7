"""Members picked by how they moved between two periods: 'countries where May spend exceeded April spend'."""

from __future__ import annotations

from assistant.understand.constructions.engine import Scene, first
from assistant.understand.draft import Condition, Mode, Ranking
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack
from assistant.understand.spans import Span
from assistant.understand.tokens import tokenize
from kpi.semantic import Metric

MODES: dict[str, Mode] = {
    ">": "high",
    ">=": "high",
    "<": "low",
    "<=": "low",
    "better": "good",
    "worse": "bad",
    "good": "good",
    "bad": "bad",
    "high": "high",
    "low": "low",
}
_CLOSED = load_lexicon().closed


def pick_those_that_moved(scene: Scene, word: Span | None) -> bool:
    """Limits the change where members are asked for; False where the question is about the whole.

    ``word`` says which way; without one it is the 'lower' of 'lower CAC in May than in April'.
    """
    draft, word = scene.draft, word or first(scene.spans, "comparative")
    thing = first(scene.spans, "dimension", "unit")
    asks_of_the_whole = scene.asks_yes_or_no and not _names_any_or_every(scene)
    if word is None or thing is None or asks_of_the_whole or not draft.metrics:
        return False
    if thing.kind == "unit" or len(draft.metrics) > 1:
        raise AskBack(
            f"“{word.text}” sets one figure of each campaign, platform or country against an earlier period. "
            "Name one metric and one of these."
        )
    metric = scene.model.metrics[draft.metrics[0]]
    upwards = _is_upwards(MODES[word.value], metric)
    draft.conditions.append(Condition(metric.name, ">" if upwards else "<", 0.0, "change"))
    if not first(scene.spans, "superlative", "sort", "listed_first"):
        draft.ranking = Ranking("high" if upwards else "low", metric.name, by_change=True)
    return True


def _names_any_or_every(scene: Scene) -> bool:
    return any(token.norm in _CLOSED.any_one | _CLOSED.every_one for token in tokenize(scene.text))


def _is_upwards(mode: Mode, metric: Metric) -> bool:
    """Good and bad follow the metric's direction."""
    good_is_up = metric.better != "lower"
    return {"high": True, "low": False, "good": good_is_up, "bad": not good_is_up}[mode]
