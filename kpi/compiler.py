"""From a MetricQuery to one SELECT over kpi_daily, built as a sqlglot syntax tree.

The statement always has the same shape, so that an analyst who has read one can read all:

    source   rows of the period (and of the comparison, marked `previous`), already filtered and put in buckets
    totals   sums by bucket and dimensions: the only place where anything is added up
    measured metrics from those sums: ratios are ratios of sums; shares and ranks
    SELECT   changes, conditions on metrics, order, limit
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.coverage import LoadedRange, loaded_days, overlaps
from kpi.extras import KINDS, Frame
from kpi.query import Extra, MemberFilter, MetricQuery, Period
from kpi.semantic import SemanticModel
from kpi.trend import ROWS_IN_BUCKET, fill_empty_buckets, shift_between

NOW, BEFORE = "current", "previous"
WHOLE = ("share", "contribution", "rank")  # extras that look at all members, also where only some are asked for


@dataclass(frozen=True)
class Compiler:
    """Compiles checked queries (``kpi.checks``). ``loaded``: the days that files spoke for, by platform and account."""

    model: SemanticModel
    loaded: Sequence[LoadedRange] = ()
    week_start: str = "monday"

    def compile(self, query: MetricQuery) -> exp.Select:
        statement = self._final(query)
        statement = statement.with_("source", as_=self._source(query))
        statement = statement.with_("totals", as_=self._totals(query))
        source_of_metrics = "totals"
        if query.grain:
            source_of_metrics = "filled"
            for name, part in fill_empty_buckets(query, self._measures(query), self.loaded, self.week_start):
                statement = statement.with_(name, as_=part)
        return statement.with_("measured", as_=self._measured(query, source_of_metrics))

    def sql(self, query: MetricQuery) -> str:
        """The statement as DuckDB SQL, laid out for reading."""
        return self.compile(query).sql(dialect="duckdb", pretty=True)

    # -- source ----------------------------------------------------------------------------------------------------
    def _source(self, query: MetricQuery) -> exp.Expr:
        now = self._rows_of(query, query.period, NOW)
        if query.comparison is None:
            return now
        return exp.union(now, self._rows_of(query, query.comparison, BEFORE), distinct=False)

    def _rows_of(self, query: MetricQuery, period: Period, span: str) -> exp.Select:
        columns = [exp.alias_(self._dimension(name), name) for name in query.dimensions]
        if query.grain:
            columns.append(exp.alias_(self._bucket(query, span), "period"))
        columns += [exp.column(measure) for measure in self._measures(query)]
        if query.comparison:
            columns.append(exp.alias_(exp.Literal.string(span), "span"))
        rows = select(*columns).from_("kpi_daily").where(sp.within(period))
        rows = rows.where(*(self._condition(f) for f in query.member_filters if not self._filters_late(query, f)))
        return rows.where(self._is_among_top(query)) if query.top else rows

    def _bucket(self, query: MetricQuery, span: str) -> exp.Expr:
        """The bucket of a row; days of the comparison are moved onto the bucket they are compared with."""
        assert query.grain
        moved: exp.Expr = exp.column("date")
        if span == BEFORE and query.comparison:
            moved = exp.cast(exp.Add(this=moved, expression=shift_between(query, self.week_start)), "DATE")
        return sp.bucket(query.grain, moved, self.week_start)

    def _is_among_top(self, query: MetricQuery) -> exp.Expr:
        top = query.top
        assert top
        name = self._dimension(top.dimension)
        sums = {m: exp.func("SUM", exp.column(m)) for m in self.model.metrics[top.by].measures}
        rank_by = sp.metric_expression(self.model.metrics[top.by]).transform(
            lambda node: sums[node.name] if isinstance(node, exp.Column) else node
        )
        leaders = select(name.copy()).from_("kpi_daily").where(sp.within(query.period))
        leaders = leaders.where(*(self._condition(f) for f in query.member_filters)).group_by(name.copy())
        leaders = leaders.order_by(exp.Ordered(this=rank_by, desc=top.descending, nulls_first=False), name.copy())
        return name.isin(query=leaders.limit(top.n))

    # -- totals and metrics ----------------------------------------------------------------------------------------
    def _totals(self, query: MetricQuery) -> exp.Select:
        keys = _keys(query)
        columns: list[exp.Expr] = [exp.column(key) for key in keys]
        for measure in self._measures(query):
            columns += self._sums(query, measure)
        if query.grain:
            counted = "COUNT(*) FILTER (WHERE span = 'current')" if query.comparison else "COUNT(*)"
            columns.append(exp.alias_(sp.sql(counted), ROWS_IN_BUCKET))
        totals = select(*columns).from_("source").group_by(*(exp.column(key) for key in keys))
        return totals if keys else totals.having(sp.sql("COUNT(*) > 0"))

    def _sums(self, query: MetricQuery, measure: str) -> list[exp.Expr]:
        if query.comparison is None:
            return [exp.alias_(_as_double(f"SUM({measure})"), measure)]
        spans = ((NOW, query.period, measure), (BEFORE, query.comparison, f"{measure}_previous"))
        return [
            exp.alias_(
                self._sum_of_span(measure, span, zero_if_absent=not query.grain and overlaps(self.loaded, period)),
                alias,
            )
            for span, period, alias in spans
        ]

    def _sum_of_span(self, measure: str, span: str, zero_if_absent: bool) -> exp.Expr:
        """A member without rows in a loaded period sums to 0; in a period nobody loaded it is unknown."""
        total = _as_double(f"SUM({measure}) FILTER (WHERE span = '{span}')")
        if not zero_if_absent:
            return total
        return exp.Case().when(sp.sql(f"COUNT(*) FILTER (WHERE span = '{span}') = 0"), "0").else_(total)

    def _measured(self, query: MetricQuery, source: str) -> exp.Select:
        columns: list[exp.Expr] = [exp.column(key) for key in _keys(query)]
        for name in self._metrics(query):
            metric = self.model.metrics[name]
            columns.append(exp.alias_(sp.metric_expression(metric), name))
            if query.comparison:
                columns.append(exp.alias_(sp.metric_expression(metric, "_previous"), f"{name}_previous"))
        columns += [exp.alias_(self._extra(query, extra), extra.column) for extra in query.extras]
        return select(*columns).from_(source)

    def _extra(self, query: MetricQuery, extra: Extra) -> exp.Expr:
        days = loaded_days(self.loaded, query.period)
        frame = Frame(self.model.metrics[extra.metric], query.grain is not None, query.dimensions, days)
        return KINDS[extra.kind].expression(frame)

    # -- result ----------------------------------------------------------------------------------------------------
    def _final(self, query: MetricQuery) -> exp.Select:
        columns: list[exp.Expr] = [exp.column(key) for key in _keys(query)]
        for name in query.metrics:
            columns.append(exp.column(name))
            if query.comparison:
                columns.append(exp.column(f"{name}_previous"))
                columns.append(exp.alias_(sp.relative_change(name), f"{name}_change"))
        columns += [exp.column(extra.column) for extra in query.extras]
        final = select(*columns).from_("measured").where(*self._late_conditions(query))
        if order := self._order(query):
            final = final.order_by(*order)
        return final.limit(query.limit) if query.limit else final

    def _late_conditions(self, query: MetricQuery) -> list[exp.Expr]:
        conditions = [sp.metric_condition(condition) for condition in query.metric_filters]
        late = (f for f in query.member_filters if self._filters_late(query, f))
        return conditions + [sp.member_condition(exp.column(f.dimension), f) for f in late]

    def _order(self, query: MetricQuery) -> list[exp.Ordered]:
        """What was asked for, else time, else the first metric; ties by name, so that the order never varies."""
        keys = _keys(query)
        if query.order:
            first = sp.sort_key(query.order.by, query.order.descending)
        elif query.grain or not keys:
            first = None
        else:
            lead = self.model.metrics[query.metrics[0]]
            first = sp.sort_key(lead.name, lead.sorts_descending)
        asked = query.order.by if query.order else None
        ties = [sp.sort_key(key, False) for key in sorted(keys, key=lambda k: k != "period") if key != asked]
        return ([first] if first is not None else []) + ties

    # -- helpers ---------------------------------------------------------------------------------------------------
    def _dimension(self, name: str) -> exp.Expr:
        return sp.dimension_expression(self.model.dimensions[name])

    def _condition(self, condition: MemberFilter) -> exp.Expr:
        return sp.member_condition(self._dimension(condition.dimension), condition)

    def _filters_late(self, query: MetricQuery, condition: MemberFilter) -> bool:
        """A share is one of the whole: members of its own breakdown are picked after it was computed."""
        return condition.dimension in query.dimensions and any(e.kind in WHOLE for e in query.extras)

    def _metrics(self, query: MetricQuery) -> list[str]:
        """Metrics shown, then those only filtered or sorted by."""
        used = [*query.metrics, *(f.metric for f in query.metric_filters)]
        if query.order and query.order.by.removesuffix("_change") in self.model.metrics:
            used.append(query.order.by.removesuffix("_change"))
        return list(dict.fromkeys(used))

    def _measures(self, query: MetricQuery) -> list[str]:
        names = [*self._metrics(query), *(extra.metric for extra in query.extras)]
        return sorted({measure for name in names for measure in self.model.metrics[name].measures})


def _keys(query: MetricQuery) -> list[str]:
    return [*query.dimensions, *(["period"] if query.grain else [])]


def _as_double(aggregate: str) -> exp.Expr:
    """Sums are exact decimals; they become doubles once, after adding up."""
    return exp.cast(sp.sql(aggregate), "DOUBLE")
