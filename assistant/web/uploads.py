"""An uploaded file on its way to the loader: a safe name, a path to read, a fingerprint."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

from fastapi import UploadFile

from tools.ingest_file import Place

_LONGEST_NAME = 200


@contextmanager
def kept(upload: UploadFile) -> Iterator[Path]:
    """The upload as a file on disk for as long as the block runs."""
    with tempfile.NamedTemporaryFile(prefix="upload-") as target:
        upload.file.seek(0)
        shutil.copyfileobj(upload.file, target)
        target.flush()
        yield Path(target.name)


def safe_name(upload: UploadFile) -> str:
    """The last part of the name that the client sent, printable; never a path."""
    name = PureWindowsPath(upload.filename or "").name  # splits at both kinds of slashes
    printable = "".join(character for character in name if character.isprintable())
    return printable[-_LONGEST_NAME:].lstrip(".") or "upload"


def fingerprint(place: Place, *fields: object) -> str:
    """Equal for the same bytes, or the same address or path to import, with the same fields."""
    if not isinstance(place, Path):
        return hashlib.sha256(repr((place, fields)).encode()).hexdigest()
    with place.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(repr(fields).encode())
    return digest.hexdigest()
