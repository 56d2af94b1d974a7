"""The views that questions are answered from: one shape of columns, over the facts and over every rollup.

What a file holds no revenue for is worth its conversions x the workspace's conversion value, or unknown (null) without
one. Sums over a rollup equal sums over the facts to the last digit: nothing is rounded row by row.
"""

# ruff: noqa: S608  (the SQL is made of our own names and of a number)

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpi.rollups import ROLLUPS

FACTS = "kpi_health"  # the facts with the columns of every rollup's view
_MEASURES = "spend, revenue, clicks, impressions, conversions"
_HEALTH = "row_count, assumed_revenue, spend_without_revenue"


def view_of(table: str) -> str:
    """The view over a rollup's table."""
    return table.replace("rollup_", "kpi_", 1)


def statements(conversion_value: Decimal | None) -> Iterator[str]:
    """(Re)define all views with the conversion value in force."""
    yield _over_facts(conversion_value)
    yield f"""CREATE OR REPLACE VIEW kpi_daily AS
        SELECT date, platform, account, campaign, country, device, {_MEASURES}, ad_group, ad FROM {FACTS}"""
    for rollup in ROLLUPS:
        for table in rollup.tables:
            yield _over_rollup(table, rollup.key_list, conversion_value)


def _over_facts(value: Decimal | None) -> str:
    """Row by row: the revenue in force, the part of it that is assumed, the spend that has none."""
    assumed = "CAST(NULL AS DECIMAL(18, 6))" if value is None else _valued("facts.conversions", value)
    in_force = "facts.revenue" if value is None else f"coalesce(facts.revenue, {assumed})"
    return f"""CREATE OR REPLACE VIEW {FACTS} AS
        SELECT date, platform, account, campaign, country, device, ad_group, ad,
               spend, {in_force} AS revenue, clicks, impressions, conversions, 1 AS row_count,
               CASE WHEN facts.revenue IS NULL THEN {assumed} END AS assumed_revenue,
               CASE WHEN {in_force} IS NULL THEN facts.spend END AS spend_without_revenue
        FROM facts"""


def _over_rollup(table: str, keys: str, value: Decimal | None) -> str:
    assumed, in_force, without = "CAST(NULL AS DECIMAL(38, 6))", "rolled.revenue", "rolled.spend_without_revenue"
    if value is not None:
        assumed, without = _valued("conversions_to_value", value), "spend_without_both"
        in_force = f"""CASE WHEN rolled.revenue IS NOT NULL OR conversions_to_value IS NOT NULL
            THEN coalesce(rolled.revenue, 0) + coalesce({assumed}, 0) END"""
    return f"""CREATE OR REPLACE VIEW {view_of(table)} AS
        SELECT date, {keys}, spend, {in_force} AS revenue, clicks, impressions, conversions, row_count,
               {assumed} AS assumed_revenue, {without} AS spend_without_revenue
        FROM {table} AS rolled"""


def _valued(conversions: str, value: Decimal) -> str:
    """Conversions in money, with all the digits of the product."""
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    width = 38 if digits or conversions == "conversions_to_value" else 18
    return f"CAST({conversions} * {value.normalize():f} AS DECIMAL({width}, {6 + digits}))"
