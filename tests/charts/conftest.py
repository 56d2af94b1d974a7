from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.charts import figure
from kpi.engine import describe
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel

JUNE = {"start": "2025-06-01", "end": "2025-06-30"}
Draw = Callable[..., Any]


@pytest.fixture
def draw() -> Draw:
    """``draw({"spend": 5}, …, metrics=["spend"])`` gives the figure for those rows, checked by Plotly's own schema."""
    return _draw


def _draw(*rows: dict[str, Any], currency: str | None = "USD", loaded_days: Any = None, **fields: Any) -> Any:
    import plotly.graph_objects as go

    model = SemanticModel.load()
    query = MetricQuery.model_validate({"period": JUNE, **fields})
    made = figure(query, describe(query, model), rows, model=model, currency=currency, loaded_days=loaded_days)
    if made is not None:
        go.Figure(made)  # raises ValueError for any property or value that Plotly does not have
    return made
