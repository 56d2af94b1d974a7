"""The result cache: the same answer without a query, a load makes exactly the affected answers new, none is too old."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from kpi.cache import ResultCache
from kpi.freshness import Changes
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
    cache: ResultCache[str] = ResultCache(Changes())
    cache.put(2, SPEND, "new", 1)
    cache.put(1, SPEND, "old", 1)
    assert cache.get(2, SPEND) == "new"
    assert cache.get(1, SPEND) is None


def test_the_least_recently_used_goes_when_it_is_full() -> None:
    cache: ResultCache[str] = ResultCache(Changes(), most_cells=10)
    cache.put(1, SPEND, "spend", 6)
    cache.put(1, CLICKS, "clicks", 6)
    assert cache.get(1, SPEND) is None
    assert cache.get(1, CLICKS) == "clicks"


LOADED = "date,platform,account,campaign,spend\n2025-06-03,TikTok,Main,New,70\n"
META = [{"dimension": "platform", "op": "in", "values": ["Meta"]}]
NOT_TIKTOK = [{"dimension": "platform", "op": "not in", "values": ["TikTok"]}]
SHARE = [{"kind": "share", "metric": "spend"}]


def asked(**parts: Any) -> MetricQuery:
    return MetricQuery.model_validate({"metrics": ["spend"], "period": JUNE, **parts})


@pytest.mark.parametrize(
    "untouched",
    [
        asked(filters=META),
        asked(period={"start": "2025-06-01", "end": "2025-06-02"}),
        asked(
            period={"start": "2025-06-04", "end": "2025-06-04"}, comparison={"start": "2025-06-01", "end": "2025-06-01"}
        ),
    ],
)
def test_a_load_leaves_answers_that_read_none_of_its_days(
    small: Assistant, tmp_path: Path, untouched: MetricQuery
) -> None:
    before = small.engine.run(untouched)
    (tmp_path / "more.csv").write_text(LOADED, encoding="utf-8")
    assert small.load_file(tmp_path / "more.csv").status == "loaded"
    after = small.engine.run(untouched)
    assert after.result.rows is before.result.rows  # not computed again
    assert after.result.data_version == small.data_version() != before.result.data_version


@pytest.mark.parametrize(
    "touched",
    [
        asked(),
        asked(dimensions=["platform"]),
        asked(
            period={"start": "2025-06-04", "end": "2025-06-04"}, comparison={"start": "2025-06-03", "end": "2025-06-03"}
        ),
        asked(filters=META, dimensions=["platform"], extras=SHARE),  # a share is one of the whole
        asked(period={"start": "2025-06-01", "end": "2025-06-30"}, grain="week"),
    ],
)
def test_a_load_makes_answers_new_that_read_one_of_its_days(
    small: Assistant, tmp_path: Path, touched: MetricQuery
) -> None:
    before = small.engine.run(touched)
    (tmp_path / "more.csv").write_text(LOADED, encoding="utf-8")
    assert small.load_file(tmp_path / "more.csv").status == "loaded"
    assert small.engine.run(touched).result.rows != before.result.rows


def test_a_revert_makes_the_answer_new(small: Assistant, tmp_path: Path) -> None:
    from ingest import revert

    (tmp_path / "more.csv").write_text(LOADED, encoding="utf-8")
    batch_id = small.load_file(tmp_path / "more.csv").batch_id
    assert small.engine.run(SPEND).result.rows == ({"spend": 600.0},)
    revert(small.workspace, batch_id)
    assert small.engine.run(SPEND).result.rows == ({"spend": 530.0},)


def test_what_was_read_before_forgotten_changes_is_stale() -> None:
    changes = Changes()
    for generation in range(1, 1000):
        changes.note(generation, [])
    assert changes.leave(SPEND, 998, 999)
    assert not changes.leave(SPEND, 1, 999)
