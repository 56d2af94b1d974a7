"""The folder Chainlit runs in: its configuration, our public files, the page without outside links, and uploads.

Chainlit keeps uploads and charts of open chats under its root and deletes them when it likes, so each server needs a
root of its own. One process holds a workspace, so ``<workspace>/chat`` belongs to that process alone and is made anew.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import reduce
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.chat.texts import texts
from kpi.errors import DefinitionError, PlatformError

_HERE = Path(__file__).resolve().parent
_PROJECT = _HERE.parents[1]
_MARK = ".made-by-the-chat"  # only a folder with this file in it is ever removed
_OUTSIDE_LINK = re.compile(r"<link\b[^>]*\bhref=\"https?://[^>]*>\s*")  # fonts and formulas from other hosts


def make(folder: Path) -> None:
    """Make (again) the folder, free of what an earlier process left there. Raises PlatformError where it isn't ours."""
    if folder.exists() and not (folder / _MARK).exists():
        raise PlatformError(f"The chat keeps its files in {folder}, which holds something else: move that away.")
    remove(folder)
    translations = folder / ".chainlit" / "translations"
    translations.mkdir(parents=True)
    (folder / _MARK).touch()
    shutil.copy(_HERE / "config.toml", folder / ".chainlit")
    shutil.copy(_PROJECT / "chainlit.md", folder)
    shutil.copytree(_HERE / "public", folder / "public")
    (folder / ".files").mkdir()
    (translations / "en-US.json").write_text(json.dumps(_translation()), "utf-8")
    _make_page(folder / "build")


def remove(folder: Path) -> None:
    """Remove the folder, and with it the uploads of chats that were open."""
    shutil.rmtree(folder, ignore_errors=True)


def _make_page(build: Path) -> None:
    """Chainlit's page, from which every link to another host is taken out; its scripts are used in place."""
    dist = _chainlit() / "frontend" / "dist"
    build.mkdir()
    (build / "index.html").write_text(_OUTSIDE_LINK.sub("", (dist / "index.html").read_text("utf-8")), "utf-8")
    (build / "assets").symlink_to(dist / "assets", target_is_directory=True)


def _translation() -> dict[str, Any]:
    """Chainlit's English wording with our own laid over it."""
    wording: dict[str, Any] = json.loads((_chainlit() / "translations" / "en-US.json").read_text("utf-8"))
    for key, text in texts().interface.items():
        *path, last = key.split(".")
        place = reduce(lambda inner, part: inner.get(part, {}), path, wording)
        if last not in place:
            raise DefinitionError(f"assistant/chat/texts.yml: Chainlit has no wording called {key}.")
        place[last] = text
    return wording


def _chainlit() -> Path:
    spec = find_spec("chainlit")
    if spec is None or spec.origin is None:
        raise PlatformError("The chat needs the package chainlit: run `make run`.")
    return Path(spec.origin).parent
