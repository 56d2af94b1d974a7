"""Says what a metric means and how it is computed, from its definition."""

from __future__ import annotations

from pydantic import field_validator

from kpi.semantic import Metric, SemanticModel
from tools.base import Option, Tool, ToolArguments, ToolContext, ToolResult

_GOOD = {"higher": "Higher is better.", "lower": "Lower is better.", None: ""}


class DefineMetric(ToolArguments):
    metric: str
    other: str | None = None  # a second metric, where the two are told apart

    @field_validator("metric", "other")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        if name is not None and name not in SemanticModel.load().metrics:
            raise ValueError(f"there is no metric {name!r}")
        return name


def define_metric(context: ToolContext, arguments: DefineMetric) -> ToolResult:
    metric = context.model.metrics[arguments.metric]
    text = _definition(metric)
    if arguments.other == arguments.metric:
        text = f"The two are one metric here. {text}"
    elif arguments.other:
        text = f"{text} {_definition(context.model.metrics[arguments.other])}"
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


def _definition(metric: Metric) -> str:
    return f"{metric.label}: {metric.description} Formula: {formula(metric)}. {_GOOD[metric.better]}".strip()


def formula(metric: Metric) -> str:
    """``sum(spend) / sum(clicks)`` as people write it: spend ÷ clicks."""
    plain = metric.expression.replace("sum(", "").replace(")", "")
    return plain.replace("/", "÷").replace("*", "×") if not metric.is_sum else f"the sum of {plain}"


TOOL = Tool(name="define_metric", arguments=DefineMetric, run=define_metric)
