"""The chat's own texts, read from ``texts.yml`` under a strict schema."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kpi.errors import DefinitionError
from tools.base import Option


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerTexts(_Strict):
    understood: str
    made_by: str
    routes: dict[Literal["rules", "llm"], str]
    value: str
    change: str
    more_rows: str
    table_title: str
    failed: str


class FigureTexts(_Strict):
    file: str
    format: str
    platform: str
    account: str
    days: str
    rows: str
    row_counts: str
    replaced: str


class Choices(_Strict):
    load: str
    cancel: str


class UploadTexts(_Strict):
    empty: str
    reading: str
    loading: str
    understood: str
    ignored: str
    headlines: dict[str, str]
    figures: FigureTexts
    rejected: str
    question: str
    several_ready: str
    load_all: str
    cancelled: str
    not_stopped: str
    expired: str
    platform: str
    choices: Choices
    follow_ups: tuple[Option, ...]


class WorkflowTexts(_Strict):
    waiting: str
    away: str
    running: str
    step: str
    done: str
    stopped: str
    failed: str
    failed_step: str
    try_again: Option
    nothing_new: str
    found: str


class LoginTexts(_Strict):
    refused: str


class NotRightTexts(_Strict):
    button: str
    noted: str
    reasons: tuple[str, ...]
    own_words: str
    ask: str
    thanks: str
    expired: str


class Texts(_Strict):
    starters: tuple[Option, ...]
    answer: AnswerTexts
    upload: UploadTexts
    workflow: WorkflowTexts
    login: LoginTexts
    not_right: NotRightTexts
    interface: dict[str, str]


@cache
def texts() -> Texts:
    """Raises DefinitionError where ``texts.yml`` doesn't fit the schema."""
    source = resources.files("assistant.chat").joinpath("texts.yml").read_text("utf-8")
    try:
        return Texts.model_validate(yaml.safe_load(source))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"assistant/chat/texts.yml is malformed: {error}") from error
