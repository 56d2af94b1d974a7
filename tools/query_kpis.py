"""Runs one MetricQuery on the metric layer."""

from __future__ import annotations

from kpi.query import MetricQuery
from tools.base import Tool, ToolArguments, ToolContext, ToolResult


class QueryKpis(ToolArguments):
    query: MetricQuery


def query_kpis(context: ToolContext, arguments: QueryKpis) -> ToolResult:
    """Raises InvalidQuery, RevenueUnknown or QueryTimeout; the assistant words the result."""
    outcome = context.engine.run(arguments.query)
    result = outcome.result
    return ToolResult(
        kind="metrics",
        query=result.query,
        sql=result.sql,
        columns=result.columns,
        rows=result.rows,
        health=outcome.health,
        data_version=result.data_version,
    )


TOOL = Tool(name="query_kpis", arguments=QueryKpis, run=query_kpis)
