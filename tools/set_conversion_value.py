"""Sets what a conversion counts as in revenue, for files that hold none."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, field_validator

from tools.base import Option, Tool, ToolArguments, ToolContext, ToolResult


class SetConversionValue(ToolArguments):
    number: Decimal = Field(gt=0, description="Revenue of one conversion, in the workspace's currency.")

    @field_validator("number")
    @classmethod
    def _without_idle_zeros(cls, number: Decimal) -> Decimal:
        """100.0, as JSON has it, is 100."""
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def set_conversion_value(context: ToolContext, arguments: SetConversionValue) -> ToolResult:
    before = context.workspace.conversion_value
    context.workspace.set_conversion_value(arguments.number)
    was = f" (it was {before:g})" if before and before != arguments.number else ""
    value = f"{arguments.number:g}"
    return ToolResult(
        kind="message",
        status="message",
        text=f"For everyone in this workspace a conversion now counts as {value}{was} where a file has no revenue. "
        "Every answer that uses it says so. Say “count a conversion as …” to change it.",
        follow_ups=(
            Option(label="ROAS last 30 days", question="ROAS last 30 days vs the previous period"),
            Option(label="Revenue by platform", question="revenue by platform last 30 days"),
        ),
        data_version=context.engine.catalogue.data_version,
    )


TOOL = Tool(name="set_conversion_value", arguments=SetConversionValue, run=set_conversion_value, changes_data=True)
