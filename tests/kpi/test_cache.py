"""The result cache: the same answer without a query, and never an answer from before a write."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from assistant import Assistant
from kpi.cache import ResultCache
from kpi.query import MetricQuery

JUNE = {"start": "2025-06-01", "end": "2025-06-04"}
SPEND = MetricQuery.model_validate({"metrics": ["spend"], "period": JUNE})
CLICKS = MetricQuery.model_validate({"metrics": ["clicks"], "period": JUNE})


def test_the_same_question_is_computed_once(small: Assistant) -> None:
    assert small.engine.run(SPEND) is small.engine.run(SPEND)


def test_a_load_makes_the_answer_new(small: Assistant, tmp_path: Path) -> None:
    assert small.engine.run(SPEND).result.rows == ({"spend": 530.0},)
    file = tmp_path / "more.csv"
    file.write_text("date,platform,account,campaign,spend\n2025-06-03,TikTok,Main,New,70\n", encoding="utf-8")
    assert small.load_file(file).status == "loaded"
    assert small.engine.run(SPEND).result.rows == ({"spend": 600.0},)


def test_a_decision_makes_the_answer_new(small: Assistant) -> None:
    before = small.engine.run(SPEND)
    small.workspace.set_conversion_value(Decimal(5))
    assert small.engine.run(SPEND) is not before


def test_a_value_read_before_a_write_is_not_kept() -> None:
    cache: ResultCache[str] = ResultCache()
    cache.put(2, SPEND, "new", 1)
    cache.put(1, SPEND, "old", 1)
    assert cache.get(2, SPEND) == "new"
    assert cache.get(1, SPEND) is None


def test_the_least_recently_used_goes_when_it_is_full() -> None:
    cache: ResultCache[str] = ResultCache(most_cells=10)
    cache.put(1, SPEND, "spend", 6)
    cache.put(1, CLICKS, "clicks", 6)
    assert cache.get(1, SPEND) is None
    assert cache.get(1, CLICKS) == "clicks"
