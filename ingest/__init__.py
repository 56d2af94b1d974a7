"""Files to facts: read, judged, planned and stored in one transaction. See ``docs/loading.md``."""

from ingest.audit import get_batch, list_batches, rejects_csv
from ingest.completeness import completeness
from ingest.format import DateOrder
from ingest.loading import load, preview
from ingest.places import Address, Imported, Place
from ingest.report import Batch, Completeness, LoadReport, Preview, RevertReport
from ingest.revert import revert, rows_to_restore

__all__ = [
    "Address",
    "Batch",
    "Completeness",
    "DateOrder",
    "Imported",
    "LoadReport",
    "Place",
    "Preview",
    "RevertReport",
    "completeness",
    "get_batch",
    "list_batches",
    "load",
    "preview",
    "rejects_csv",
    "revert",
    "rows_to_restore",
]
