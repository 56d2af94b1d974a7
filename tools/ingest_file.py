"""Loading a file and undoing it, for the surfaces: they ask the person first, then call these."""

from __future__ import annotations

from ingest import (
    Address,
    Batch,
    DateOrder,
    Imported,
    LoadReport,
    Place,
    Preview,
    RevertReport,
    get_batch,
    list_batches,
    load,
    preview,
    rejects_csv,
    revert,
)

__all__ = [
    "Address",
    "Batch",
    "DateOrder",
    "Imported",
    "LoadReport",
    "Place",
    "Preview",
    "RevertReport",
    "get_batch",
    "list_batches",
    "load",
    "preview",
    "rejects_csv",
    "revert",
]
