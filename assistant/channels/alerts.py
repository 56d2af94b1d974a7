"""Alerts: rules of ``alerts.yml``, evaluated by the metric layer. Each fires once, until its condition has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant import formats
from assistant.answer import Answer
from assistant.channels.slack_blocks import escaped, section
from assistant.channels.wording import wording
from kpi.errors import DefinitionError
from kpi.query import MetricQuery, Period
from n8n.jobs.alerts import AlertMemory

if TYPE_CHECKING:
    from assistant import Assistant

FILE = "alerts.yml"
_CLAIM_SECONDS = 600.0  # to post it; then it comes again
_GAPS = frozenset({"missing_days", "comparison_missing_days", "no_comparison_data"})
_WITHOUT_A_MEMBER = "all"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """Explained at the top of ``alerts.yml``."""

    name: str = Field(pattern="^[a-z0-9-]+$")
    title: str
    metric: str
    by: str | None = None
    days: int = Field(ge=1, le=366)
    rises_by: float | None = Field(None, gt=0)
    falls_by: float | None = Field(None, gt=0, le=1)
    least_spend: float = Field(0, ge=0)

    @model_validator(mode="after")
    def _one_direction(self) -> Rule:
        if (self.rises_by is None) == (self.falls_by is None):
            raise ValueError("a rule has either rises_by or falls_by")
        return self

    def fires(self, change: float | None) -> bool:
        if change is None:
            return False
        return change >= self.rises_by if self.rises_by is not None else change <= -(self.falls_by or 0)


class _Rules(_Strict):
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Fired:
    key: str
    title: str
    text: str


def rules(workspace: Path) -> tuple[Rule, ...]:
    """The workspace's own, else ours. Raises DefinitionError naming the file."""
    own = workspace / FILE
    text = own.read_text("utf-8") if own.exists() else resources.files("assistant.channels").joinpath(FILE).read_text()
    try:
        return _Rules.model_validate(yaml.safe_load(text)).rules
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"{own if own.exists() else FILE} is malformed: {error}") from error


def evaluate(assistant: Assistant, memory: AlertMemory) -> dict[str, Any]:
    """``fired`` are the new ones, ``post`` their message (null where none is), ``skipped`` the rules that lack data."""
    last_day = assistant.engine.catalogue.last_day
    if last_day is None:
        return {"fired": [], "post": None, "skipped": []}
    newest = min(last_day, assistant.workspace.today() - timedelta(days=1))
    new: list[Fired] = []
    skipped: list[dict[str, str]] = []
    for rule in rules(assistant.workspace.folder):
        answer = assistant.answer_query(_query(rule, newest))
        gaps = [note.text for note in answer.notes if note.code in _GAPS]
        if gaps:  # a day that lacks would look like a fall
            skipped.append({"rule": rule.name, "why": gaps[0]})
            continue
        firing = [_fired(rule, row, answer, assistant) for row in answer.rows if _fires(rule, row)]
        memory.rearm(rule.name, [one.key for one in firing])
        new += [one for one in firing if memory.claim(one.key, _CLAIM_SECONDS)]
    return {
        "fired": [{"key": one.key, "title": one.title, "text": one.text} for one in new],
        "post": _post(new),
        "skipped": skipped,
    }


def _query(rule: Rule, last: date) -> MetricQuery:
    start = last - timedelta(days=rule.days - 1)
    before = Period(start=start - timedelta(days=rule.days), end=start - timedelta(days=1))
    metrics = (rule.metric,) if rule.metric == "spend" else (rule.metric, "spend")
    return MetricQuery(
        metrics=metrics,
        dimensions=(rule.by,) if rule.by else (),
        period=Period(start=start, end=last),
        comparison=before,
    )


def _fires(rule: Rule, row: dict[str, Any]) -> bool:
    return rule.fires(row.get(f"{rule.metric}_change")) and (row.get("spend") or 0) >= rule.least_spend


def _fired(rule: Rule, row: dict[str, Any], answer: Answer, assistant: Assistant) -> Fired:
    metric, currency = assistant.model.metrics[rule.metric], assistant.workspace.currency
    member = str(row[rule.by]) if rule.by else _WITHOUT_A_MEMBER
    now, before = (formats.value(row[name], metric.unit, currency) for name in (rule.metric, f"{rule.metric}_previous"))
    whose = f"{member}: " if rule.by else ""
    assert answer.query is not None
    days = formats.days(answer.query.period)
    text = f"{whose}{metric.label} {now}, before {before} ({formats.change(row[f'{rule.metric}_change'])}), {days}."
    return Fired(f"{rule.name}:{member}", rule.title, text)


def _post(fired: list[Fired]) -> dict[str, Any] | None:
    if not fired:
        return None
    lines = [f"*{escaped(wording().alert_title.format(title=one.title))}*\n{escaped(one.text)}" for one in fired]
    return {"text": "\n".join(lines), "blocks": [section(line) for line in lines[:50]], "image": None}
