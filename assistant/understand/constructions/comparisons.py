"""One thing against another: two members, two periods, or a period and the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.dates import Mention
from assistant.understand.constructions.engine import Construction, Scene, construction, every
from assistant.understand.constructions.filters import certain_members, nothing_loaded
from assistant.understand.draft import Versus
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack, Decline, options
from assistant.understand.spans import MemberMatch, Span

_CLOSED = load_lexicon().closed


@construction(
    "compare? dimension? member ((versus|compare) dimension? member)+"
    "|(compare|between)+ member ((and|with|compare|versus)+ member)+"
)
def members_side_by_side(scene: Scene, spans: Sequence[Span]) -> None:
    """'Meta vs Google': a filter to both, broken down by their dimension."""
    matches = members_of_one_kind(scene, every(spans, "member"))
    splits = {match.split_by for match in matches}
    if len(splits) == 1 and (split := splits.pop()):
        return scene.break_down_by(split)  # 'weekends vs weekdays'
    if any(match.is_group for match in matches):
        raise Decline("I can't set a group of members against a single one. Ask for each of them.")
    for match in matches:
        scene.draft.add_members(match.dimension, match.members)
    return scene.break_down_by(matches[0].dimension)


@construction("member (versus|compare|than|comparative)+ dimension|dimension (versus|compare|than)+ member")
def weekend_against_weekday(scene: Scene, spans: Sequence[Span]) -> bool:
    """'weekend vs weekday': one word names days and the other, elsewhere, the day of the week as a breakdown."""
    match, dimension = every(spans, "member")[0].value, every(spans, "dimension")[0].value
    if match.split_by is None or match.dimension != dimension:
        return False
    scene.break_down_by(match.split_by)
    return True


@construction("(versus|compare)+ member")
def against_another_member(scene: Scene, spans: Sequence[Span]) -> bool:
    """'compared to Google' behind a question about Meta."""
    match = members_of_one_kind(scene, spans[-1:])[0]
    kept = scene.last.keep.get(match.dimension, []) if scene.last else []
    if not kept or match.is_group:
        return False
    scene.draft.add_members(match.dimension, (*kept, *match.members))
    scene.break_down_by(match.dimension)
    return True


@construction("(change|gap) (member|period)")
def difference_to(scene: Scene, spans: Sequence[Span]) -> bool:
    """'difference to Meta', 'difference to April' behind a question: what it asked about, against another."""
    word, other = spans
    between = scene.text[word.end : other.start].lower().split() + other.text.lower().split()[:1]
    is_gap = word.kind == "gap" or word.text.lower().startswith("differ")
    if not is_gap or not scene.opens_with(word) or not _CLOSED.apart_from & set(between):
        return False
    if other.kind == "period":
        if scene.last is None:
            return False
        check_mentions(other.value)
        scene.draft.versus = Versus("mention", other.value)
    elif not against_another_member.action(scene, [word, other]):
        raise AskBack(f"The difference between {other.text} and what? Name both.", options("Meta vs Google"))
    scene.draft.leans_on_last = scene.last is not None
    return True


def members_of_one_kind(scene: Scene, spans: Sequence[Span]) -> list[MemberMatch]:
    """Loaded members of one dimension. Raises AskBack or Decline where they are not."""
    matches = [certain_members(scene, span) for span in spans]
    for span, match in zip(spans, matches, strict=True):
        if match.absent:
            raise nothing_loaded(scene, span, match)
    if len({match.dimension for match in matches}) > 1:
        raise AskBack(
            "Those are of different kinds, so I can't set them side by side. Compare two of one kind.",
            options("Meta vs Google", "Mobile vs Desktop"),
        )
    return matches


@construction("compare? metric (versus|compare)+ metric")
def metrics_side_by_side(scene: Scene, spans: Sequence[Span]) -> None:
    """'spend vs revenue by month': both."""
    for span in every(spans, "metric"):
        scene.draft.add_metric(span.value)


@construction("compare? period (versus|compare)+ period|compare period (and|with)* period")
def periods_side_by_side(scene: Scene, spans: Sequence[Span]) -> None:
    """'June vs May': the first is asked about, the second is what it is compared with."""
    subject, baseline = (span.value for span in every(spans, "period"))
    if subject.period is None:
        raise AskBack(
            f"Which period shall I compare “{spans[0].text}” with?", options("last month vs the month before")
        )
    check_mentions(subject, baseline)
    scene.draft.period = subject.period
    scene.draft.versus = Versus("mention", baseline)


@construction("(versus|compare)+ period")
def against_a_period(scene: Scene, spans: Sequence[Span]) -> bool:
    """'CAC last month vs the month before', 'ROAS vs last year', 'compare that to the period before'."""
    mention = every(spans, "period")[0].value
    if not every(spans, "versus") and mention.relation is None:
        return False
    check_mentions(mention)
    scene.draft.versus = Versus("mention", mention)
    return True


def check_mentions(*mentions: Mention) -> None:
    for mention in mentions:
        if mention.problem and mention.relation is None:
            raise AskBack(mention.problem)


@construction("compare|versus")
def compare_alone(scene: Scene, spans: Sequence[Span]) -> bool:
    """'compare' asks for a comparison unless what is set side by side was named: members, a breakdown, two metrics."""
    if spans[0].kind == "versus":
        return False
    draft = scene.draft
    listed = [name for name, members in draft.keep.items() if len(members) > 1 and name != "day_of_week"]
    if listed and not draft.dimensions and not scene.last:
        scene.break_down_by(listed[0])  # 'US, Canada and Mexico ROAS comparison'
        return True
    if not (draft.dimensions or len(draft.metrics) > 1 or scene.last):
        draft.wants_comparison = True
        draft.wants_performance = not draft.has_subject
    return True


CONSTRUCTIONS: tuple[Construction, ...] = (
    members_side_by_side,
    weekend_against_weekday,
    periods_side_by_side,
    against_a_period,
    against_another_member,
)
FIRST: tuple[Construction, ...] = (difference_to,)
METRICS: tuple[Construction, ...] = (metrics_side_by_side,)
LAST: tuple[Construction, ...] = (compare_alone,)
