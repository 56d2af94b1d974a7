"""The buckets of a trend, as ``sql_parts.bucket`` computes them in SQL."""

from __future__ import annotations

from datetime import date, timedelta

from kpi.query import Grain, Period

MONTHS = {"month": 1, "quarter": 3, "year": 12}  # in a bucket of these grains


def first_day_of_bucket(grain: Grain, day: date, week_start: str = "monday") -> date:
    """The bucket a day belongs to."""
    if grain == "day":
        return day
    if grain == "week":
        return date.fromordinal(day.toordinal() - (day.weekday() + (week_start == "sunday")) % 7)
    step = MONTHS[grain]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def whole_months(period: Period) -> int:
    """How many calendar months the period is made of; 0 where it cuts through one."""
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return 0
    return 12 * (after.year - period.start.year) + after.month - period.start.month
