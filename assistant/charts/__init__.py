"""Charts of answers, as plain Plotly JSON: ``figure`` picks one by the query's shape.

    numbers without breakdown, or a single row    KPI cards                       cards
    over time                                     lines, a panel a metric         lines
    the best or worst few buckets of time         bars in that order              bars
    one metric over two dimensions                a heat map where it is filled   heatmap
    any other breakdown                           bars, beside the period before  bars

Nothing here runs code or markup from data: a figure is lists and escaped text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant import formats
from assistant.charts import bars, cards, heatmap, lines
from assistant.charts.data import ChartData, Row
from kpi.query import MetricQuery
from kpi.result import Column
from kpi.semantic import SemanticModel


def figure(
    query: MetricQuery,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    model: SemanticModel,
    currency: str | None,
    loaded_days: Iterable[str] | None = None,
) -> dict[str, Any] | None:
    """Figure JSON (``data``, ``layout``) for the result of a query; None where there is nothing to draw.

    ``rows`` as in the contract; a bucket of time without a row is drawn as a gap. ``loaded_days`` are the days of the
    period that hold data, as ISO text: buckets they fill only in part are drawn hollow. None: not known.
    """
    days = None if loaded_days is None else frozenset(map(formats.as_date, loaded_days))
    data = ChartData(query, {column.name: column for column in columns}, rows, model, currency, days)
    return _drawn(data) if data.has_numbers() else None


def _drawn(data: ChartData) -> dict[str, Any]:
    if data.query.grain and data.is_trend:
        return lines.build(data, data.query.grain)
    if len(data.rows) == 1:
        return cards.build(data)
    return heatmap.build(data) if heatmap.suits(data) else bars.build(data)
