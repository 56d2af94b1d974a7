"""The members of a zip file: which of them are files of data, and one of them unpacked."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.source import Original, too_large
from kpi.errors import LoadRefused

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty archive
UNPACKED_TIMES = 10  # an archive may unpack to this many times the size that is accepted for a file
DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
_BLOCK = 1 << 20
_MOST_MEMBERS = 1000
_MOST_FILES = 50
_DATA = frozenset({".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".parquet", ""})


def members(path: Path, name: str) -> list[zipfile.ZipInfo]:
    """Everything in the archive. Raises LoadRefused (unreadable)."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except DAMAGED as error:
        raise LoadRefused("unreadable", f"{name} is a damaged zip file. Download it again.") from error
    if len(found) > _MOST_MEMBERS:
        raise LoadRefused("unreadable", f"{name} holds {len(found):,} files. Load the ones with data by themselves.")
    return found


def data_members(path: Path, name: str) -> list[zipfile.ZipInfo]:
    """The files of data by name; what archivers and platforms add (folders, notes, pictures) doesn't count.

    Where no ending speaks of data, all files.
    """
    files = [
        member
        for member in members(path, name)
        if not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in member.filename.split("/"))
    ]
    if not files:
        raise LoadRefused("empty", f"{name} holds no file. Export it again.")
    return [file for file in files if PurePosixPath(file.filename.lower()).suffix in _DATA] or files


def packed_files(original: Original, max_mb: int) -> tuple[str, ...]:
    """The names of the files of data in a zip, in their order; none where it is a workbook or no zip."""
    with original.path.open("rb") as file:
        if file.read(4) not in MAGIC:
            return ()
    names = {member.filename for member in members(original.path, original.file_name)}
    if not names.isdisjoint(("[Content_Types].xml", "content.xml")):
        return ()
    found = data_members(original.path, original.file_name)
    if len(found) > _MOST_FILES:
        message = f"{original.file_name} holds {len(found)} files of data; {_MOST_FILES} at a time are accepted."
        raise LoadRefused("too_large", message)
    if sum(member.file_size for member in found) > UNPACKED_TIMES * max_mb << 20:
        raise too_large(f"{original.file_name}, unpacked,", UNPACKED_TIMES * max_mb)
    return tuple(sorted(member.filename for member in found))


def unpack_one(archive: Original, member: str, scratch: Path, max_mb: int) -> Original:
    """One file of an archive as a file of its own, named after both. Raises LoadRefused (unreadable, too_large)."""
    target, name = scratch / "member", f"{archive.file_name}/{PurePosixPath(member).name}"
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(archive.path) as opened, opened.open(member) as file:
            size = write(file, target, name, max_mb, digest)
    except DAMAGED as error:
        raise LoadRefused("unreadable", f"{name} can't be unpacked: it is damaged or encrypted.") from error
    return Original(target, name, digest.hexdigest(), size)


def write(file: IO[bytes], target: Path, name: str, max_mb: int, digest: hashlib._Hash | None = None) -> int:
    """Count what really comes out: what an archive says of itself may be a lie."""
    limit, written = UNPACKED_TIMES * max_mb << 20, 0
    with target.open("wb") as out:
        while block := file.read(_BLOCK):
            written += len(block)
            if written > limit:
                raise too_large(f"{name}, unpacked,", UNPACKED_TIMES * max_mb)
            out.write(block)
            if digest is not None:
                digest.update(block)
    if not written:
        raise LoadRefused("empty", f"{name} holds an empty file. Export it again.")
    return written
