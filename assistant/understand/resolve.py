"""From a draft to a MetricQuery: defaults, dates, directions. The conventions are those of docs/contracts.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.dates import Calendar, Mention, NamedPeriod, find_mentions
from assistant.understand.draft import Draft, Ranking
from assistant.understand.outcomes import AskBack, MetricMissing, options
from kpi.query import Extra, Grain, MemberFilter, MetricFilter, MetricQuery, Order, Period, Top
from kpi.semantic import SemanticModel

PERFORMANCE = ("spend", "revenue", "roas", "conversions", "cac")
DEFAULT_DAYS = 30
WHOLE_UNITS = ("week", "month", "quarter", "year")
_AUTO_GRAIN: tuple[tuple[int, Grain], ...] = ((45, "day"), (190, "week"))  # longest period in days for a grain


@dataclass(frozen=True)
class Assumption:
    """Something the question left open, and how it was filled in; becomes a note of the answer."""

    code: str
    text: str


@dataclass(frozen=True)
class Resolved:
    """The query and what follow-ups and notes need to know about how it came about."""

    query: MetricQuery
    draft: Draft
    period: NamedPeriod
    comparison: NamedPeriod | None
    assumptions: tuple[Assumption, ...] = ()
    leaders: dict[str, str] = field(default_factory=dict)  # set once answered: 'that campaign' in the next message


@dataclass
class Resolver:
    """``first_day``/``last_day``: the loaded days; ``knows_revenue``: whether any row has revenue."""

    model: SemanticModel
    calendar: Calendar
    first_day: date | None
    last_day: date | None
    knows_revenue: bool
    assumptions: list[Assumption] = field(default_factory=list)

    def resolve(self, draft: Draft) -> Resolved:
        """Raises AskBack where something needed is missing or contradicts itself."""
        draft = draft.copy()
        metrics = self._metrics(draft)
        period = self._period(draft)
        comparison = self._comparison(draft, period)
        grain = self._grain(draft, period)
        ranking = draft.ranking
        as_top = bool(grain and ranking and ranking.count and draft.dimensions and not ranking.by_change)
        dimensions = self._dimensions(draft)
        query = MetricQuery(
            metrics=tuple(metrics),
            dimensions=tuple(dimensions),
            grain=grain,
            filters=self._filters(draft),
            period=Period(start=period.start, end=period.end),
            comparison=Period(start=comparison.start, end=comparison.end) if comparison else None,
            order=None if as_top or ranking is None else self._order(ranking, metrics),
            limit=None if as_top or ranking is None else ranking.count,
            top=self._top(ranking, metrics, dimensions) if as_top and ranking else None,
            extras=self._extras(draft, metrics),
        )
        return Resolved(query, draft, period, comparison, tuple(self.assumptions))

    def _metrics(self, draft: Draft) -> list[str]:
        if draft.asks_yes_or_no:
            return list(dict.fromkeys([*draft.metrics, *(condition.metric for condition in draft.conditions)]))
        if draft.metrics:
            return draft.metrics
        if draft.wants_performance:
            return self._performance(draft)
        if draft.counts_members and not draft.conditions:
            return ["spend"]
        if draft.conditions:
            return list(dict.fromkeys(condition.metric for condition in draft.conditions))
        if draft.ranking and not (draft.dimensions or draft.grain):
            raise AskBack("The best of what? Name campaigns, platforms, days …", options("top 3 campaigns by ROAS"))
        if draft.ranking or draft.wants_comparison:
            name = "roas" if self.knows_revenue else "cac"
            self._assume("default_metric", f"No metric was named, so I judged by {self.model.metrics[name].label}.")
            return [name]
        raise MetricMissing

    def _performance(self, draft: Draft) -> list[str]:
        draft.wants_comparison = draft.grain is None
        if self.knows_revenue:
            return list(PERFORMANCE)
        self._assume("revenue_unknown", "The loaded files hold no revenue, so revenue and ROAS are left out.")
        return [name for name in PERFORMANCE if "revenue" not in self.model.metrics[name].measures]

    def _period(self, draft: Draft) -> NamedPeriod:
        if draft.period:
            return draft.period
        if draft.is_record and self.first_day and self.last_day:
            self._assume("all_days", "No period was named, so I looked at all loaded days.")
            return NamedPeriod(start=self.first_day, end=self.last_day, basis="range", unit=None)
        if draft.versus_unit and draft.versus_unit != "year":
            return self._last_whole(draft.versus_unit)
        named = draft.versus.mention if draft.versus else None
        if named and named.relation and named.relation.kind == "before" and named.relation.unit in WHOLE_UNITS:
            return self._named(f"last {named.relation.unit}")  # 'better vs the month before'
        if named and named.period and named.relation is None and named.period.basis == "calendar" and named.period.unit:
            return self._unit_after(named.period)
        self._assume("default_period", f"No period was named, so I took the last {DEFAULT_DAYS} days.")
        return self._last_days(DEFAULT_DAYS)

    def _last_days(self, days: int) -> NamedPeriod:
        end = self.calendar.today - timedelta(days=1)
        return NamedPeriod(start=end - timedelta(days=days - 1), end=end, basis="rolling", unit="day", count=days)

    def _last_whole(self, unit: Grain) -> NamedPeriod:
        """'CAC month over month' is about the last whole month."""
        return self._named(f"last {unit}")

    def _unit_after(self, baseline: NamedPeriod) -> NamedPeriod:
        """'spend vs last month' is about this month so far."""
        assert baseline.unit
        current = self._named(f"this {baseline.unit}")
        if current.start == self.calendar.today:  # nothing of it is over yet
            unit = baseline.unit
            raise AskBack(
                f"This {unit} began today, so there is nothing to compare yet. Which {unit}s do you mean?",
                options(f"last {unit} vs the {unit} before", f"this {unit} vs last {unit}"),
            )
        self._assume("default_period", f"No period was named, so I took this {baseline.unit} so far.")
        return current

    def _named(self, phrase: str) -> NamedPeriod:
        """A period by the date grammar's own words, so that conventions live in one place."""
        period = find_mentions(phrase, self.calendar)[0].period
        assert period
        return period

    def _comparison(self, draft: Draft, period: NamedPeriod) -> NamedPeriod | None:
        if draft.versus and draft.versus.mention:
            return self._checked(period, _against(period, draft.versus.mention))
        if draft.versus:
            return period.previous() if draft.versus.kind == "previous" else period.year_earlier()
        if draft.versus_unit and draft.grain is None:
            return self._period_on_period(draft, period)
        return period.previous() if draft.wants_comparison else None

    def _period_on_period(self, draft: Draft, period: NamedPeriod) -> NamedPeriod | None:
        unit = draft.versus_unit
        if unit == "year":
            return period.year_earlier()
        if period.unit == unit and period.count == 1:
            return period.previous()
        draft.grain = unit  # over several units it asks for the row of them
        return None

    def _checked(self, period: NamedPeriod, baseline: NamedPeriod) -> NamedPeriod:
        if (period.start, period.end) == (baseline.start, baseline.end):
            raise AskBack(
                "Both periods are the same days. What shall I compare with?",
                options("vs the previous period", "vs the same days last year"),
            )
        if baseline.start >= self.calendar.today:
            raise AskBack("The period to compare with has not begun yet. Name both periods in full.")
        lengths = [(p.end - p.start).days + 1 for p in (period, baseline)]
        if max(lengths) > 1.2 * min(lengths):
            self._assume("unequal_periods", f"The periods differ in length: {lengths[0]} days against {lengths[1]}.")
        return baseline

    def _grain(self, draft: Draft, period: NamedPeriod) -> Grain | None:
        if draft.grain is None and "running" in draft.extra_kinds:
            draft.grain = "auto"
        if draft.grain != "auto":
            return draft.grain
        days = (period.end - period.start).days + 1
        return next((grain for longest, grain in _AUTO_GRAIN if days <= longest), "month")

    def _dimensions(self, draft: Draft) -> list[str]:
        """A share needs the breakdown it is a share in: 'what % goes to Meta' is one of platforms."""
        if draft.share_of and not draft.dimensions:
            if not draft.keep:
                label = self.model.metrics[draft.share_of].label.lower()
                raise AskBack(
                    f"The share of {label} by what?",
                    options(f"share of {label} by platform", f"share of {label} by campaign"),
                )
            return [next(iter(draft.keep))]
        return draft.dimensions

    def _filters(self, draft: Draft) -> tuple[MemberFilter | MetricFilter, ...]:
        """In one order, however the question named them."""
        kept = [MemberFilter(dimension=d, op="in", values=tuple(sorted(m))) for d, m in sorted(draft.keep.items())]
        left_out = [
            MemberFilter(dimension=d, op="not in", values=tuple(sorted(m))) for d, m in sorted(draft.leave_out.items())
        ]
        if draft.asks_yes_or_no:
            return (*kept, *left_out)
        conditions = [MetricFilter(metric=c.metric, op=c.op, values=(c.value,)) for c in draft.conditions]
        return (*kept, *left_out, *conditions)

    def _order(self, ranking: Ranking, metrics: list[str]) -> Order | None:
        metric = ranking.metric or metrics[0]
        return Order(by=f"{metric}_change" if ranking.by_change else metric, descending=self._descends(ranking, metric))

    def _top(self, ranking: Ranking, metrics: list[str], dimensions: list[str]) -> Top:
        metric = ranking.metric or metrics[0]
        return Top(dimension=dimensions[0], by=metric, descending=self._descends(ranking, metric), n=ranking.count or 1)

    def _descends(self, ranking: Ranking, metric: str) -> bool:
        """Good and bad follow the metric's direction (largest is good where it has none), high and low the number."""
        good_is_high = self.model.metrics[metric].better != "lower"
        return {"high": True, "low": False, "good": good_is_high, "bad": not good_is_high}[ranking.mode]

    def _extras(self, draft: Draft, metrics: list[str]) -> tuple[Extra, ...]:
        shares = [Extra(kind="share", metric=draft.share_of)] if draft.share_of else []
        sums = [name for name in metrics if self.model.metrics[name].is_sum]
        return (*shares, *(Extra(kind=kind, metric=name) for kind in draft.extra_kinds for name in sums))

    def _assume(self, code: str, text: str) -> None:
        self.assumptions.append(Assumption(code, text))


def _against(period: NamedPeriod, baseline: Mention) -> NamedPeriod:
    """Behind 'vs', a phrase that leans on the period before it is read that way: 'vs last year' = the same dates."""
    if baseline.relation is not None:
        return baseline.relation.resolve(period)
    assert baseline.period
    return baseline.period
