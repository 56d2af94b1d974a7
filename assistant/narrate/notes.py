"""Notes: what was assumed, and how healthy the data behind the answer is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant import formats
from assistant.narrate.interpretation import join
from kpi.buckets import first_day_of_bucket
from kpi.health import Health
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel
from tools.base import Note

CUSTOMERS = "Conversions stand in for new customers: the files don't tell them apart."


def data_notes(
    query: MetricQuery, health: Health, model: SemanticModel, *, today: date, conversion_value: Decimal | None
) -> list[Note]:
    """In the order of weight: what makes a number doubtful comes first."""
    return [
        *_revenue(query, health, model, conversion_value),
        *_days(query, health, today),
        *_unreported(query, health, model),
        *_conversions(query, model),
    ]


def _revenue(query: MetricQuery, health: Health, model: SemanticModel, value: Decimal | None) -> Iterator[Note]:
    if not any("revenue" in model.metrics[name].measures for name in query.metrics_used):
        return
    if health.assumed_revenue_share and value is not None:
        share = formats.value(health.assumed_revenue_share, "percent", None)
        yield Note(
            code="revenue_assumed",
            text=f"Revenue is assumed: a conversion counts as {value:g} where a file has none ({share} of it here).",
        )
    if health.spend_without_revenue_share:
        share = formats.value(health.spend_without_revenue_share, "percent", None)
        yield Note(
            code="revenue_partial",
            text=f"For {share} of the spend no revenue is known, so revenue, ROAS and AOV come out too low.",
        )


def _days(query: MetricQuery, health: Health, today: date) -> Iterator[Note]:
    if query.period.end >= today:
        text = f"The period runs to {_day(query.period.end)} and is not over yet."
        nothing = "" if health.rows else " No file of it is loaded yet."
        yield Note(code="partial_period", text=text + nothing)
    missing = [day for day in health.missing_days if day < today]
    if missing:
        yield Note(
            code="missing_days", text=f"Not loaded: {_ranges(missing)} ({len(missing)} of {query.period.days} days)."
        )
    if query.comparison and len(health.missing_days) > 0.2 * query.period.days and not health.comparison_missing_days:
        loaded = query.period.days - len(health.missing_days)
        text = f"Only {loaded} of {query.period.days} days are loaded, against {query.comparison.days} before."
        yield Note(code="unequal_periods", text=f"{text} That alone moves sums.")
    if query.grain in {"week", "month", "quarter", "year"} and _cuts_buckets(query):
        yield Note(code="partial_buckets", text=f"The period cuts through its first or last {query.grain}.")
    before = [day for day in health.comparison_missing_days if day < today]
    if query.comparison and len(before) == query.comparison.days:
        yield Note(
            code="no_comparison_data",
            text=f"Nothing is loaded for {formats.days(query.comparison)}, so there is no change to show.",
        )
    elif query.comparison and before:
        yield Note(
            code="comparison_missing_days",
            text=f"Not loaded before: {_ranges(before)} ({len(before)} of {query.comparison.days} days).",
        )


def _cuts_buckets(query: MetricQuery) -> bool:
    assert query.grain
    start, end = query.period.start, query.period.end
    return first_day_of_bucket(query.grain, start) != start or (
        first_day_of_bucket(query.grain, end) == first_day_of_bucket(query.grain, end + timedelta(days=1))
    )


def _unreported(query: MetricQuery, health: Health, model: SemanticModel) -> Iterator[Note]:
    for name, share in health.unreported_share.items():
        if share > 0:
            label = model.dimensions[name].label.lower()
            part = formats.value(share, "percent", None)
            text = f"{part} of the spend has no {label} in its file: it is listed as (not reported)."
            yield Note(code="not_reported", text=text)


def _conversions(query: MetricQuery, model: SemanticModel) -> Iterator[Note]:
    if "cac" in query.metrics:
        yield Note(
            code="conversions_as_customers",
            text=CUSTOMERS,
        )


def stand_in_notes(words: Iterable[str]) -> list[Note]:
    """For words such as 'orders' that conversions are counted for."""
    named = list(dict.fromkeys(words))
    if not named:
        return []
    return [Note(code="conversions_stand_in", text=f"The files count conversions; I took them for {join(named)}.")]


def _ranges(days: list[date]) -> str:
    """Consecutive days as ranges, at most three of them."""
    ranges: list[list[date]] = []
    for day in days:
        if ranges and day - ranges[-1][-1] == timedelta(days=1):
            ranges[-1].append(day)
        else:
            ranges.append([day])
    said = [formats.days(Period(start=r[0], end=r[-1])) for r in ranges[:3]]
    return ", ".join(said) + (f" and {len(ranges) - 3} more gaps" if len(ranges) > 3 else "")


def _day(day: date) -> str:
    return formats.days(Period(start=day, end=day))
