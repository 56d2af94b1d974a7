"""The texts a model reads, and the phrases that call a tool, as Markdown with a YAML header.

prompts/tools/<tool>.md     header: name, summary, triggers (phrases, with slots such as {metric}); body: for the model
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
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


@lru_cache(maxsize=1)
def tool_prompts() -> tuple[ToolPrompt, ...]:
    """All tools' prompts, by file name. Raises MalformedPrompt naming the file."""
    files = sorted(resources.files("prompts").joinpath("tools").iterdir(), key=lambda file: file.name)
    return tuple(_read(file.name, file.read_text("utf-8")) for file in files if file.name.endswith(".md"))


def _read(name: str, text: str) -> ToolPrompt:
    try:
        _, header, body = text.split("---\n", 2)
        return ToolPrompt(**yaml.safe_load(header), body=body.strip())
    except (ValueError, TypeError, ValidationError, yaml.YAMLError) as error:
        raise MalformedPrompt(f"prompts/tools/{name}: {error}") from error
