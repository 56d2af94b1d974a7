"""Results over time: empty buckets of loaded days become 0 for sums; days nobody loaded stay a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp, select

from kpi import sql_parts as sp
from kpi.coverage import BY_COVERAGE
from kpi.loaded_sql import day_conditions, day_rows
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel
from kpi.slots import BEFORE, NOW, slot

ROWS_IN_BUCKET = "rows_in_bucket"


def bucket_of(query: MetricQuery, span: str, week_start: str) -> exp.Expr:
    """The bucket of a day; days of the comparison are moved onto the bucket they are compared with."""
    assert query.grain
    day: exp.Expr = exp.column("date")
    if span == BEFORE:
        day = exp.cast(exp.Add(this=day, expression=slot("shift")), "DATE")
    return sp.bucket(query.grain, day, week_start)


@dataclass(frozen=True)
class Trend:
    """The two parts of the statement that fill the empty buckets of a query (its shape) with a grain."""

    query: MetricQuery
    model: SemanticModel
    week_start: str

    def spine(self) -> exp.Select:
        """Every bucket x member that was loaded: in the period, in the comparison (``was_loaded``)."""
        keys = [*self.query.dimensions, "period"]
        flags = ["TRUE AS is_loaded"]
        if self.query.comparison:
            flags = [f"BOOL_OR(span = '{NOW}') AS is_loaded", f"BOOL_OR(span = '{BEFORE}') AS was_loaded"]
        spine = select(*keys, *(sp.sql(flag) for flag in flags)).from_(
            exp.Subquery(this=self._loaded_buckets()).as_("loaded")
        )
        named = [name for name in self.query.dimensions if name not in self._of_date]
        if named:
            members = exp.Subquery(this=select(*named).distinct().from_("totals")).as_("members")
            split = tuple(self._split)
            spine = spine.join(members, using=split) if split else spine.join(members, join_type="cross")
        return spine.group_by(*keys)

    def filled(self, measures: Sequence[str]) -> exp.Select:
        """The totals, with 0 in loaded buckets without rows."""
        keys = [*self.query.dimensions, "period"]
        columns: list[exp.Expr] = [exp.column(key) for key in keys]
        columns += [_zero_if_empty(measure, "", "is_loaded") for measure in measures]
        if self.query.comparison:
            columns += [_zero_if_empty(measure, "_previous", "was_loaded") for measure in measures]
        filled = select(*columns).from_("spine").join("totals", join_type="full", using=tuple(keys))
        if self.query.comparison:  # a longer comparison has days that match no bucket of the period
            filled = filled.where(exp.column("period") <= slot("last_bucket"))
        return filled

    @property
    def _split(self) -> list[str]:
        return [name for name in self.query.dimensions if name in BY_COVERAGE]

    @property
    def _of_date(self) -> list[str]:
        return [name for name in self.query.dimensions if self.model.dimensions[name].is_of_date]

    def _loaded_buckets(self) -> exp.Query:
        now = self._buckets_of(NOW)
        if self.query.comparison is None:
            return now
        return exp.union(now, self._buckets_of(BEFORE), distinct=False)

    def _buckets_of(self, span: str) -> exp.Query:
        columns: list[exp.Expr] = [exp.alias_(bucket_of(self.query, span, self.week_start), "period")]
        if self.query.comparison:
            columns.append(exp.alias_(exp.Literal.string(span), "span"))
        columns += [exp.alias_(sp.dimension_expression(self.model.dimensions[name]), name) for name in self._of_date]
        return day_rows(span, self._split, columns, day_conditions(self.query, self.model))


def _zero_if_empty(measure: str, suffix: str, loaded: str) -> exp.Expr:
    with_rows = exp.Case().when(sp.sql(f"{ROWS_IN_BUCKET}{suffix} > 0"), exp.column(measure + suffix))
    return exp.alias_(with_rows.when(sp.sql(loaded), "0"), measure + suffix)
