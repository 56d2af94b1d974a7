"""Conditions on changes and shares, one condition or the other, leaders of each group, columns beside a metric.

The expected values are added up by hand from the five rows of the ``small`` fixture.
"""

from __future__ import annotations

from typing import Any

import pytest

from assistant import Assistant
from kpi.errors import InvalidQuery
from kpi.query import MetricQuery

FIRST_DAYS = {"start": "2025-06-01", "end": "2025-06-02"}
LAST_DAYS = {"start": "2025-06-03", "end": "2025-06-04"}
JUNE_1_TO_4 = {"start": "2025-06-01", "end": "2025-06-04"}


def rows(assistant: Assistant, **query: Any) -> list[dict[str, Any]]:
    asked = MetricQuery.model_validate({"period": JUNE_1_TO_4, **query})
    return [dict(row) for row in assistant.engine.run(asked).result.rows]


def test_condition_on_a_change_filters_by_the_movement(small: Assistant) -> None:
    fell = [{"metric": "spend_change", "op": "<", "values": [0]}]
    asked = {"dimensions": ["campaign"], "period": LAST_DAYS, "comparison": FIRST_DAYS}
    assert [r["campaign"] for r in rows(small, metrics=["spend"], filters=fell, **asked)] == ["Brand_Search"]
    # Prospecting had no spend before, so its change is unknown and meets no condition.
    rose = [{"metric": "spend_change", "op": ">", "values": [0]}]
    assert [r["campaign"] for r in rows(small, metrics=["clicks"], filters=rose, **asked)] == ["Retargeting"]


def test_condition_on_a_share_is_of_all_members(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["campaign"],
        filters=[{"metric": "spend_share", "op": ">", "values": [0.3]}],
        extras=[{"kind": "share", "metric": "spend"}],
    )
    assert [(r["campaign"], r["spend_share"]) for r in found] == [
        ("Brand_Search", 300 / 530),
        ("Retargeting", 200 / 530),
    ]


def test_one_condition_or_the_other(small: Assistant) -> None:
    either = {
        "any_of": [{"metric": "spend", "op": "<", "values": [50]}, {"metric": "roas", "op": ">", "values": [2.2]}]
    }
    found = rows(small, metrics=["spend"], dimensions=["campaign"], filters=[either])
    assert [r["campaign"] for r in found] == ["Retargeting", "Prospecting"]  # 450/200 = 2.25; 30 < 50


def test_leader_of_each_group(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["platform", "campaign"],
        top={"dimension": "campaign", "by": "spend", "descending": True, "n": 1, "within": ["platform"]},
    )
    assert [(r["platform"], r["campaign"], r["spend"]) for r in found] == [
        ("Google", "Retargeting", 200.0),
        ("Meta", "Brand_Search", 300.0),
    ]


def test_leader_of_each_day(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["campaign"],
        grain="day",
        filters=[{"metric": "spend", "op": ">", "values": [0]}],
        top={"dimension": "campaign", "by": "spend", "descending": False, "n": 1, "within": ["period"]},
    )
    assert [(r["period"], r["campaign"]) for r in found] == [
        ("2025-06-01", "Retargeting"),
        ("2025-06-02", "Brand_Search"),
        ("2025-06-04", "Prospecting"),
    ]


def test_leaders_within_what_is_not_broken_down_are_refused(small: Assistant) -> None:
    top = {"dimension": "campaign", "by": "spend", "n": 1, "within": ["platform"]}
    with pytest.raises(InvalidQuery):
        rows(small, metrics=["spend"], dimensions=["campaign"], top=top)


def test_growth_is_against_the_day_before(small: Assistant) -> None:
    found = rows(small, metrics=["spend"], grain="day", extras=[{"kind": "growth", "metric": "spend"}])
    assert [r["spend_growth"] for r in found] == [None, 50 / 150, -1.0, None]  # 150, 200, 0, 180


def test_per_month_needs_whole_months(small: Assistant) -> None:
    extras = [{"kind": "per_month", "metric": "spend"}]
    june = {"start": "2025-06-01", "end": "2025-06-30"}
    # Four of June's thirty days are loaded: 530 / 4 a day, thirty days a month.
    assert rows(small, metrics=["spend"], extras=extras, period=june)[0]["spend_per_month"] == pytest.approx(3975)
    with pytest.raises(InvalidQuery, match="whole months"):
        rows(small, metrics=["spend"], extras=extras)


def test_places_gained(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["campaign"],
        period=LAST_DAYS,
        comparison=FIRST_DAYS,
        extras=[{"kind": "rank", "metric": "spend"}, {"kind": "rank_change", "metric": "spend"}],
    )
    # Before: Brand_Search 300, Retargeting 50, Prospecting 0; now: Retargeting 150, Prospecting 30, Brand_Search 0.
    assert {r["campaign"]: (r["spend_rank"], r["spend_rank_change"]) for r in found} == {
        "Retargeting": (1, 1),
        "Prospecting": (2, 1),
        "Brand_Search": (3, -2),
    }


def test_extensions_leave_no_trace_where_they_are_unused() -> None:
    plain = MetricQuery.model_validate(
        {
            "metrics": ["spend"],
            "dimensions": ["campaign"],
            "grain": "day",
            "period": JUNE_1_TO_4,
            "top": {"dimension": "campaign", "by": "spend", "n": 1},
        }
    )
    assert set(plain.model_dump()["top"]) == {"dimension", "by", "descending", "n"}
    assert "extras" not in plain.model_dump(mode="json")


def test_a_missing_day_that_a_weekday_filter_leaves_out_is_not_missing(small: Assistant) -> None:
    """Loaded are 1 to 4 June 2025, a Sunday to a Wednesday; of the first week only Thursday to Saturday are missing."""
    week = {"start": "2025-06-01", "end": "2025-06-07"}
    mondays = [{"dimension": "day_of_week", "op": "in", "values": ["Monday"]}]
    weekends = [{"dimension": "day_type", "op": "in", "values": ["Weekend"]}]

    def missing(filters: list[dict[str, Any]]) -> list[str]:
        asked = MetricQuery.model_validate({"metrics": ["spend"], "period": week, "filters": filters})
        return [day.isoformat() for day in small.engine.run(asked).health.missing_days]

    assert missing([]) == ["2025-06-05", "2025-06-06", "2025-06-07"]
    assert missing(mondays) == []
    assert missing(weekends) == ["2025-06-07"]
