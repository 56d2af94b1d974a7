"""Why a model gave no usable answer. A person reads it as a note; the rules' own answer stays."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml

from kpi.errors import PlatformError


class ModelFailed(PlatformError):
    """``reason`` is a key of ``failures.yml``; the text never holds what the endpoint said, which may hold the key."""

    code = "model_failed"

    def __init__(self, reason: str, *, seconds: float = 0) -> None:
        super().__init__(_texts()[reason].format(seconds=seconds))
        self.reason = reason


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(resources.files("assistant.llm").joinpath("failures.yml").read_text("utf-8"))
    return texts
