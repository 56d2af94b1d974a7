"""A file as it came, copied aside so that nobody changes it while it is read; and the text that was found in it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.progress import Progress
from kpi.errors import LoadRefused

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Original:
    """Our own copy of the bytes."""

    path: Path
    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Source:
    """A text with one table: the original itself, or what was unpacked of it. ``encoding`` is Python's name of it."""

    path: Path
    original: Original
    encoding: str
    sheet: str | None = None  # of a workbook

    @property
    def file_name(self) -> str:
        return self.original.file_name

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def take(path: Path, scratch: Path, file_name: str | None, max_mb: int, progress: Progress) -> Original:
    """Copy ``path`` into ``scratch``. Raises LoadRefused for what is no ordinary file of acceptable size."""
    name = file_name or path.name
    size = _ordinary(path, name).st_size
    if size > max_mb << 20:
        raise too_large(name, max_mb)
    copy = scratch / "original"
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            before = os.fstat(source.fileno())
            sha256, copied = _copy(source, target, max_mb << 20, size, progress)
            after = os.fstat(source.fileno())
    except OSError as error:
        raise LoadRefused("unreadable", f"{name} can't be read: {error.strerror}.") from error
    if copied > max_mb << 20:
        raise too_large(name, max_mb)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or copied != after.st_size:
        raise LoadRefused("unreadable", f"{name} changed while it was read. Load it again when it is complete.")
    if not copied:
        raise LoadRefused("empty", f"{name} is empty (0 bytes). Export it again.")
    return Original(copy, name, sha256, copied)


def too_large(name: str, max_mb: int) -> LoadRefused:
    return LoadRefused(
        "too_large", f"{name} is larger than {max_mb} MB. Split it by period, or raise the setting MAX_UPLOAD_MB."
    )


def _ordinary(path: Path, name: str) -> os.stat_result:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise LoadRefused("unreadable", f"There is no file {name}. Check the path.") from error
    if stat.S_ISDIR(status.st_mode):
        raise LoadRefused("unreadable", f"{name} is a folder. Name the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise LoadRefused("unreadable", f"{name} is not an ordinary file. Save the data to a file and load that.")
    return status


def _copy(source: BinaryIO, target: BinaryIO, limit: int, size: int, progress: Progress) -> tuple[str, int]:
    """The digest and the number of bytes copied: no more than a block beyond ``limit`` where the file grows."""
    digest, copied = hashlib.sha256(), 0
    while copied <= limit and (block := source.read(_BLOCK)):
        digest.update(block)
        target.write(block)
        copied += len(block)
        progress("reading", copied / max(size, copied))
    return digest.hexdigest(), copied
