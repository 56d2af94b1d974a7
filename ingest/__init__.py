"""Files to facts: read, judged, planned and stored in one transaction. See ``docs/loading.md``."""

from ingest.audit import get_batch, list_batches, rejects_csv
from ingest.loading import load, preview
from ingest.report import Batch, LoadReport, Preview, RevertReport
from ingest.revert import revert

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
