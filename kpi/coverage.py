"""Which days files spoke for, by platform and account: what tells 'no spend' from 'not loaded'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpi.query import MemberFilter, MetricQuery, Period

BY_COVERAGE = ("platform", "account")  # a member of these was loaded or not on days of its own


@dataclass(frozen=True, order=True)
class LoadedRange:
    """Days first to last (inclusive) that some batch in force covers for one platform and account."""

    platform: str
    account: str
    first_day: date
    last_day: date


def days_of(ranges: Iterable[LoadedRange], period: Period) -> set[date]:
    """The days of the period that any of the ranges covers."""
    days: set[date] = set()
    for loaded in ranges:
        first, last = max(loaded.first_day, period.start), min(loaded.last_day, period.end)
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return days


def loaded_days(ranges: Iterable[LoadedRange], period: Period) -> int:
    return len(days_of(ranges, period))


def loaded_members(ranges: Iterable[LoadedRange], period: Period, split: Sequence[str]) -> list[tuple[str, ...]]:
    """Members of the ``split`` dimensions (of ``BY_COVERAGE``) with a loaded day in the period; () where none split."""
    return sorted({members for members, _, _ in loaded_runs(ranges, period, split)})


def loaded_runs(
    ranges: Iterable[LoadedRange], period: Period, split: Sequence[str]
) -> list[tuple[tuple[str, ...], date, date]]:
    """Ranges clipped to the period, joined where they touch, by the members of the ``split`` dimensions."""
    clipped = sorted(
        (tuple(getattr(r, name) for name in split), max(r.first_day, period.start), min(r.last_day, period.end))
        for r in ranges
        if r.first_day <= period.end and r.last_day >= period.start
    )
    runs: list[tuple[tuple[str, ...], date, date]] = []
    for members, first, last in clipped:
        if runs and runs[-1][0] == members and first <= runs[-1][2] + timedelta(days=1):
            runs[-1] = (members, runs[-1][1], max(runs[-1][2], last))
        else:
            runs.append((members, first, last))
    return runs


def relevant(ranges: Sequence[LoadedRange], query: MetricQuery) -> list[LoadedRange]:
    """The ranges of the platforms and accounts that the query's filters keep."""
    return kept_by(query.member_filters, ranges)


def kept_by(conditions: Iterable[MemberFilter], ranges: Iterable[LoadedRange]) -> list[LoadedRange]:
    kept = list(ranges)
    for condition in conditions:
        if condition.dimension in BY_COVERAGE:
            kept = [r for r in kept if _keeps(condition, getattr(r, condition.dimension))]
    return kept


def _keeps(condition: MemberFilter, member: str) -> bool:
    return (member in condition.values) == (condition.op == "in")
