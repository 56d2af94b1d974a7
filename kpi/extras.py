"""Columns beside a metric: shares, averages per unit, running sums, contributions to a change, ranks.

Each kind is one entry of ``KINDS``: how it is called, its unit, what it needs, and its SQL over ``measured`` rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from kpi import sql_parts as sp
from kpi.buckets import whole_months
from kpi.query import Extra, MemberFilter, MetricQuery
from kpi.result import Unit
from kpi.semantic import Metric

_LACKS = {
    "no grain": "a period of its own, not a trend",
    "whole months": "a period of whole months, and no trend",
}
WHOLE = (
    "share",
    "contribution",
    "rank",
    "rank_change",
)  # extras that look at all members, also where only some are asked for


@dataclass(frozen=True)
class Frame:
    """What an extra is computed from: the metric now and before, the bucket it stays in, how many days were loaded."""

    metric: Metric
    has_grain: bool
    dimensions: tuple[str, ...]
    loaded_days: exp.Expr
    days_per_month: exp.Expr
    grain: str = "month"

    @property
    def now(self) -> exp.Expr:
        return sp.metric_expression(self.metric)

    @property
    def before(self) -> exp.Expr:
        return sp.metric_expression(self.metric, "_previous")

    @property
    def change(self) -> exp.Expr:
        return exp.Paren(this=exp.Sub(this=self.now, expression=self.before))

    def window(self, function: exp.Expr, *, order: exp.Ordered | None = None, by: tuple[str, ...] = ()) -> exp.Window:
        partition = [exp.column(name) for name in by]
        return exp.Window(
            this=function, partition_by=partition, order=exp.Order(expressions=[order]) if order else None
        )

    @property
    def bucket(self) -> tuple[str, ...]:
        return ("period",) if self.has_grain else ()


@dataclass(frozen=True)
class Kind:
    """``needs`` is what a query must have (``no grain`` what it must not); ``unit`` None is the metric's own."""

    label: str
    words: str
    unit: Unit | None
    needs: str
    expression: Callable[[Frame], exp.Expr]
    of_ratios: bool = False


def _share(frame: Frame) -> exp.Expr:
    whole = frame.window(exp.func("SUM", frame.now), by=frame.bucket)
    return exp.Div(this=frame.now, expression=exp.func("NULLIF", whole, exp.Literal.number(0)))


def _per(days: int) -> Callable[[Frame], exp.Expr]:
    """The average over loaded days, in units of so many days."""

    def average(frame: Frame) -> exp.Expr:
        per_day = exp.Div(this=frame.now, expression=frame.loaded_days)
        return per_day if days == 1 else exp.Mul(this=per_day, expression=exp.Literal.number(days))

    return average


def _per_month(frame: Frame) -> exp.Expr:
    """Over loaded days, in months as long as those of the period are on average."""
    per_day = exp.Div(this=frame.now, expression=frame.loaded_days)
    return exp.Mul(this=per_day, expression=frame.days_per_month)


def _growth(frame: Frame) -> exp.Expr:
    """Against the bucket before, as a fraction of it; null behind a bucket that was not loaded."""
    order = exp.Ordered(this=exp.column("period"), nulls_first=False)

    def before(value: exp.Expr) -> exp.Window:
        return frame.window(exp.Anonymous(this="LAG", expressions=[value]), order=order.copy(), by=frame.dimensions)

    earlier = exp.cast(exp.Sub(this=exp.column("period"), expression=sp.sql(f"INTERVAL 1 {frame.grain}")), "DATE")
    size = exp.func("NULLIF", exp.func("ABS", before(frame.now)), exp.Literal.number(0))
    moved = exp.Div(this=exp.Paren(this=exp.Sub(this=frame.now, expression=before(frame.now))), expression=size)
    return exp.Case().when(exp.EQ(this=before(exp.column("period")), expression=earlier), moved)


def _running(frame: Frame) -> exp.Expr:
    order = exp.Ordered(this=exp.column("period"), nulls_first=False)
    return frame.window(exp.func("SUM", frame.now), order=order, by=frame.dimensions)


