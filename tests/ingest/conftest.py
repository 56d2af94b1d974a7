"""A workspace and small files for the loading tests. `today` is fixed far after the fixtures' days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpi.settings import Settings
from kpi.workspace import Workspace

Write = Callable[..., Path]


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return Settings.load(_env_file=None)


@pytest.fixture
def workspace(tmp_path: Path, settings: Settings) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "workspace", settings)
    yield opened
    opened.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write text (or bytes) to a file and give its path."""

    def _write(content: str | bytes, name: str = "data.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return _write
