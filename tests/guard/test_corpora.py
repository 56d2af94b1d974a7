"""The reference cases: no attack through, no ordinary question refused, every rewrite runs and says the same."""

from __future__ import annotations

import importlib.util
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi.errors import SqlRejected
from kpi.guard import validate

Case = dict[str, Any]


def _verdict(sql: str) -> str | None:
    """The rewritten text, or None where refused. Anything but SqlRejected fails the test."""
    try:
        return validate(sql)
    except SqlRejected:
        return None


@pytest.fixture(scope="module")
def reference(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    spec = importlib.util.spec_from_file_location("setup_db", shared / "guard" / "setup_db.py")
    assert spec is not None and spec.loader is not None
    setup = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(setup)
    path = tmp_path_factory.mktemp("guard") / "reference.duckdb"
    setup.build(str(path))
    return duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})


def test_every_attack_is_refused(guard_cases: list[Case]) -> None:
    attacks = [c for c in guard_cases if c["expect"] == "reject"]
    assert len(attacks) > 700
    assert [c["id"] for c in attacks if _verdict(c["sql"]) is not None] == []


def test_every_ordinary_question_is_accepted(guard_cases: list[Case]) -> None:
    questions = [c for c in guard_cases if c["expect"] == "accept"]
    refused = {c["id"]: c["level"] for c in questions if _verdict(c["sql"]) is None}
    assert [i for i, level in refused.items() if level == "must"] == []
    assert len(refused) <= 1  # a PIVOT without named values: DuckDB can't show its tree


def test_every_rewrite_runs_and_gives_the_rows_of_what_was_written(
    guard_cases: list[Case], reference: duckdb.DuckDBPyConnection
) -> None:
    for case in guard_cases:
        rewritten = _verdict(case["sql"]) if case["expect"] == "accept" else None
        if rewritten is None:
            continue
        rows = reference.execute(rewritten).fetchall()
        assert len(rows) <= 10_000, case["id"]
        if "LIMIT" not in case["sql"].upper() and "SAMPLE" not in case["sql"].upper():
            assert Counter(map(repr, rows)) == Counter(map(repr, reference.execute(case["sql"]).fetchall())), case["id"]


def test_no_case_takes_long(guard_cases: list[Case]) -> None:
    validate("SELECT 1")
    for case in guard_cases:
        start = time.process_time()
        _verdict(case["sql"])
        assert time.process_time() - start < 2, case["id"]
