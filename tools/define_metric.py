"""Says what a metric means and how it is computed, from its definition."""

from __future__ import annotations

from pydantic import field_validator

from kpi.semantic import Metric, SemanticModel
from tools.base import Option, Tool, ToolArguments, ToolContext, ToolResult

_GOOD = {"higher": "Higher is better.", "lower": "Lower is better.", None: ""}


class DefineMetric(ToolArguments):
    metric: str

    @field_validator("metric")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in SemanticModel.load().metrics:
            raise ValueError(f"there is no metric {name!r}")
        return name


def define_metric(context: ToolContext, arguments: DefineMetric) -> ToolResult:
    metric = context.model.metrics[arguments.metric]
    text = f"{metric.label}: {metric.description} Formula: {formula(metric)}. {_GOOD[metric.better]}".strip()
    label = metric.label
    return ToolResult(
        kind="define",
        text=text,
        interpretation=f"The definition of {label}",
        follow_ups=(
            Option(label=f"{label} last 30 days", question=f"{label} last 30 days vs the previous period"),
            Option(label=f"{label} by platform", question=f"{label} by platform last 30 days"),
        ),
    )


def formula(metric: Metric) -> str:
    """``sum(spend) / sum(clicks)`` as people write it: spend ÷ clicks."""
    plain = metric.expression.replace("sum(", "").replace(")", "")
    return plain.replace("/", "÷").replace("*", "×") if not metric.is_sum else f"the sum of {plain}"


TOOL = Tool(name="define_metric", arguments=DefineMetric, run=define_metric)
