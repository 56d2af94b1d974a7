"""From a MetricQuery to one SELECT over kpi_daily, built as a sqlglot syntax tree once for each shape of query.

The statement always has the same shape, so that an analyst who has read one can read all:

    source   rows of the period (and of the comparison, marked `previous`), already filtered and put in buckets
    totals   sums by bucket and dimensions: the only place where anything is added up
    measured metrics from those sums: ratios are ratios of sums; shares and ranks
    SELECT   changes, conditions on metrics, order, limit
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.coverage import BY_COVERAGE, LoadedRange
from kpi.extras import KINDS, Frame, early_filters, picked_late
from kpi.loaded_sql import day_count
from kpi.ordering import leaders, leads_within, sort_keys
from kpi.query import Extra, MetricQuery
from kpi.semantic import SemanticModel
from kpi.slots import BEFORE, NOW, Filling, Relation, shape_of, slot
from kpi.trend import ROWS_IN_BUCKET, Trend, bucket_of

_SHAPES = 500  # compiled statements that are kept, the ones used last


class Compiler:
    """Compiles checked queries (``kpi.checks``), each shape of them once; safe to use from several threads."""

    def __init__(self, model: SemanticModel, week_start: str = "monday") -> None:
        self.model = model
        self.week_start = week_start
        self._template = lru_cache(maxsize=_SHAPES)(self._compile)

    def sql(self, query: MetricQuery, loaded: Sequence[LoadedRange] = (), relation: Relation | None = None) -> str:
        """The statement as DuckDB SQL, laid out for reading.

        ``loaded``: days that files spoke for, by platform and account; ``relation``: what is read for ``kpi_daily``.
        """
        filling = Filling(query, loaded, self.week_start)
        return (replace(filling, relation=relation) if relation else filling).fill(self._template(shape_of(query)))

    def _compile(self, query: MetricQuery) -> str:
        """The statement of a shape, with places for its values."""
        return self._statement(query).sql(dialect="duckdb", pretty=True)

    def _statement(self, query: MetricQuery) -> exp.Select:
        statement = self._final(query)
        statement = statement.with_("source", as_=self._source(query))
        statement = statement.with_("totals", as_=self._totals(query))
        source_of_metrics = "totals"
        if query.grain:
            source_of_metrics = "filled"
            trend = Trend(query, self.model, self.week_start)
            statement = statement.with_("spine", as_=trend.spine())
            statement = statement.with_("filled", as_=trend.filled(self._measures(query)))
        return statement.with_("measured", as_=self._measured(query, source_of_metrics))

    # -- source ----------------------------------------------------------------------------------------------------
    def _source(self, query: MetricQuery) -> exp.Expr:
        now = self._rows_of(query, NOW)
        if query.comparison is None:
            return now
        return exp.union(now, self._rows_of(query, BEFORE), distinct=False)

    def _rows_of(self, query: MetricQuery, span: str) -> exp.Select:
        columns = [exp.alias_(self._dimension(name), name) for name in query.dimensions]
        if query.grain:
            columns.append(exp.alias_(bucket_of(query, span, self.week_start), "period"))
        columns += [exp.column(measure) for measure in self._measures(query)]
        if query.comparison:
            columns.append(exp.alias_(exp.Literal.string(span), "span"))
        rows = select(*columns).from_(sp.relation(span)).where(sp.within(span))
        rows = rows.where(*(sp.filter_condition(self.model, f) for f in early_filters(query)))
        if query.top and not query.top.within and not picked_late(query, query.top.dimension):
            leading = leaders(query, query.top, self.model)
            rows = rows.where(self._dimension(query.top.dimension).isin(query=leading))
        return rows

    # -- totals and metrics ----------------------------------------------------------------------------------------
    def _totals(self, query: MetricQuery) -> exp.Select:
        keys = _keys(query)
        columns: list[exp.Expr] = [exp.column(key) for key in keys]
        for measure in self._measures(query):
            columns += self._sums(query, measure)
        if query.grain:
            columns += _row_counts(query)
        totals = select(*columns).from_("source").group_by(*(exp.column(key) for key in keys))
        return totals if keys else totals.having(sp.sql("COUNT(*) > 0"))

    def _sums(self, query: MetricQuery, measure: str) -> list[exp.Expr]:
        if query.comparison is None:
            return [exp.alias_(_as_double(f"SUM({measure})"), measure)]
        sums = []
        for span, alias in ((NOW, measure), (BEFORE, f"{measure}_previous")):
            total = _as_double(f"SUM({measure}) FILTER (WHERE span = '{span}')")
            sums.append(exp.alias_(total if query.grain else self._zero_if_absent(query, span, total), alias))
        return sums

    def _zero_if_absent(self, query: MetricQuery, span: str, total: exp.Expr) -> exp.Expr:
        """A member without rows in a period that was loaded for it sums to 0; where nobody loaded it is unknown."""
        split = [name for name in query.dimensions if name in BY_COVERAGE]
        absent = exp.and_(sp.sql(f"COUNT(*) FILTER (WHERE span = '{span}') = 0"), slot("was_loaded", span, *split))
        return exp.Case().when(absent, "0").else_(total)

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
        days = day_count(query, self.model, table="totals")
        has_grain = query.grain is not None
        metric = self.model.metrics[extra.metric]
        frame = Frame(metric, has_grain, query.dimensions, days, slot("days_per_month"), query.grain or "month")
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
        if query.top and query.top.within:
            final = final.qualify(leads_within(query.top))
        if order := sort_keys(query, _keys(query), self.model):
            final = final.order_by(*order)
        return final.limit(slot("limit")) if query.limit else final

    def _late_conditions(self, query: MetricQuery) -> list[exp.Expr]:
        conditions = [sp.metric_condition(condition, self.model.metrics) for condition in query.conditions]
        late = (f for f in query.member_filters if picked_late(query, f.dimension))
        conditions += [sp.member_condition(exp.column(f.dimension), f) for f in late]
        if query.top and not query.top.within and picked_late(query, query.top.dimension):
            leading = leaders(query, query.top, self.model)
            conditions.append(exp.column(query.top.dimension).isin(query=leading))
        return conditions

    # -- helpers ---------------------------------------------------------------------------------------------------
    def _dimension(self, name: str) -> exp.Expr:
        return sp.dimension_expression(self.model.dimensions[name])

    def _metrics(self, query: MetricQuery) -> list[str]:
        """Metrics shown, then those only filtered or sorted by."""
        used = [*query.metrics, *(query.metric_of(f.metric) for f in query.metric_filters)]
        used += [query.top.by] if query.top and query.top.within else []
        if query.order_metric:
            used.append(query.order_metric)
        return list(dict.fromkeys(used))

    def _measures(self, query: MetricQuery) -> list[str]:
        names = [*self._metrics(query), *(extra.metric for extra in query.extras)]
        return sorted({measure for name in names for measure in self.model.metrics[name].measures})


def _keys(query: MetricQuery) -> list[str]:
    return [*query.dimensions, *(["period"] if query.grain else [])]


def _row_counts(query: MetricQuery) -> list[exp.Expr]:
    if query.comparison is None:
        return [sp.sql(f"COUNT(*) AS {ROWS_IN_BUCKET}")]
    spans = ((NOW, ROWS_IN_BUCKET), (BEFORE, f"{ROWS_IN_BUCKET}_previous"))
    return [sp.sql(f"COUNT(*) FILTER (WHERE span = '{span}') AS {name}") for span, name in spans]


def _as_double(aggregate: str) -> exp.Expr:
    """Sums are exact decimals; they become doubles once, after adding up."""
    return exp.cast(sp.sql(aggregate), "DOUBLE")
