"""The period of a question where it stands alone, and phrases that lean on the last question's period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from assistant.dates import Mention, NamedPeriod, find_mentions
from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.draft import Versus
from assistant.understand.outcomes import AskBack, Decline, options
from assistant.understand.spans import Span
from tools.base import Option

DAYS_A_WEEK = 7
_FROM_TO = re.compile(r"(?:from|between)?\s*(.+?)\s+(?:to|and)\s+(.+)", re.IGNORECASE)


@construction("comparator? period (and+ period)*")
def in_the_period(scene: Scene, spans: Sequence[Span]) -> bool:
    """A period; 'over the last 30 days' is one too."""
    if spans[0].kind == "comparator" and spans[0].text.lower() != "over":
        return False
    mentions = [span.value for span in every(spans, "period")]
    for mention, span in zip(mentions, every(spans, "period"), strict=True):
        _accept(scene, mention, span)
    return True


def _accept(scene: Scene, mention: Mention, span: Span) -> None:
    draft = scene.draft
    if mention.problem and not (mention.relation and _has_a_base(scene)):
        raise AskBack(mention.problem)
    if mention.period is None or (scene.base and _leans_on_before(mention, span)):
        _take_relative(scene, mention)
    elif draft.period is None and (ends := _ends(scene, mention, span)):
        draft.versus = Versus("mention", ends[0])
        draft.period = ends[1].period
    elif draft.period is None:
        draft.period = _not_in_the_future(scene, mention.period, span)
    elif joined := _joined(draft.period, mention.period):
        draft.period = joined
    else:
        raise AskBack("Two periods are named. Shall I compare them?", _compared(scene))


def _has_a_base(scene: Scene) -> bool:
    """Whether there is something that 'the same days last year' may lean on: a period, or a wish to compare."""
    return bool(scene.base or scene.draft.period or every(scene.spans, "compare", "change", "versus", "comparator"))


def _compared(scene: Scene) -> list[Option]:
    first, second = every(scene.spans, "period")[:2]
    question = f"{scene.text[: first.end]} vs {scene.text[second.start :]}"
    return [Option(label="Compare them", question=question)]


def _ends(scene: Scene, mention: Mention, span: Span) -> tuple[Mention, Mention] | None:
    """'from April to May' beside a word for movement: what changed from the one to the other."""
    if not every(scene.spans, "change", "compare") or mention.period is None:
        return None
    found = _FROM_TO.fullmatch(span.text)
    ends = [find_mentions(part, scene.calendar) for part in found.groups()] if found else []
    if len(ends) != 2 or any(len(end) != 1 or end[0].period is None for end in ends):
        return None
    earlier, later = ends[0][0], ends[1][0]
    assert earlier.period and later.period
    is_unit = all(end.basis in {"calendar", "to_date"} and end.unit != "day" for end in (earlier.period, later.period))
    return (earlier, later) if is_unit and earlier.period.end < later.period.start else None


def _take_relative(scene: Scene, mention: Mention) -> None:
    """'the month before that' moves the last question's period; 'the previous period' in a new question compares."""
    assert mention.relation
    if scene.base is not None:
        scene.draft.period = mention.relation.resolve(scene.base)
    else:
        scene.draft.versus = Versus("mention", mention)


def _leans_on_before(mention: Mention, span: Span) -> bool:
    words = span.text.lower()
    return mention.relation is not None and any(
        word in words for word in ("before", "that", "prior", "previous", "earlier", "same")
    )


def _not_in_the_future(scene: Scene, period: NamedPeriod, span: Span) -> NamedPeriod:
    if period.start > scene.calendar.today:
        raise Decline(
            f"“{span.text}” lies in the future, and I only report what the data says.",
            options("spend this month", "spend by week"),
            kind="forecast",
        )
    return period


def _joined(one: NamedPeriod, other: NamedPeriod) -> NamedPeriod | None:
    """'May and June' where they follow each other."""
    earlier, later = sorted((one, other), key=lambda p: p.start)
    if later.start != earlier.end + timedelta(days=1):
        return None
    return NamedPeriod(start=earlier.start, end=later.end, basis="range", unit=None)


@construction("(?<!versus)(?<!exclude)(?<!comparator)(?<!than) period")
def the_only_period(scene: Scene, spans: Sequence[Span]) -> bool:
    """A lone period is read first, so that what stands on both sides of it comes together."""
    mention: Mention = spans[0].value
    is_baseline = mention.relation is not None and bool(every(scene.spans, "compare", "change"))
    if len(every(scene.spans, "period")) > 1 or is_baseline:
        return False
    _accept(scene, mention, spans[0])
    return True


@construction("period")
def weekday_beside_a_period(scene: Scene, spans: Sequence[Span]) -> bool:
    """'Q1 Monday conversions': a weekday beside a longer period keeps those days of it; 'Friday and Saturday' don't."""
    day = spans[0].text.strip().capitalize().removesuffix("s")
    others = [span.value.period for span in every(scene.spans, "period") if span is not spans[0]]
    longer = bool(others) and all(period and period.days > DAYS_A_WEEK for period in others)
    if not longer or day not in scene.model.dimensions["day_of_week"].members:
        return False
    scene.draft.add_members("day_of_week", (day,))
    scene.spans = [span for span in scene.spans if span is not spans[0]]
    return True


FIRST: tuple[Construction, ...] = (weekday_beside_a_period, the_only_period)
CONSTRUCTIONS: tuple[Construction, ...] = (in_the_period,)
