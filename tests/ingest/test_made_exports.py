"""Many small exports (``made_exports.yml``): each gives the totals worked out by hand, or the right reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import ingest
from kpi.settings import Settings
from kpi.workspace import Workspace

CASES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("made_exports.yml").read_text("utf-8"))
TOLERANCE = 0.02


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One for all: previews change nothing."""
    opened = Workspace.open(tmp_path_factory.mktemp("previews"), Settings(_env_file=None))
    yield opened
    opened.close()


@pytest.mark.parametrize("name", CASES)
def test_a_made_export_reads_right(workspace: Workspace, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    path = tmp_path / "export.csv"
    path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    report = ingest.preview(workspace, path)
    if "refused" in case:
        reasons = case["refused"] if isinstance(case["refused"], list) else [case["refused"]]
        assert report.status == "refused" and report.reason in reasons, (report.status, report.reason, report.message)
        assert report.message and "\n" not in report.message
        return
    assert report.status == "ready", report.message
    assert report.period is not None
    found = {
        "format": report.format,
        "rows": report.rows_loaded,
        "currency": report.currency,
        "period": [str(report.period.start), str(report.period.end)],
    }
    assert {key: found[key] for key in found if key in case} == {key: case[key] for key in found if key in case}
    for measure, total in case.get("totals", {}).items():
        assert report.totals[measure] == (None if total is None else pytest.approx(total, abs=TOLERANCE)), measure
