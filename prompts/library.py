"""The texts a model reads, and the phrases that call a tool, as Markdown with a YAML header.

prompts/tools/<tool>.md     header: name, summary, triggers (phrases, with slots such as {metric}); body: for the model
prompts/examples/<case>.md  header: case, question, tool; body: the arguments of the right call as JSON
prompts/<name>.md           a text for the model, with $places that are filled in when it is sent
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from string import Template
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class MalformedPrompt(ValueError):
    """A prompt file is not what its schema says. An engineer reads this; it stops the start."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TriggerGroup(_Strict):
    """Phrases that call the tool with the same fixed arguments."""

    phrases: tuple[str, ...]
    arguments: dict[str, Any] = {}


class ToolPrompt(_Strict):
    """``summary`` is what help shows; ``body`` is what a language model is told about the tool."""

    name: str
    summary: str
    triggers: tuple[TriggerGroup, ...] = ()
    body: str


class Example(_Strict):
    """A question of an evaluation case and the call that answers it. The case is never scored with a model again."""

    case: str
    question: str
    tool: str
    arguments: dict[str, Any]


@lru_cache(maxsize=1)
def tool_prompts() -> tuple[ToolPrompt, ...]:
    """All tools' prompts, by file name. Raises MalformedPrompt naming the file."""
    return tuple(_read_tool(f"tools/{name}") for name in _names("tools"))


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All examples, by file name. Raises MalformedPrompt naming the file."""
    return tuple(_read_example(f"examples/{name}") for name in _names("examples"))


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """The text ``prompts/<name>.md`` with its places still open."""
    return Template(_text(f"{name}.md").strip())


def _names(folder: str) -> list[str]:
    files = resources.files("prompts").joinpath(folder).iterdir()
    return sorted(file.name for file in files if file.name.endswith(".md"))


def _text(path: str) -> str:
    return resources.files("prompts").joinpath(path).read_text("utf-8")


def _read_tool(path: str) -> ToolPrompt:
    try:
        header, body = _parts(path)
        return ToolPrompt(**header, body=body)
    except (ValueError, TypeError, ValidationError, yaml.YAMLError) as error:
        raise MalformedPrompt(f"prompts/{path}: {error}") from error


def _read_example(path: str) -> Example:
    try:
        header, body = _parts(path)
        return Example(**header, arguments=json.loads(body))
    except (ValueError, TypeError, ValidationError, yaml.YAMLError) as error:
        raise MalformedPrompt(f"prompts/{path}: {error}") from error


def _parts(path: str) -> tuple[dict[str, Any], str]:
    _, header, body = _text(path).split("---\n", 2)
    return yaml.load(header, Loader=yaml.CSafeLoader), body.strip()
