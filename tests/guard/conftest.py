"""What the guard's tests share: one line that must be refused, and the reference cases beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpi.errors import SqlRejected
from kpi.guard import validate

Case = dict[str, Any]


@pytest.fixture(scope="session")
def refused() -> Callable[[str], str]:
    """Give back the line a person reads; fail where the SQL is let through."""

    def check(sql: str) -> str:
        with pytest.raises(SqlRejected) as caught:
            pytest.fail(f"let through as: {validate(sql)}")
        line = str(caught.value)
        assert line and "\n" not in line and "Error" not in line and "LINE" not in line
        return line

    return check


@pytest.fixture(scope="session")
def guard_cases(shared: Path) -> list[Case]:
    """Statements with the verdict of a safe guard; the reject rows do damage, so they are validated, never run."""
    files = sorted((shared / "guard").glob("corpus*_public.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
