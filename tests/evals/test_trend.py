"""The trend: a point a commit, and a drawing of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals import trend
from evals.compare.reason import Reason
from evals.outcome import Outcome
from evals.report.trend_chart import chart
from evals.score import score


@pytest.fixture
def scores(case: Any, answer: Any) -> Any:
    wrong = ((Reason.WRONG_METRIC, ""),)
    return score([Outcome(case(), "a", answer(), (), 2.0), Outcome(case(), "b", answer(), wrong, 4.0)])


def test_a_commit_has_one_point_and_older_ones_stay(tmp_path: Path, scores: Any, monkeypatch: Any) -> None:
    file = tmp_path / "docs" / "trend.csv"
    for commit in ("aaa", "bbb", "bbb"):
        monkeypatch.setattr(trend, "_head", lambda commit=commit: (commit, trend.date(2025, 7, 1)))
        points = trend.add(file, scores)
    assert [point.commit for point in points] == ["aaa", "bbb"]
    assert points == trend.read(file)
    assert (points[0].questions, points[0].accuracy, points[0].silently_wrong, points[0].p50_ms) == (2, 0.5, 0.5, 3.0)


def test_this_checkout_has_a_commit_and_a_day() -> None:
    commit, day = trend._head()
    assert (commit, day.year > 2000) != ("", False)


def test_a_higher_share_is_drawn_higher(scores: Any, monkeypatch: Any, tmp_path: Path) -> None:
    (point,) = trend.add(tmp_path / "trend.csv", scores)
    better = point.model_copy(update={"commit": "bbb", "accuracy": 1.0})
    drawn = chart([point, better])
    assert 'points="0,120 640,0"' in drawn
    assert "Accuracy from 50.0% to 100.0% over 2 commits" in drawn


def test_without_points_it_says_so() -> None:
    assert "--trend" in chart([])
