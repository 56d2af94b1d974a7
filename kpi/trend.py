"""Results over time: empty buckets of loaded days become 0 for sums; days nobody loaded stay a gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.coverage import LoadedRange
from kpi.query import Grain, MetricQuery, Period

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
ROWS_IN_BUCKET = "rows_in_bucket"
SPLIT_BY_COVERAGE = ("platform", "account")  # a member of these was loaded or not on days of its own


def shift_between(query: MetricQuery, week_start: str = "monday") -> exp.Expr:
    """Interval that moves a day of the comparison onto the bucket of the period it is compared with."""
    assert query.grain and query.comparison
    start, earlier = query.period.start, query.comparison.start
    if query.grain in _MONTHS:
        months = 12 * (start.year - earlier.year) + start.month - earlier.month
        step = _MONTHS[query.grain]
        return sp.sql(f"INTERVAL {months // step * step} MONTH")
    days = (start - earlier).days
    if query.grain == "week":
        days = (first_day_of_bucket("week", start, week_start) - first_day_of_bucket("week", earlier, week_start)).days
    return sp.sql(f"INTERVAL {days} DAY")


def first_day_of_bucket(grain: Grain, day: date, week_start: str = "monday") -> date:
    """The bucket a day belongs to, as ``sql_parts.bucket`` computes it in SQL."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=(day.weekday() + (week_start == "sunday")) % 7)
    step = _MONTHS[grain]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def fill_empty_buckets(
    query: MetricQuery, measures: Sequence[str], loaded: Sequence[LoadedRange], week_start: str
) -> list[tuple[str, exp.Expr]]:
    """The named parts ``spine`` (every bucket x member that was loaded) and ``filled`` (totals, 0 where none)."""
    split = [name for name in query.dimensions if name in SPLIT_BY_COVERAGE]
    keys = [*query.dimensions, "period"]
    buckets = exp.Subquery(this=_loaded_buckets(query, loaded, split, week_start)).as_("loaded")
    spine = select(*keys, exp.alias_(sp.sql("TRUE"), "is_loaded")).distinct().from_(buckets)
    if query.dimensions:
        members = exp.Subquery(this=select(*query.dimensions).distinct().from_("totals")).as_("members")
        spine = spine.join(members, using=tuple(split)) if split else spine.join(members, join_type="cross")
    columns: list[exp.Expr] = [exp.column(key) for key in keys]
    columns += [exp.alias_(_zero_if_empty(measure), measure) for measure in measures]
    if query.comparison:
        columns += [exp.column(f"{measure}_previous") for measure in measures]
    filled = select(*columns).from_("spine").join("totals", join_type="full", using=tuple(keys))
    if query.comparison:  # a longer comparison has days that match no bucket of the period
        last = first_day_of_bucket(query.grain or "day", query.period.end, week_start)
        filled = filled.where(exp.column("period") <= sp.day(last))
    return [("spine", spine), ("filled", filled)]


def _zero_if_empty(measure: str) -> exp.Expr:
    with_rows = exp.Case().when(sp.sql(f"{ROWS_IN_BUCKET} > 0"), exp.column(measure))
    return with_rows.when(sp.sql("is_loaded"), "0")


def _loaded_buckets(
    query: MetricQuery, loaded: Sequence[LoadedRange], split: Sequence[str], week_start: str
) -> exp.Expr:
    assert query.grain
    buckets: list[exp.Expr] = []
    for keys, first, last in _merged(loaded, query.period, split):
        days = sp.sql(f"SELECT UNNEST(GENERATE_SERIES(DATE '{first}', DATE '{last}', INTERVAL 1 DAY)) AS day")
        columns: list[exp.Expr] = [
            exp.alias_(sp.bucket(query.grain, exp.cast(exp.column("day"), "DATE"), week_start), "period")
        ]
        columns += [exp.alias_(exp.Literal.string(key), name) for name, key in zip(split, keys, strict=True)]
        buckets.append(select(*columns).from_(exp.Subquery(this=days).as_("days")))
    if not buckets:  # nothing loaded: a relation of the right shape without rows
        names = ", ".join(f"NULL::VARCHAR AS {name}" for name in split)
        return sp.sql(f"SELECT NULL::DATE AS period{', ' + names if names else ''} WHERE FALSE")
    whole = buckets[0]
    for more in buckets[1:]:
        whole = exp.union(whole, more, distinct=False)
    return whole


def _merged(
    loaded: Sequence[LoadedRange], period: Period, split: Sequence[str]
) -> list[tuple[tuple[str, ...], date, date]]:
    """Ranges clipped to the period, joined where they touch, by the members of the split dimensions."""
    clipped = sorted(
        (tuple(getattr(r, name) for name in split), max(r.first_day, period.start), min(r.last_day, period.end))
        for r in loaded
        if r.first_day <= period.end and r.last_day >= period.start
    )
    merged: list[tuple[tuple[str, ...], date, date]] = []
    for keys, first, last in clipped:
        if merged and merged[-1][0] == keys and first <= merged[-1][2] + timedelta(days=1):
            merged[-1] = (keys, merged[-1][1], max(merged[-1][2], last))
        else:
            merged.append((keys, first, last))
    return merged
