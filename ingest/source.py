"""A file as it came: checked, copied aside so that nobody changes it while it is read, measured, its encoding known."""

from __future__ import annotations

import codecs
import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.format import rules
from ingest.progress import Progress
from kpi.errors import LoadRefused

_BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Source:
    """Our own copy of the bytes. ``encoding`` is Python's name of it."""

    path: Path
    file_name: str
    sha256: str
    size: int
    encoding: str


def take(path: Path, scratch: Path, file_name: str | None, max_mb: int, progress: Progress) -> Source:
    """Copy ``path`` into ``scratch``. Raises LoadRefused for what is no readable text file of acceptable size."""
    name = file_name or path.name
    size = _size(path, name)
    if size > max_mb << 20:
        raise _too_large(name, max_mb)
    copy = scratch / "original"
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            sha256, copied, is_utf8 = _copy(source, target, size, progress)
        if copied > max_mb << 20:  # it grew while it was read
            raise _too_large(name, max_mb)
    except OSError as error:
        raise LoadRefused("unreadable", f"{name} can't be read: {error.strerror}.") from error
    with copy.open("rb") as file:
        encoding = _encoding(file.read(4096), is_utf8, name)
    return Source(copy, name, sha256, copied, encoding)


def _size(path: Path, name: str) -> int:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise LoadRefused("unreadable", f"There is no file {name}. Check the path.") from error
    if stat.S_ISDIR(status.st_mode):
        raise LoadRefused("unreadable", f"{name} is a folder. Name the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise LoadRefused("unreadable", f"{name} is not an ordinary file. Save the data to a file and load that.")
    return status.st_size


def _too_large(name: str, max_mb: int) -> LoadRefused:
    return LoadRefused(
        "too_large", f"{name} is larger than {max_mb} MB. Split it by period, or raise the setting MAX_UPLOAD_MB."
    )


def _copy(source: BinaryIO, target: BinaryIO, size: int, progress: Progress) -> tuple[str, int, bool]:
    digest, decoder, copied, is_utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0, True
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
        copied += len(block)
        is_utf8 = is_utf8 and _decodes(decoder, block, final=False)
        progress("reading", copied / max(size, copied))
    return digest.hexdigest(), copied, is_utf8 and _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(start: bytes, is_utf8: bool, name: str) -> str:
    if not start:
        raise LoadRefused("empty", f"{name} is empty (0 bytes). Export it again.")
    for kind in rules().vocabulary.not_text:
        if start.startswith(bytes.fromhex(kind.starts_with)):
            raise LoadRefused("unreadable", kind.advice)
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding
    if b"\0" in start:
        return _utf16_without_bom(start, name)
    return "utf-8" if is_utf8 else "cp1252"


def _utf16_without_bom(start: bytes, name: str) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 4 or min(even, odd):
        raise LoadRefused("unreadable", f"{name} holds binary data, not text. Export it as CSV (UTF-8) and load that.")
    return "utf-16-le" if odd else "utf-16-be"
