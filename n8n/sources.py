"""Named sources of files: an address or a path in the import folder, with the days asked for filled in."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kpi.errors import DefinitionError

FILE = "sources.yml"


class Source(BaseModel):
    """Exactly one of ``path`` and ``address`` is set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: tuple[str, ...]
    path: str | None = None
    address: str | None = None
    platform: str | None = None
    account: str | None = None
    currency: str | None = None
    daily: bool = False

    @model_validator(mode="after")
    def _one_place(self) -> Source:
        if (self.path is None) == (self.address is None):
            raise ValueError("a source has either a path or an address")
        return self

    def parameters(self, start: date, end: date) -> dict[str, Any]:
        """What the workflow ``ingest-file`` is told."""
        days = {"start": start.isoformat(), "end": end.isoformat()}
        place = (
            {"import_path": self.path.format(**days)} if self.path else {"address": str(self.address).format(**days)}
        )
        said = {"platform": self.platform, "account": self.account, "currency": self.currency}
        return {**place, **{name: value for name, value in said.items() if value}}


def sources(workspace: Path) -> dict[str, Source]:
    """All sources by name; those of the workspace come before ours. Raises DefinitionError naming the file."""
    own = workspace / FILE
    try:
        state = own.stat().st_mtime_ns, own.stat().st_size
    except OSError:
        return _shipped()
    return _with(own, state)


@cache
def _shipped() -> dict[str, Source]:
    return _read(resources.files("n8n").joinpath(FILE).read_text("utf-8"), f"n8n/{FILE}")


@lru_cache(maxsize=8)
def _with(own: Path, _state: tuple[int, int]) -> dict[str, Source]:
    """Read again when the file has changed: it is asked for with every message."""
    return _read(own.read_text("utf-8"), str(own)) | _shipped()


def _read(text: str, name: str) -> dict[str, Source]:
    try:
        entries = yaml.safe_load(text) or {}
        return {key: Source.model_validate(entry) for key, entry in entries.items()}
    except (yaml.YAMLError, ValidationError, AttributeError) as error:
        raise DefinitionError(f"{name} is malformed: {error}") from error
