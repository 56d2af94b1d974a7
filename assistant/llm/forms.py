"""What a model fills in. As the tools' own arguments, except that dates are words quoted from the message."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from assistant.understand.draft import ExtraKind
from kpi.query import Comparator, Finite, Grain
from kpi.semantic import SemanticModel
from prompts.library import template, tool_prompts
from tools.registry import all_tools

CANNOT_PLACE = "cannot_place"
QUERY, SQL = "query_kpis", "run_sql"
_METRIC: dict[str, JsonValue] = {"names": "metric"}
_DIMENSION: dict[str, JsonValue] = {"names": "dimension"}
_ONLY_COSTS_TOKENS = {"title", "default"}  # keys of a JSON schema


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskedMembers(_Form):
    dimension: str = Field(json_schema_extra=_DIMENSION)
    op: Literal["in", "not in"] = "in"
    values: list[str] = Field(min_length=1)


class AskedCondition(_Form):
    metric: str = Field(json_schema_extra=_METRIC)
    op: Comparator
    value: Finite


class AskedOrder(_Form):
    by: str = Field(description="a metric or <metric>_change")
    descending: bool = True


class AskedQuery(_Form):
    """A MetricQuery before its dates are resolved and its conventions applied."""

    metrics: list[str] = Field(default=[], json_schema_extra={"items": {"type": "string", **_METRIC}})
    performance: bool = False
    dimensions: list[str] = Field(default=[], json_schema_extra={"items": {"type": "string", **_DIMENSION}})
    grain: Grain | None = None
    filters: list[AskedMembers] = []
    conditions: list[AskedCondition] = []
    period: str | None = Field(None, description="words copied from the message")
    comparison: str | None = Field(None, description="words copied from the message, or previous")
    order: AskedOrder | None = None
    limit: int | None = Field(None, ge=1)
    share_of: str | None = Field(None, json_schema_extra=_METRIC)
    extras: list[ExtraKind] = []
    goes_on: bool = False


class CannotPlace(_Form):
    readings: list[str] = Field(default=[], max_length=8)


FORMS: dict[str, type[_Form]] = {QUERY: AskedQuery, CANNOT_PLACE: CannotPlace}


def tool_definitions(model: SemanticModel, *, with_sql: bool) -> list[dict[str, Any]]:
    """All tools as a model is offered them: name, what prompts/ says of it, JSON schema of its arguments."""
    said = {prompt.name: prompt.body for prompt in tool_prompts()} | {CANNOT_PLACE: template(CANNOT_PLACE).template}
    offered = [name for name in (*all_tools(), CANNOT_PLACE) if with_sql or name != SQL]
    return [_definition(name, said[name], model) for name in offered if name in said]


def _definition(name: str, said: str, model: SemanticModel) -> dict[str, Any]:
    form: type[BaseModel] = FORMS.get(name) or all_tools()[name].arguments
    schema = _plain(form.model_json_schema(), model)
    return {"type": "function", "function": {"name": name, "description": said, "parameters": schema}}


def _plain(schema: Any, model: SemanticModel) -> Any:
    """The schema with our names filled in as enumerations, and without what a model doesn't need."""
    if isinstance(schema, list):
        return [_plain(part, model) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _plain(value, model) for key, value in schema.items() if key not in _ONLY_COSTS_TOKENS}
    names = plain.pop("names", None)
    if names:
        target = next((part for part in plain.get("anyOf", []) if part.get("type") == "string"), plain)
        target["enum"] = list(model.metrics if names == "metric" else model.dimensions)
    return plain
