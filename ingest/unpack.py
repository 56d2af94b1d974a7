"""The texts in a file: itself, what gzip or zip holds, the sheets of a workbook, the rows of a Parquet file."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from ingest.encoding import encoding_of
from ingest.parquet import write_parquet_as_csv
from ingest.source import Original, Source, too_large
from ingest.workbook import write_sheets
from kpi.errors import LoadRefused

_BLOCK = 1 << 20
_UNPACKED_TIMES = 10  # an archive may unpack to this many times the size that is accepted for a file
_MOST_LAYERS = 3  # a zip of a gzip, say; archives within archives have no end
_MOST_MEMBERS = 1000
_GZIP, _ZIP, _PARQUET = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06"), b"PAR1"  # the second zip is an empty one


def texts(original: Original, scratch: Path, max_mb: int) -> Iterator[Source]:
    """One or more tables as text, the likeliest first. Raises LoadRefused (unreadable, too_large)."""
    path = original.path
    for layer in range(_MOST_LAYERS):
        kind = _first_bytes(path)
        if kind == _PARQUET:
            yield Source(write_parquet_as_csv(path, scratch / "rows.csv", original.file_name), original, "utf-8")
            return
        if kind in _ZIP and _is_workbook(path, original.file_name):
            yield from (Source(sheet, original, "utf-8") for sheet in write_sheets(path, scratch, original.file_name))
            return
        if not kind.startswith(_GZIP) and kind not in _ZIP:
            yield Source(path, original, encoding_of(path, original.file_name))
            return
        path = _unpacked(path, scratch / f"unpacked-{layer}", original.file_name, max_mb, zipped=kind in _ZIP)
    raise LoadRefused("unreadable", f"{original.file_name} is packed {_MOST_LAYERS} times over. Unpack it first.")


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _is_workbook(path: Path, name: str) -> bool:
    names = {member.filename for member in _members(path, name)}
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise LoadRefused("unreadable", f"{name} is a spreadsheet of another kind. Save it as .xlsx or CSV.")
    return "xl/workbook.xml" in names


def _unpacked(path: Path, target: Path, name: str, max_mb: int, *, zipped: bool) -> Path:
    try:
        if zipped:
            with zipfile.ZipFile(path) as archive, archive.open(_only_member(path, name)) as file:
                return _write(file, target, name, max_mb)
        with gzip.open(path) as file:
            return _write(cast(IO[bytes], file), target, name, max_mb)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise LoadRefused("unreadable", f"{name} can't be unpacked: it is damaged or encrypted.") from error


def _members(path: Path, name: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise LoadRefused("unreadable", f"{name} is a damaged zip file. Download it again.") from error
    if len(members) > _MOST_MEMBERS:
        raise LoadRefused("unreadable", f"{name} holds {len(members):,} files. Load the ones with data by themselves.")
    return members


def _only_member(path: Path, name: str) -> zipfile.ZipInfo:
    """The one file of data; what archivers add for themselves doesn't count."""
    files = [
        member
        for member in _members(path, name)
        if not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in member.filename.split("/"))
    ]
    if not files:
        raise LoadRefused("empty", f"{name} holds no file. Export it again.")
    if len(files) > 1:
        shown = ", ".join(member.filename.rsplit("/", 1)[-1][:60] for member in files[:3])
        raise LoadRefused(
            "unreadable", f"{name} holds {len(files)} files ({shown}). Unpack it and load each by itself."
        )
    return files[0]


def _write(file: IO[bytes], target: Path, name: str, max_mb: int) -> Path:
    """Count what really comes out: what an archive says of itself may be a lie."""
    limit, written = _UNPACKED_TIMES * max_mb << 20, 0
    with target.open("wb") as out:
        while block := file.read(_BLOCK):
            written += len(block)
            if written > limit:
                raise too_large(f"{name}, unpacked,", _UNPACKED_TIMES * max_mb)
            out.write(block)
    if not written:
        raise LoadRefused("empty", f"{name} holds an empty file. Export it again.")
    return target
