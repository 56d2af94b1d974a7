"""A file that was dropped into a chat and waits for the person's decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import chainlit as cl


@dataclass
class PendingFile:
    """``options`` are what the person has said of it so far, as ``ingest_file.load`` takes them; ``buttons`` decide."""

    path: str
    name: str
    question: str  # typed along with the file; offered as a chip once the file is loaded
    options: dict[str, Any] = field(default_factory=dict)
    buttons: list[cl.Action] = field(default_factory=list)
    id: str = field(default_factory=lambda: uuid4().hex)
