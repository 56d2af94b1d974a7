"""Words that make a question one we can't answer, each with its reason and the nearest thing to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.outcomes import AskBack, Decline, OnlyForModel, options
from assistant.understand.spans import PartMatch, Span
from tools.base import Option

MOST_NAMES = 4
_RESERVED = {
    "forecast": (
        "forecast",
        "I can't forecast or simulate yet: I only report what the loaded data says.",
        "spend by week",
    ),
    "anomaly": ("anomalies", "I can't look for anomalies yet. A trend shows peaks and gaps.", "spend by day"),
}


@construction("out_of_reach")
def not_in_the_data(scene: Scene, spans: Sequence[Span]) -> None:
    topic = spans[0].value
    if topic.asks:
        said = every(scene.spans, "out_of_reach")[:1]
        offered = [scene.instead_of(said, one.split(" by ")[0]) for one in topic.instead[:1]]
        raise AskBack(f"“{spans[0].text}”? {topic.reason} Did you mean this?", [*offered, *options(*topic.instead)])
    asked = f"for “{spans[0].text}”" if topic.quoted else "that"
    refusal = OnlyForModel if topic.for_model else Decline
    raise refusal(f"I can't answer {asked}. {topic.reason}", options(*topic.instead))


@construction("forecast|anomaly")
def not_yet(scene: Scene, spans: Sequence[Span]) -> None:
    kind, text, instead = _RESERVED[spans[0].kind]
    raise Decline(text, options(instead), kind=kind)


@construction("why")
def causes(scene: Scene, spans: Sequence[Span]) -> bool:
    """'why did CAC move' asks for a cause; behind a question of its own it asks what is behind the figure."""
    if _asks_something_before(scene, spans[0]):
        scene.draft.wants_parts = True
        return True
    raise Decline(
        "I can't explain causes yet. A breakdown against the period before shows where it moved.",
        options(*_where_it_moved(scene)),
        kind="explain",
    )


def _asks_something_before(scene: Scene, why: Span) -> bool:
    """'which campaign got worse and why', 'what was our CAC last month, and why did it move'."""
    before = [span for span in scene.spans if span.end <= why.start and span.kind not in {"filler", "and", "it"}]
    return any(span.kind in {"metric", "change", "performance", "superlative"} for span in before)


def _where_it_moved(scene: Scene) -> Iterator[str]:
    """The same figure and period by platform and by campaign, with what it is made of."""
    metric = first(scene.spans, "metric")
    period = first(scene.spans, "period")
    if metric is None and scene.last and scene.last.metrics:
        name: str | None = scene.last.metrics[0]
    else:
        name = metric.value if metric else None
    when = f" {period.text}" if period and period.value.period else ""
    if name is None:
        yield f"performance by platform{when} vs the previous period"
        return
    parts = " and ".join(scene.model.metrics[part].label for part in [name, *scene.model.parts_of(name)])
    for thing in ("campaign", "platform"):
        yield f"{parts} by {thing}{when} vs the previous period"


@construction("change_data")
def read_only(scene: Scene, spans: Sequence[Span]) -> None:
    raise Decline(
        f"I can't do “{spans[0].text}”: questions never change or send anything here. You can ask about the data.",
        options("what data do we have?"),
    )


@construction("target")
def not_held(scene: Scene, spans: Sequence[Span]) -> None:
    raise Decline(
        f"I hold no “{spans[0].text}”: no targets or benchmarks. Name the number to compare with.",
        options("performance last month", "spend by week"),
    )


@construction("ambiguous")
def names_several_metrics(scene: Scene, spans: Sequence[Span]) -> None:
    span = spans[0]
    labels = [scene.model.metrics[name].label for name in span.value]
    raise AskBack(
        f"“{span.text}” can mean {' or '.join(labels)}. Which one?",
        [Option(label=label, question=_replaced(scene.text, span, label)) for label in labels],
    )


@construction("part")
def part_of_a_member(scene: Scene, spans: Sequence[Span]) -> None:
    part: PartMatch = spans[0].value
    name = part.part.capitalize() if len(part.part) > 2 else part.part.upper()
    if not part.loaded:
        raise Decline(f"“{spans[0].text}” belongs to {part.member}, and no {part.member} data is loaded.")
    raise AskBack(
        f"The data does not separate {name} from the rest of {part.member}. Shall I show {part.member} as a whole?",
        [Option(label=f"{part.member} as a whole", question=_replaced(scene.text, spans[0], part.member))],
    )


@construction("verb_or_name")
def shows_or_names(scene: Scene, spans: Sequence[Span]) -> None:
    """'display spend': shall spend be shown, or is it that of the display campaign?"""
    span = spans[0]
    names = span.value.members[:MOST_NAMES]
    asked = [Option(label=name, question=_replaced(scene.text, span, f'"{name}"')) for name in names]
    raise AskBack(
        f"“{span.text}” can be a way of saying “show”, or it names {' or '.join(names)}. Which one?",
        [Option(label="Show all", question=_replaced(scene.text, span, "show")), *asked],
    )


def _replaced(text: str, span: Span, words: str) -> str:
    return text[: span.start] + words + text[span.end :]


CONSTRUCTIONS: tuple[Construction, ...] = (
    read_only,
    not_in_the_data,
    not_yet,
    causes,
    not_held,
    names_several_metrics,
    part_of_a_member,
    shows_or_names,
)
