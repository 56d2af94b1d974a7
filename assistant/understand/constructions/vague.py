"""Words for much and little without a number: asked about, unless the metric says what they measure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.draft import Ranking
from assistant.understand.outcomes import AskBack, options
from assistant.understand.spans import Span
from kpi.semantic import SemanticModel

_PRICES = {"cheapest": "low", "cheaper": "low"}  # the other words for a price mean a high one
_PRICEY = frozenset({"most expensive", "more expensive", "pricier", "priciest", "costliest"})


@construction(
    "number? vague number? (dimension by? metric|metric by? dimension)|dimension with* vague metric"
    "|metric vague and* by dimension"
)
def by_price(scene: Scene, spans: Sequence[Span]) -> bool:
    """'cheapest clicks by country', 'most expensive campaign per conversion': ranked by what one of them costs."""
    word = every(spans, "vague")[0].text.lower()
    cost = cost_of(every(spans, "metric")[0].value, scene.model)
    if cost is None or not (word in _PRICES or word in _PRICEY) or scene.draft.ranking:
        return False
    dimension = every(spans, "dimension")[0]
    scene.draft.add_metric(cost)
    scene.break_down_by(dimension.value)
    listed = first(spans, "by") is not None and spans[-1] is dimension and not scene.text.lower().startswith("where")
    several = listed or dimension.text.lower().endswith("s")
    number = first(spans, "number")
    count = int(number.value.value) if number else None if several else 1
    scene.draft.ranking = Ranking("low" if word in _PRICES else "high", cost, count=count)
    return True


def cost_of(metric: str, model: SemanticModel) -> str | None:
    """The metric that is the price of one: CPC of clicks, CAC of conversions; itself where it is one already."""
    if model.metrics[metric].better == "lower":
        return metric
    prices = (f"sum(spend) / sum({metric})", f"1000 * sum(spend) / sum({metric})")
    return next((m.name for m in model.metrics.values() if m.expression in prices), None)


@construction("with? vague (metric|superlative)|metric with? vague")
def vague_threshold(scene: Scene, spans: Sequence[Span]) -> None:
    metric = first(spans, "metric")
    label = scene.model.metrics[metric.value].label if metric else "which metric"
    word = every(spans, "vague")[0].text
    raise AskBack(
        f"“{word}” needs a number: from which {label} on? For example “{label} above 3”, or ask for the top 5.",
        options(f"top 5 campaigns by {label}" if metric else "top 5 campaigns by spend"),
    )


@construction("vague")
def vague_word(scene: Scene, spans: Sequence[Span]) -> None:
    raise AskBack(
        f"“{spans[0].text}” needs a measure: name the metric and the limit, for example “campaigns with CAC above 40”.",
        options("worst campaigns by CAC", "best campaigns by ROAS"),
    )


CONSTRUCTIONS: tuple[Construction, ...] = (by_price, vague_threshold)
LAST: tuple[Construction, ...] = (vague_word,)
