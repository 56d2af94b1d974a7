"""Places in a compiled statement that a query's own values fill, so that one compilation serves every query of a shape.

The shape of a query is the query without its values: dates, members, numbers, how many. ``shape_of`` puts in place of
the values of filter 3 its number, 3; ``Filling`` later puts the values there, as escaped literals of plain SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlglot import exp

from kpi.buckets import MONTHS, first_day_of_bucket, whole_months
from kpi.coverage import LoadedRange, loaded_days, loaded_members, loaded_runs
from kpi.query import AnyOf, MemberFilter, MetricFilter, MetricQuery, Period

NOW, BEFORE = "current", "previous"  # the period of a query, and what it is compared with
_OPEN, _CLOSE = "\ue000", "\ue001"  # private to us: no SQL text of ours holds them
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
Condition = MemberFilter | MetricFilter | AnyOf
Relation = Callable[[str], str]
_SOME_DAY = Period(start=date(2000, 1, 1), end=date(2000, 1, 1))


def slot(*name: str | int) -> exp.Expr:
    """A place that ``Filling`` knows by its name."""
    return exp.Var(this=slot_text(*name))


def slot_text(*name: str | int) -> str:
    return f"{_OPEN}{' '.join(map(str, name))}{_CLOSE}"


def shape_of(query: MetricQuery) -> MetricQuery:
    """The same for all queries that differ in values alone."""
    places = count()
    filters = tuple(_numbered(condition, places) for condition in query.filters)
    return query.model_copy(
        update={
            "filters": filters,
            "period": _SOME_DAY,
            "comparison": query.comparison and _SOME_DAY,
            "limit": query.limit and 1,
            "top": query.top and query.top.model_copy(update={"n": 1}),
        }
    )


def _numbered(condition: Condition, places: Iterator[int]) -> Condition:
    if isinstance(condition, AnyOf):
        return condition.model_copy(update={"any_of": tuple(_numbered(one, places) for one in condition.any_of)})
    at = next(places)
    return condition.model_copy(update={"values": (str(at) if isinstance(condition, MemberFilter) else float(at),)})


def _singly(query: MetricQuery) -> Iterator[MemberFilter | MetricFilter]:
    """Every single condition, in the order of its place."""
    for condition in query.filters:
        yield from condition.any_of if isinstance(condition, AnyOf) else (condition,)


def values_of(condition: MemberFilter | MetricFilter) -> exp.Expr:
    """The place of a shape's filter values."""
    return slot("values", int(condition.values[0]))


@dataclass(frozen=True)
class Filling:
    """The texts for one query; ``relation`` names what to read for a span (``NOW``, ``BEFORE``) of it."""

    query: MetricQuery
    loaded: Sequence[LoadedRange]
    week_start: str
    relation: Relation = lambda span: "kpi_daily"

    def fill(self, template: str) -> str:
        return _SLOT.sub(lambda found: self._text(*found[1].split()), template)

    def _text(self, name: str, *about: str) -> str:
        return _TEXTS[name](self, *about)

    def _period(self, span: str) -> Period:
        period = self.query.period if span == NOW else self.query.comparison
        assert period is not None
        return period

    def _values(self, at: str) -> str:
        values = list(_singly(self.query))[int(at)].values
        return ", ".join(_text_literal(v) if isinstance(v, str) else repr(v) for v in values)

    def _shift(self) -> str:
        """Interval that moves a day of the comparison onto the bucket of the period it is compared with."""
        grain = self.query.grain
        assert grain is not None
        start = first_day_of_bucket(grain, self._period(NOW).start, self.week_start)
        earlier = first_day_of_bucket(grain, self._period(BEFORE).start, self.week_start)
        if grain in MONTHS:
            return f"INTERVAL {12 * (start.year - earlier.year) + start.month - earlier.month} MONTH"
        return f"INTERVAL {(start - earlier).days} DAY"

    def _last_bucket(self) -> str:
        return _day_literal(first_day_of_bucket(self.query.grain or "day", self._period(NOW).end, self.week_start))

    def _runs(self, span: str, *split: str) -> str:
        """Rows (members of ``split`` …, first day, last day) of the days that were loaded; one of nulls where none."""
        runs = loaded_runs(self.loaded, self._period(span), split)
        rows = [
            [*map(_text_literal, members), _day_literal(first), _day_literal(last)] for members, first, last in runs
        ]
        nothing = [*("CAST(NULL AS VARCHAR)" for _ in split), "CAST(NULL AS DATE)", "CAST(NULL AS DATE)"]
        return ", ".join(f"({', '.join(row)})" for row in rows or [nothing])

    def _was_loaded(self, span: str, *split: str) -> str:
        """Condition on the ``split`` dimensions: does any file speak for this member in the period?"""
        members = loaded_members(self.loaded, self._period(span), split)
        if not members or not split:
            return "TRUE" if members else "FALSE"
        if len(split) == 1:
            return f"{split[0]} IN ({', '.join(_text_literal(member) for (member,) in members)})"
        rows = (f"({', '.join(map(_text_literal, names))})" for names in members)
        return f"({', '.join(split)}) IN ({', '.join(rows)})"

    def _loaded_days(self) -> str:
        return str(max(1, loaded_days(self.loaded, self._period(NOW))))

    def _days_per_month(self) -> str:
        return repr(self._period(NOW).days / (whole_months(self._period(NOW)) or 1))

    def _leading(self) -> str:
        assert self.query.top is not None
        return str(self.query.top.n)


_TEXTS: dict[str, Callable[..., str]] = {
    "relation": lambda filling, span: filling.relation(span),
    "start": lambda filling, span: _day_literal(filling._period(span).start),
    "end": lambda filling, span: _day_literal(filling._period(span).end),
    "values": Filling._values,
    "limit": lambda filling: str(filling.query.limit),
    "leading": Filling._leading,
    "shift": Filling._shift,
    "last_bucket": Filling._last_bucket,
    "runs": Filling._runs,
    "was_loaded": Filling._was_loaded,
    "loaded_days": Filling._loaded_days,
    "days_per_month": Filling._days_per_month,
}


def _text_literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _day_literal(value: date) -> str:
    return f"DATE '{value.isoformat()}'"
