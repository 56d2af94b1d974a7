"""Whatever bytes a file holds: a report comes back, its counts add up, and what was refused left nothing behind."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from kpi.workspace import Workspace

CELLS = st.one_of(
    st.sampled_from(
        ["2025-06-01", "06/01/2025", "Meta", "1", "1,5", '"', '"a"', '""', "", "-", "=1", "Total", "€5", "'", "\\"]
    ),
    st.text(max_size=8),
)
LINES = st.lists(CELLS, max_size=7).map(",".join)
TABLES = st.builds(
    lambda header, lines, end, encoding: end.join([header, *lines]).encode(encoding, "replace"),
    st.sampled_from(
        [
            "date,platform,campaign,spend",
            "day;platform;cost",
            "date\tplatform\tspend\tclicks",
            '"date",spend,"plat',
            "Day,Campaign,Cost,Impr.,Clicks,Currency code",
            "Reporting starts,Reporting ends,Amount spent (EUR),Campaign name",
        ]
    ),
    st.lists(LINES, max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
PACKED = st.builds(
    bytes.__add__, st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"PAR1"]), st.binary(max_size=200)
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(TABLES, PACKED, st.binary(max_size=300)))
def test_a_load_always_ends_in_a_report(workspace: Workspace, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.csv"
        path.write_bytes(content)
        report = ingest.load(workspace, path, replace=True)
    assert report.status in {"loaded", "loaded_with_rejects", "duplicate", "refused"}
    if report.batch_id and report.status != "duplicate":
        assert report.rows_read == report.rows_loaded + report.rows_rejected + report.rows_skipped
        assert ingest.get_batch(workspace, report.batch_id).winning_rows == report.rows_loaded
        assert ingest.rejects_csv(workspace, report.batch_id).startswith("line,reason,")
        ingest.revert(workspace, report.batch_id)
    else:
        assert report.reason and report.message
    assert workspace.warehouse.query("SELECT count(*) AS n FROM facts") == [{"n": 0}]
