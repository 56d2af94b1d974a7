"""Structured log lines: one JSON object a line on standard error, for requests and loads alike."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

_logger = logging.getLogger("platform")


def new_id() -> str:
    """A short id that a log line and the answer or batch it is about both carry."""
    return uuid4().hex[:12]


def record(event: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Log one event. Fields are plain values; what a person typed is cut to 200 characters by the caller."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
    _logger.log(level, json.dumps(line, default=str, ensure_ascii=False))


def switch_on(level: str) -> None:
    """Send the lines to standard error from the given level on; done once by each entry point that serves."""
    if not _logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        _logger.addHandler(handler)
        _logger.propagate = False
    _logger.setLevel(level.upper())


def trace(error: BaseException) -> str:
    """The traceback as text, for the log alone."""
    return "".join(traceback.format_exception(error))
