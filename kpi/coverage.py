"""Which days files spoke for, by platform and account: what tells 'no spend' from 'not loaded'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpi.query import MemberFilter, MetricQuery, Period


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


def overlaps(ranges: Iterable[LoadedRange], period: Period) -> bool:
    return any(r.first_day <= period.end and r.last_day >= period.start for r in ranges)


def relevant(ranges: Sequence[LoadedRange], query: MetricQuery) -> list[LoadedRange]:
    """The ranges of the platforms and accounts that the query's filters keep."""
    kept = list(ranges)
    for condition in query.member_filters:
        if condition.dimension in {"platform", "account"}:
            kept = [r for r in kept if _keeps(condition, getattr(r, condition.dimension))]
    return kept


def _keeps(condition: MemberFilter, member: str) -> bool:
    return (member in condition.values) == (condition.op == "in")
