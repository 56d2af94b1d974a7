"""Two things weighed against each other: 'did Meta spend more than Google', 'which of the two has the better ROAS'."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.dates import Mention
from assistant.understand.constructions.comparisons import check_mentions, members_of_one_kind
from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.constructions.moving import MODES, pick_those_that_moved
from assistant.understand.draft import Claim, Ranking, Versus
from assistant.understand.spans import Span

_THAN = "(comparator|comparative? (than|versus))"
_MEMBER = "(with? by? dimension? member)"
_METRIC = "(metric|performance)"


@construction(
    f"{_MEMBER} {_METRIC} {_THAN} {_MEMBER}"
    f"|{_MEMBER} {_THAN} {_MEMBER} with? by? {_METRIC}?"
    f"|{_METRIC} {_MEMBER} {_THAN} {_MEMBER}"
    f"|{_METRIC} (comparative|comparator) {_MEMBER} than? {_MEMBER}"
    f"|comparative {_METRIC} {_MEMBER} than {_MEMBER}"
    f"|{_MEMBER} comparative {_METRIC} than {_MEMBER}"
    f"|{_METRIC} {_MEMBER} comparative than {_MEMBER}"
)
def more_than_another(scene: Scene, spans: Sequence[Span]) -> bool:
    """Both members side by side; a yes-or-no question is answered by which of them has more."""
    word = first(spans, "comparative", "comparator")
    members = every(spans, "member")
    matches = members_of_one_kind(scene, members)
    if word is not None and all(match.split_by for match in matches):
        return _of_day_types(scene, word, _metric(spans), [match.members for match in matches])
    if word is None or any(len(match.members) != 1 for match in matches):
        return False
    _side_by_side(scene, spans, members)
    first_one, second = (match.members[0] for match in matches)
    if scene.asks_yes_or_no:
        scene.draft.claim = Claim(MODES[word.value], _metric(spans), matches[0].dimension, first_one, second)
    return True


@construction(
    f"comparative {_METRIC} (and|between|with)* member ((and|versus)+ member)+"
    f"|(between|with)? member ((and|versus)+ member)+ with? comparative {_METRIC}"
    f"|(between|with)? member ((and|versus)+ member)+ {_METRIC} comparative"
)
def which_of_them(scene: Scene, spans: Sequence[Span]) -> None:
    """'who has the better ROAS, Meta or Google': both, the one that was asked for first."""
    _side_by_side(scene, spans, every(spans, "member"))
    scene.draft.ranking = Ranking(MODES[every(spans, "comparative")[0].value], _metric(spans))


@construction(
    f"gap (and|with|by)* {_METRIC}? (between|and|with)* member (and|versus) member"
    "|metric gap (between|and)* member (and|versus) member"
)
def gap_between(scene: Scene, spans: Sequence[Span]) -> None:
    _side_by_side(scene, spans, every(spans, "member"))


@construction("period (than|comparator|comparative than) period")
def more_than_before(scene: Scene, spans: Sequence[Span]) -> bool:
    """'did we spend more in June than in May'."""
    mentions: list[Mention] = [span.value for span in every(spans, "period")]
    if mentions[0].period is None:
        return False
    check_mentions(*mentions)
    scene.draft.period, scene.draft.versus = mentions[0].period, Versus("mention", mentions[1])
    word = first(spans, "comparative", "comparator")
    if not pick_those_that_moved(scene, word) and word and scene.asks_yes_or_no:
        scene.draft.claim = Claim(MODES[word.value])
    return True


@construction("(comparative than|comparator|than) period")
def than_a_period(scene: Scene, spans: Sequence[Span]) -> bool:
    """'is CAC higher than last month'; 'over the last 30 days' is a period of its own."""
    if spans[0].text.lower() == "over":
        return False
    mention: Mention = spans[-1].value
    check_mentions(mention)
    scene.draft.versus = Versus("mention", mention)
    word = first(spans, "comparative", "comparator")
    if not pick_those_that_moved(scene, word) and word and scene.asks_yes_or_no:
        scene.draft.claim = Claim(MODES[word.value])
    return True


@construction("comparative")
def moved_so(scene: Scene, spans: Sequence[Span]) -> bool:
    """'is CAC lower this month?': against the period before; and the word of a 'more … than' read before."""
    draft = scene.draft
    if draft.versus and (draft.claim is None or draft.claim.dimension is None):
        is_limit = any(condition.of == "change" for condition in draft.conditions)
        draft.claim = Claim(MODES[spans[0].value]) if scene.asks_yes_or_no and not is_limit else None
        return True
    if not scene.asks_yes_or_no or not draft.metrics or draft.dimensions:
        return False
    days = tuple(draft.keep.get("day_of_week", ()))
    if days:  # 'is CAC lower on weekends': than on the other days, not than before
        draft.keep.pop("day_of_week")
        return _of_day_types(scene, spans[0], draft.metrics[0], [days])
    draft.wants_comparison = True
    draft.claim = Claim(MODES[spans[0].value])
    return True


def _of_day_types(scene: Scene, word: Span, metric: str | None, sides: Sequence[Sequence[str]]) -> bool:
    """Weekends against weekdays are members of one dimension of their own."""
    groups = list(scene.model.dimensions["day_of_week"].groups.values())
    named = [group for side in sides for group in groups if set(group.members) == set(side)]
    rest = [group for group in groups if group not in named]
    pair = [*named, *rest][:2]
    if not named or len(pair) < 2 or not pair[0].split_by:
        return False
    if metric:
        scene.draft.add_metric(metric)
    scene.break_down_by(pair[0].split_by)
    if scene.asks_yes_or_no:
        first_one, second = (str(group.as_member) for group in pair)
        scene.draft.claim = Claim(MODES[word.value], metric, pair[0].split_by, first_one, second)
    return True


def _side_by_side(scene: Scene, spans: Sequence[Span], members: Sequence[Span]) -> None:
    for match in members_of_one_kind(scene, members):
        scene.draft.add_members(match.dimension, match.members)
        scene.break_down_by(match.dimension)
    metric = _metric(spans)
    if metric:
        scene.draft.add_metric(metric)
    elif first(spans, "performance"):
        scene.draft.wants_performance = True


def _metric(spans: Sequence[Span]) -> str | None:
    span = first(spans, "metric")
    return span.value if span else None


FIRST: tuple[Construction, ...] = (more_than_another, which_of_them, gap_between)
PERIODS: tuple[Construction, ...] = (more_than_before, than_a_period)
LAST: tuple[Construction, ...] = (moved_so,)
