"""Files of the import folder that may be new: each with a key that changes when the file does."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from kpi.settings import Settings

_SETTLED_SECONDS = 5.0  # a file that is still being written is left for the next look
_LOADABLE = frozenset({".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".parquet"})


def found_files(settings: Settings, now: float | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Idempotency key and parameters of each loadable file, by name. Hidden files and links are left out."""
    folder: Path | None = settings.import_folder
    if folder is None or not folder.is_dir():
        return []
    files = (file for file in sorted(folder.rglob("*")) if _is_loadable(file, folder))
    return [_found(file, folder) for file in files if (now or time.time()) - file.stat().st_mtime > _SETTLED_SECONDS]


def _is_loadable(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and not file.is_symlink() and file.is_file() and file.suffix.lower() in _LOADABLE


def _found(file: Path, folder: Path) -> tuple[str, dict[str, Any]]:
    status, path = file.stat(), file.relative_to(folder).as_posix()
    return f"file:{path}:{status.st_size}:{status.st_mtime_ns}", {"import_path": path}