def _contribution(frame: Frame) -> exp.Expr:
    whole = frame.window(exp.func("SUM", frame.change), by=frame.bucket)
    return exp.Div(this=frame.change, expression=exp.func("NULLIF", whole, exp.Literal.number(0)))


def _rank(frame: Frame) -> exp.Expr:
    return _rank_by(frame, frame.now)


def _rank_change(frame: Frame) -> exp.Expr:
    """Places gained since the comparison: from third to first is 2. Null for a member without a value in either."""
    gained = exp.Sub(this=_rank_by(frame, frame.before), expression=_rank_by(frame, frame.now))
    both = exp.and_(exp.not_(frame.now.is_(exp.null())), exp.not_(frame.before.is_(exp.null())))
    return exp.Case().when(both, gained)


def _rank_by(frame: Frame, value: exp.Expr) -> exp.Window:
    order = exp.Ordered(this=value, desc=frame.metric.better != "lower", nulls_first=False)
    return frame.window(exp.Anonymous(this="RANK"), order=order, by=frame.bucket)


KINDS: dict[str, Kind] = {
    "share": Kind("Share of {metric}", "share of {metric}", "percent", "", _share),
    "per_day": Kind("{Metric} per day", "{metric} per day", None, "no grain", _per(1)),
    "per_week": Kind("{Metric} per week", "{metric} per 7 days", None, "no grain", _per(7)),
    "per_month": Kind("{Metric} per month", "{metric} per month", None, "whole months", _per_month),
    "growth": Kind(
        "{Metric}, against the one before",
        "{metric} against the one before",
        "percent",
        "grain",
        _growth,
        of_ratios=True,
    ),
    "running": Kind("{Metric}, running total", "running total of {metric}", None, "grain", _running),
    "contribution": Kind(
        "Part of the change in {metric}", "part of the change in {metric}", "percent", "comparison", _contribution
    ),
    "rank": Kind("Rank by {Metric}", "rank by {metric}", "count", "", _rank, of_ratios=True),
    "rank_change": Kind(
        "Places gained by {Metric}", "places gained by {metric}", "count", "comparison", _rank_change, of_ratios=True
    ),
}


def column_label(extra: Extra, metric: Metric) -> str:
    return _filled(KINDS[extra.kind].label, metric)


def in_words(extra: Extra, metric: Metric) -> str:
    return _filled(KINDS[extra.kind].words, metric)


def unit_of(extra: Extra, metric: Metric) -> Unit:
    return KINDS[extra.kind].unit or metric.unit


def obstacle(extra: Extra, metric: Metric, query: MetricQuery) -> str | None:
    """Why the extra can't be had with this query, in words, or None."""
    kind = KINDS[extra.kind]
    if not metric.is_sum and not kind.of_ratios:
        return f"A {in_words(extra, metric)} makes no sense: {metric.label} is a ratio."
    has = {
        "grain": query.grain is not None,
        "comparison": query.comparison is not None,
        "no grain": query.grain is None,
        "whole months": query.grain is None and whole_months(query.period) > 0,
    }
    if kind.needs and not has[kind.needs]:
        lack = _LACKS.get(kind.needs, f"a {kind.needs}")
        return f"A {in_words(extra, metric)} needs {lack}."
    return None


def picked_late(query: MetricQuery, dimension: str) -> bool:
    """A share is one of the whole: members of its own breakdown are picked after it was computed."""
    return dimension in query.dimensions and any(extra.kind in WHOLE for extra in query.extras)


def early_filters(query: MetricQuery) -> list[MemberFilter]:
    """The member filters that hold for every row that is added up."""
    return [f for f in query.member_filters if not picked_late(query, f.dimension)]


def _filled(text: str, metric: Metric) -> str:
    lower = metric.label if metric.label.isupper() else metric.label.lower()
    return text.replace("{metric}", lower).replace("{Metric}", metric.label)
