"""'compare them', 'what's the difference?' behind two questions: both of them in one answer."""

from __future__ import annotations

from assistant.dates import Mention
from assistant.understand.draft import Draft, Versus
from assistant.understand.resolve import Resolved


def side_by_side(before: Resolved, last: Resolved) -> Draft | None:
    """Two questions that differ in one thing: their period, the members of one dimension or the metric; else None."""
    against = last.draft.versus.mention if last.draft.versus else None
    if against and against.period and against.relation is None:
        return None  # 'June vs April' names its own two
    if _days(before) != _days(last):
        return _of_periods(before, last)
    return _of_members(before, last) or _of_metrics(before, last)


def shows_several(last: Resolved) -> bool:
    """Whether a question set two or more things against each other: periods, members it named, metrics."""
    named = any(len(members) > 1 and name in last.query.dimensions for name, members in last.draft.keep.items())
    return last.comparison is not None or named or len(last.query.metrics) > 1


def _of_periods(before: Resolved, last: Resolved) -> Draft | None:
    """The later period is asked about, the earlier is what it is compared with, in whatever order they came."""
    if not _alike(before, last, "metrics", "dimensions", "grain", "filters") or last.query.grain:
        return None
    later, earlier = (last, before) if last.period.start >= before.period.start else (before, last)
    both = later.draft.copy()
    both.period, both.versus = later.period, Versus("mention", Mention(0, 0, earlier.period))
    both.claim = None
    return both


def _of_members(before: Resolved, last: Resolved) -> Draft | None:
    one, other = before.draft, last.draft
    differing = [name for name in {**one.keep, **other.keep} if one.keep.get(name) != other.keep.get(name)]
    is_alike = _alike(before, last, "metrics", "grain") and one.leave_out == other.leave_out
    if len(differing) != 1 or not is_alike or not (one.keep.get(differing[0]) and other.keep.get(differing[0])):
        return None
    pair = other.copy()
    pair.add_members(differing[0], tuple(one.keep[differing[0]]))
    pair.add_dimension(differing[0])
    return pair


def _of_metrics(before: Resolved, last: Resolved) -> Draft | None:
    if not _alike(before, last, "dimensions", "grain", "filters") or before.query.metrics == last.query.metrics:
        return None
    both = last.draft.copy()
    both.metrics = list(dict.fromkeys([*before.query.metrics, *last.query.metrics]))
    both.wants_performance = False
    return both


def _alike(before: Resolved, last: Resolved, *parts: str) -> bool:
    return all(getattr(before.query, part) == getattr(last.query, part) for part in parts)


def _days(resolved: Resolved) -> tuple[object, object]:
    return resolved.period.start, resolved.period.end
