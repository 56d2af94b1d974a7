"""The texts in a file: itself, what gzip or zip holds, the sheets of a workbook, the rows of a Parquet file."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from ingest.archive import DAMAGED, MAGIC, data_members, members, write
from ingest.encoding import encoding_of
from ingest.parquet import write_parquet_as_csv
from ingest.source import Original, Source
from ingest.workbook import write_sheets
from kpi.errors import LoadRefused

_MOST_LAYERS = 3  # a zip of a gzip, say; archives within archives have no end
_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"


def texts(original: Original, scratch: Path, max_mb: int) -> Iterator[Source]:
    """One or more tables as text, the likeliest first. Raises LoadRefused (unreadable, too_large)."""
    path = original.path
    for layer in range(_MOST_LAYERS):
        kind = _first_bytes(path)
        if kind == _PARQUET:
            yield Source(write_parquet_as_csv(path, scratch / "rows.csv", original.file_name), original, "utf-8")
            return
        if kind in MAGIC and _is_workbook(path, original.file_name):
            for sheet, title in write_sheets(path, scratch, original.file_name):
                yield Source(sheet, original, "utf-8", title)
            return
        if not kind.startswith(_GZIP) and kind not in MAGIC:
            yield Source(path, original, encoding_of(path, original.file_name))
            return
        path = _unpacked(path, scratch / f"unpacked-{layer}", original.file_name, max_mb, zipped=kind in MAGIC)
    raise LoadRefused("unreadable", f"{original.file_name} is packed {_MOST_LAYERS} times over. Unpack it first.")


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _is_workbook(path: Path, name: str) -> bool:
    names = {member.filename for member in members(path, name)}
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise LoadRefused("unreadable", f"{name} is a spreadsheet of another kind. Save it as .xlsx or CSV.")
    return "xl/workbook.xml" in names


def _unpacked(path: Path, target: Path, name: str, max_mb: int, *, zipped: bool) -> Path:
    try:
        if zipped:
            with zipfile.ZipFile(path) as archive, archive.open(_only_member(path, name)) as file:
                write(file, target, name, max_mb)
            return target
        with gzip.open(path) as file:
            write(cast(IO[bytes], file), target, name, max_mb)
            return target
    except DAMAGED as error:
        raise LoadRefused("unreadable", f"{name} can't be unpacked: it is damaged or encrypted.") from error


def _only_member(path: Path, name: str) -> zipfile.ZipInfo:
    files = data_members(path, name)
    if len(files) > 1:  # of the archive itself each is a load of its own; deeper down they would get lost
        shown = ", ".join(member.filename.rsplit("/", 1)[-1][:60] for member in files[:3])
        raise LoadRefused("unreadable", f"{name} holds an archive with {len(files)} files ({shown}). Unpack it first.")
    return files[0]
