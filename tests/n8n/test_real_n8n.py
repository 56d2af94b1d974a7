"""Every workflow end to end through the real n8n, against the real app and stand-ins for the outside."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_a_file_of_the_import_folder_is_loaded(app: Any, n8n: Any) -> None:
    app.write("june.csv", "2025-06-01", spend=120.5)
    job = app.finished(app.ask_for("ingest-file", import_path="june.csv")["number"])
    assert job["state"] == "succeeded", f"{job}"
    assert (job["result"]["status"], job["result"]["totals"]["spend"]) == ("loaded", 120.5)
    assert job["execution"]


def test_a_path_outside_the_import_folder_fails_with_step_and_reason(app: Any, n8n: Any) -> None:
    job = app.finished(app.ask_for("ingest-file", import_path="../secrets.csv")["number"])
    assert (job["state"], job["step"]) == ("failed", "loading the file")
    assert "import folder" in job["reason"]


def test_503_is_tried_again_with_growing_pauses_under_one_key(app: Any, n8n: Any, front: Any) -> None:
    app.write("busy.csv", "2025-06-02")
    front.answer_next("/api/ingest", 503, 503)
    before = len(front.of("/api/ingest"))
    job = app.finished(app.ask_for("ingest-file", import_path="busy.csv")["number"])
    assert job["state"] == "succeeded", f"{job}"
    calls = front.of("/api/ingest")[before:]
    assert [status for *_, status in calls] == [503, 503, 200]
    assert len({key for _, _, key, _ in calls}) == 1
    first, second = calls[1][0] - calls[0][0], calls[2][0] - calls[1][0]
    assert first >= 0.9
    assert second >= 1.8


def test_4xx_is_not_tried_again(app: Any, n8n: Any, front: Any) -> None:
    front.answer_next("/api/ingest", 422)
    before = len(front.of("/api/ingest"))
    job = app.finished(app.ask_for("ingest-file", import_path="any.csv")["number"])
    assert job["state"] == "failed"
    assert job["reason"] == "told to fail"
    assert len(front.of("/api/ingest")) == before + 1
