"""Loading a file and undoing it, for the surfaces: they ask the person first, then call these."""

from __future__ import annotations

from ingest import Batch, LoadReport, Preview, RevertReport, get_batch, list_batches, load, preview, rejects_csv, revert

__all__ = [
    "Batch",
    "LoadReport",
    "Preview",
    "RevertReport",
    "get_batch",
    "list_batches",
    "load",
    "preview",
    "rejects_csv",
    "revert",
]
