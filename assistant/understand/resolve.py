"""From a draft to a MetricQuery: defaults, dates, directions. The conventions are those of docs/contracts.md."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.dates import Calendar, Mention, NamedPeriod, find_mentions
from assistant.understand.draft import Condition, Draft, Ranking
from assistant.understand.outcomes import AskBack, Decline, MetricMissing, options
from kpi.buckets import whole_months
from kpi.extras import KINDS
from kpi.query import AnyOf, Extra, Grain, MemberFilter, MetricFilter, MetricQuery, Order, Period, Top
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
    # Set once answered, by dimension: the member singled out ('that campaign') and those shown ('those campaigns').
    leaders: dict[str, str] = field(default_factory=dict)
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    led_period: NamedPeriod | None = None  # the bucket that led: 'that month'

    @property
    def moves_along(self) -> bool:
        """Whether the comparison is with the period just before, however it was named: then it follows the period."""
        before = self.period.previous()
        return self.comparison is not None and (before.start, before.end) == (
            self.comparison.start,
            self.comparison.end,
        )


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
        self._share(draft, metrics)
        period = self._period(draft)
        self._check_months(draft, period)
        comparison = self._comparison(draft, period)
        grain = self._grain(draft, period)
        ranking = draft.ranking
        dimensions = self._dimensions(draft)
        if ranking and ranking.count and not (dimensions or grain):
            raise AskBack(
                "The first of what? Name campaigns, platforms, days …",
                options(*(f"top {ranking.count} {things}" for things in ("campaigns", "countries", "days"))),
            )
        counted = bool(ranking and ranking.count and dimensions and not ranking.by_change)
        sorted_by = draft.sorted_by if ranking and ranking.count else None
        if sorted_by and (not counted or grain or draft.within or len(dimensions) > 1 or draft.all_conditions):
            raise AskBack("I can keep the leaders by one figure, or sort by another. Ask for one of the two.")
        as_top = counted and bool(grain or draft.within or sorted_by)
        order = sorted_by if as_top else ranking
        query = MetricQuery(
            metrics=tuple(metrics),
            dimensions=tuple(dimensions),
            grain=grain,
            filters=self._filters(draft, self._working_days(draft, period, comparison)),
            period=Period(start=period.start, end=period.end),
            comparison=Period(start=comparison.start, end=comparison.end) if comparison else None,
            order=self._order(order, metrics) if order else None,
            limit=None if as_top or ranking is None else ranking.count,
            top=self._top(ranking, metrics, dimensions, draft.within) if as_top and ranking else None,
            extras=self._extras(draft, metrics),
        )
        return Resolved(query, draft, period, comparison, tuple(self.assumptions))

    def _metrics(self, draft: Draft) -> list[str]:
        conditioned = [condition.metric for condition in draft.all_conditions]
        if draft.asks_yes_or_no:
            return list(dict.fromkeys([*draft.metrics, *conditioned]))
        if draft.metrics:
            return self._with_parts(draft)
        if draft.wants_performance:
            return self._performance(draft)
        if conditioned or draft.counts_members:
            return list(dict.fromkeys(conditioned)) or ["spend"]
        return self._default_metrics(draft)

    def _default_metrics(self, draft: Draft) -> list[str]:
        if draft.ranking and not (draft.dimensions or draft.grain):
            raise AskBack("The best of what? Name campaigns, platforms, days …", options("top 3 campaigns by ROAS"))
        if draft.ranking or draft.wants_comparison:
            name = "roas" if self.knows_revenue else "cac"
            self._assume("default_metric", f"No metric was named, so I judged by {self.model.metrics[name].label}.")
            draft.metrics = [name]
            return self._with_parts(draft)
        if draft.versus:  # 'June vs May'
            return self._performance(draft)
        raise MetricMissing

    def _with_parts(self, draft: Draft) -> list[str]:
        """What was asked for; with 'and why' also the sums a ratio is made of."""
        if not draft.wants_parts:
            return draft.metrics
        parts = [part for name in draft.metrics for part in self.model.parts_of(name)]
        self._assume("not_a_cause", "This shows where and in what it moved; it does not prove a cause.")
        return list(dict.fromkeys([*draft.metrics, *parts]))

    def _share(self, draft: Draft, metrics: list[str]) -> None:
        """'as a share' is one of the first sum that is shown."""
        if not draft.wants_share or draft.share_of:
            return
        draft.share_of = next((name for name in metrics if self.model.metrics[name].is_sum), None)
        if draft.share_of is None:
            label = self.model.metrics[metrics[0]].label
            raise Decline(f"{label} is a ratio, so it has no shares.", options("share of spend by platform"))

    def _check_months(self, draft: Draft, period: NamedPeriod) -> None:
        if "per_month" in draft.extra_kinds and not whole_months(Period(start=period.start, end=period.end)):
            raise AskBack(
                "An average per month needs whole months. Which ones, or shall I average over days or weeks?",
                options("average monthly spend last quarter", "average daily spend this year"),
            )

    def _performance(self, draft: Draft) -> list[str]:
        draft.wants_comparison = draft.grain is None
        if draft.ranking and draft.ranking.metric is None:  # 'the best performing platform'
            name = "roas" if self.knows_revenue else "cac"
            self._assume("default_metric", f"No metric was named, so I ranked by {self.model.metrics[name].label}.")
            draft.ranking = replace(draft.ranking, metric=name)
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
            baseline = self._as_far(draft, period, _against(period, draft.versus.mention))
            if draft.versus.mention.relation and _overlap(period, baseline):
                raise AskBack("Those two periods would share days. Name both of them in full.")
            return self._checked(period, baseline)
        if draft.versus:
            return period.previous() if draft.versus.kind == "previous" else period.year_earlier()
        if draft.versus_unit and draft.grain is None:
            return self._period_on_period(draft, period)
        return period.previous() if draft.wants_comparison else None

    def _as_far(self, draft: Draft, period: NamedPeriod, baseline: NamedPeriod) -> NamedPeriod:
        """'are we spending more than last month?' in mid-month: yes or no only of as many days of each."""
        asked = draft.claim is not None and draft.claim.dimension is None
        so_far = period.previous()
        is_unit_before = baseline.basis == "calendar" and (baseline.start, baseline.unit) == (so_far.start, so_far.unit)
        if not asked or period.basis != "to_date" or not is_unit_before or so_far.end >= baseline.end:
            return baseline
        self._assume("same_days", f"Compared with the first {so_far.days} days of that {baseline.unit}, not all of it.")
        return so_far

    def _period_on_period(self, draft: Draft, period: NamedPeriod) -> NamedPeriod | None:
        unit = draft.versus_unit
        if unit == "year":
            return period.year_earlier()
        if period.unit == unit and period.count == 1:
            return period.previous()
        draft.grain = unit  # over several units it asks for the row of them
        if draft.wants_growth:
            draft.extra_kinds.append("growth")
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
        if draft.grain is None and {"running", "growth"} & {*draft.extra_kinds}:
            draft.grain = "auto"
        if draft.grain != "auto":
            return draft.grain
        days = (period.end - period.start).days + 1
        return next((grain for longest, grain in _AUTO_GRAIN if days <= longest), "month")

    def _dimensions(self, draft: Draft) -> list[str]:
        """A share needs the breakdown it is a share in: 'what % goes to Meta' is one of platforms."""
        if draft.within:
            lead = [name for name in draft.dimensions if name not in draft.within]
            return [*(name for name in draft.within if name != "period"), *lead]
        if "contribution" in draft.extra_kinds and not draft.dimensions and draft.keep:
            return [next(iter(draft.keep))]
        if "contribution" in draft.extra_kinds and not draft.dimensions:
            label = self.model.metrics[draft.metrics[0]].label.lower() if draft.metrics else "spend"
            ways = (f"contribution to the change in {label} by {thing}" for thing in ("campaign", "platform"))
            raise AskBack(f"What contributed to the change in {label}, by what?", options(*ways))
        if draft.share_of and not draft.dimensions:
            if not draft.keep:
                label = self.model.metrics[draft.share_of].label.lower()
                raise AskBack(
                    f"The share of {label} by what?",
                    options(f"share of {label} by platform", f"share of {label} by campaign"),
                )
            self._keep_as_one(draft)
            return [next(iter(draft.keep))]
        return draft.dimensions

    def _keep_as_one(self, draft: Draft) -> None:
        """The share of weekends is one figure, not one of Saturdays and one of Sundays."""
        dimension, members = next(iter(draft.keep.items()))
        for group in self.model.dimensions[dimension].groups.values():
            if group.split_by and group.as_member and set(group.members) == set(members):
                del draft.keep[dimension]
                draft.keep = {group.split_by: [group.as_member], **draft.keep}

    def _working_days(self, draft: Draft, period: NamedPeriod, comparison: NamedPeriod | None) -> dict[str, list[str]]:
        """'last 5 business days' leaves out the weekends between them; a follow-up with another period does not."""
        if comparison and bool(period.working_days) != bool(comparison.working_days):
            raise AskBack("One of those periods is of working days and the other is not. Name both in the same way.")
        if not period.working_days:
            return {}
        weekdays = list(self.model.dimensions["day_of_week"].groups["Weekdays"].members)
        if not set(draft.keep.get("day_of_week", weekdays)) <= set(weekdays):
            raise AskBack("Working days are Monday to Friday: which days do you mean?")
        return {"day_of_week": draft.keep.get("day_of_week", weekdays)}

    def _filters(
        self, draft: Draft, working_days: dict[str, list[str]]
    ) -> tuple[MemberFilter | MetricFilter | AnyOf, ...]:
        """In one order, however the question named them."""
        keep = {**draft.keep, **working_days}
        kept = [MemberFilter(dimension=d, op="in", values=tuple(sorted(m))) for d, m in sorted(keep.items())]
        left_out = [
            MemberFilter(dimension=d, op="not in", values=tuple(sorted(m))) for d, m in sorted(draft.leave_out.items())
        ]
        if draft.asks_yes_or_no or draft.asks_of_every:
            return (*kept, *left_out)
        alternatives = tuple(_as_filter(condition) for condition in draft.alternatives)
        either = [AnyOf(any_of=alternatives)] if len(alternatives) > 1 else alternatives
        return (*kept, *left_out, *(_as_filter(condition) for condition in draft.conditions), *either)

    def _order(self, ranking: Ranking, metrics: list[str]) -> Order | None:
        metric = ranking.metric or metrics[0]
        return Order(by=f"{metric}_change" if ranking.by_change else metric, descending=self._descends(ranking, metric))

    def _top(self, ranking: Ranking, metrics: list[str], dimensions: list[str], within: list[str]) -> Top:
        metric = ranking.metric or metrics[0]
        lead = next((name for name in dimensions if name not in within), dimensions[0])
        descending = self._descends(ranking, metric)
        return Top(dimension=lead, by=metric, descending=descending, n=ranking.count or 1, within=tuple(within))

    def _descends(self, ranking: Ranking, metric: str) -> bool:
        """Good and bad follow the metric's direction (largest is good where it has none), high and low the number."""
        good_is_high = self.model.metrics[metric].better != "lower"
        return {"high": True, "low": False, "good": good_is_high, "bad": not good_is_high}[ranking.mode]

    def _extras(self, draft: Draft, metrics: list[str]) -> tuple[Extra, ...]:
        sums = [name for name in metrics if self.model.metrics[name].is_sum]
        shared = [draft.share_of] if draft.share_of else []
        shared += [condition.metric for condition in draft.all_conditions if condition.of == "share"]
        extras = [Extra(kind="share", metric=name) for name in dict.fromkeys(shared)]
        for kind in dict.fromkeys(draft.extra_kinds):
            extras += [Extra(kind=kind, metric=name) for name in (metrics if KINDS[kind].of_ratios else sums)]
        if not sums and {"per_day", "per_week", "per_month", "running", "contribution"} & {*draft.extra_kinds}:
            label = self.model.metrics[metrics[0]].label
            raise Decline(f"{label} is a ratio: it can't be added up or averaged.", options(f"{label} by week"))
        return tuple(extras)

    def _assume(self, code: str, text: str) -> None:
        self.assumptions.append(Assumption(code, text))


def _as_filter(condition: Condition) -> MetricFilter:
    return MetricFilter(metric=condition.column, op=condition.op, values=(condition.value,))


def _against(period: NamedPeriod, baseline: Mention) -> NamedPeriod:
    """Behind 'vs', a phrase that leans on the period before it is read that way: 'vs last year' = the same dates."""
    if baseline.relation is not None:
        return baseline.relation.resolve(period)
    assert baseline.period
    return baseline.period


def _overlap(one: NamedPeriod, other: NamedPeriod) -> bool:
    return one.start <= other.end and other.start <= one.end


def bucket(grain: Grain, first: date) -> NamedPeriod:
    """The day, week, month … that begins on a day."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return NamedPeriod(
            start=first, end=first + timedelta(days=6 if grain == "week" else 0), basis="calendar", unit=grain
        )
    after = first.month - 1 + months
    end = date(first.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return NamedPeriod(start=first, end=end, basis="calendar", unit=grain)
