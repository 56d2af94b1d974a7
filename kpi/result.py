"""What a query gives back: described columns, typed rows, the SQL that made them and the data it read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from kpi.query import MetricQuery

Unit = Literal["currency", "count", "ratio", "percent", "date", "text"]


class Column(BaseModel):
    """A column of a result. ``percent`` values are fractions (0.05 is shown as 5 %)."""

    model_config = ConfigDict(frozen=True)

    name: str
    label: str
    unit: Unit


@dataclass(frozen=True)
class Result:
    """Rows of one executed MetricQuery: ``sql`` run over ``kpi_daily`` as of ``data_version``."""

    query: MetricQuery
    sql: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]
    data_version: str
