"""Files of the server's import folder: nothing outside it, by no kind of path and through no link."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ingest.source import too_large
from kpi.errors import LoadRefused
from kpi.settings import Settings

if TYPE_CHECKING:
    from ingest.places import Imported

_FOLDER = os.O_RDONLY | os.O_DIRECTORY
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # opening a pipe must not wait for a writer


def copy_imported(place: Imported, target: Path, settings: Settings) -> Path:
    """A copy of the file at ``target``. Raises LoadRefused (not_allowed, unreadable, too_large)."""
    if settings.import_folder is None:
        raise LoadRefused("not_allowed", "There is no import folder. Set IMPORT_FOLDER, or send the file itself.")
    file = _open(settings.import_folder, _parts(place), place.name)
    try:
        _copy(file, target, place.name, settings.max_upload_mb)
    finally:
        os.close(file)
    return target


def _copy(file: int, target: Path, name: str, max_mb: int) -> None:
    before = os.fstat(file)
    if not stat.S_ISREG(before.st_mode):
        raise LoadRefused("unreadable", f"{name} in the import folder is not an ordinary file.")
    if before.st_size > max_mb << 20:
        raise too_large(name, max_mb)
    with os.fdopen(os.dup(file), "rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    after = os.fstat(file)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise LoadRefused("unreadable", f"{name} changed while it was read. Load it again when it is complete.")


def _parts(place: Imported) -> tuple[str, ...]:
    path = PurePosixPath(place.path)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in place.path or "\\" in place.path:
        raise LoadRefused("not_allowed", "Name a file below the import folder, such as june/meta.csv, without “..”.")
    return path.parts


def _open(folder: Path, parts: tuple[str, ...], name: str) -> int:
    """Step by step from the folder down, so that a link swapped in meanwhile is not followed either."""
    opened: list[int] = []
    try:
        opened.append(os.open(folder, _FOLDER))
        for part in parts[:-1]:
            opened.append(os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=opened[-1]))
        return os.open(parts[-1], _FILE, dir_fd=opened[-1])
    except OSError as error:
        message = f"There is no file {name} at that path of the import folder (links are not followed)."
        raise LoadRefused("unreadable", message) from error
    finally:
        for one in opened:
            os.close(one)
