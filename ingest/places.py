"""Where a file to load lies: on disk, at a web address, or in the server's import folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.progress import Progress
from kpi.settings import Settings

_IMPORT = "import:"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Address:
    """A web address; ``name`` shows its last part only, as queries may hold secrets."""

    url: str

    @property
    def name(self) -> str:
        try:
            parts = urlsplit(self.url)
            return _printable(PurePosixPath(unquote(parts.path)).name or parts.hostname or "") or "address"
        except ValueError:
            return "address"


@dataclass(frozen=True)
class Imported:
    """A path below the folder of the setting IMPORT_FOLDER."""

    path: str

    @property
    def name(self) -> str:
        return _printable(PurePosixPath(self.path).name) or "file"


Place = Path | Address | Imported


def read_place(text: str) -> Place:
    """What a person names in the terminal: an address, ``import:june/meta.csv``, or a path."""
    if re.match("[a-zA-Z]+://", text):
        return Address(text)
    return Imported(text.removeprefix(_IMPORT)) if text.startswith(_IMPORT) else Path(text)


def bring(place: Place, scratch: Path, settings: Settings, progress: Progress) -> Path:
    """The file of a place on our own disk. Raises LoadRefused (not_allowed, unreadable, too_large)."""
    if isinstance(place, Address):
        from ingest.download import download

        return download(place, scratch / "download", settings, progress)
    if isinstance(place, Imported):
        from ingest.import_folder import copy_imported

        return copy_imported(place, scratch / "imported", settings)
    return place


def _printable(name: str) -> str:
    return "".join(character for character in name if character.isprintable())[-_LONGEST_NAME:].lstrip(".")
