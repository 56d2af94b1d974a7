"""The compiled SQL against numbers added up by hand (the `small` data of tests/conftest.py)."""

from __future__ import annotations

from typing import Any

import pytest

from assistant import Assistant
from kpi.errors import InvalidQuery, RevenueUnknown
from kpi.query import MetricQuery

JUNE = {"start": "2025-06-01", "end": "2025-06-04"}


def rows(assistant: Assistant, **parts: Any) -> list[dict[str, Any]]:
    query = MetricQuery.model_validate({"period": JUNE, **parts})
    return list(assistant.engine.run(query).result.rows)


def test_ratios_are_ratios_of_sums(small: Assistant) -> None:
    assert rows(small, metrics=["cac", "roas", "ctr", "cpm"]) == [
        {"cac": 530 / 16, "roas": 1140 / 530, "ctr": 165 / 4500, "cpm": 1000 * 530 / 4500}
    ]


def test_zero_denominator_is_null(small: Assistant) -> None:
    day = {"start": "2025-06-01", "end": "2025-06-01"}
    found = rows(small, metrics=["cac"], dimensions=["platform"], period=day)
    assert found == [{"platform": "Meta", "cac": 25.0}, {"platform": "Google", "cac": None}]


def test_sums_are_sorted_largest_first_and_ratios_bad_end_first(small: Assistant) -> None:
    assert [r["platform"] for r in rows(small, metrics=["spend"], dimensions=["platform"])] == ["Meta", "Google"]
    assert [r["platform"] for r in rows(small, metrics=["cac"], dimensions=["platform"])] == ["Google", "Meta"]
    assert [r["platform"] for r in rows(small, metrics=["roas"], dimensions=["platform"])] == ["Meta", "Google"]


def test_exclusion_and_filter(small: Assistant) -> None:
    left_out = [{"dimension": "platform", "op": "not in", "values": ["Meta"]}]
    kept = [{"dimension": "country", "op": "in", "values": ["US", "MX"]}]
    assert rows(small, metrics=["spend"], filters=left_out) == [{"spend": 200.0}]
    assert rows(small, metrics=["spend"], filters=kept) == [{"spend": 330.0}]


def test_condition_on_a_metric_is_on_the_group_not_the_row(small: Assistant) -> None:
    found = rows(
        small, metrics=["spend"], dimensions=["campaign"], filters=[{"metric": "spend", "op": ">=", "values": [200]}]
    )
    assert [r["campaign"] for r in found] == ["Brand_Search", "Retargeting"]


def test_comparison_in_one_statement_keeps_members_of_either_period(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["campaign"],
        period={"start": "2025-06-03", "end": "2025-06-04"},
        comparison={"start": "2025-06-01", "end": "2025-06-02"},
    )
    assert found == [
        {"campaign": "Retargeting", "spend": 150.0, "spend_previous": 50.0, "spend_change": 2.0},
        {"campaign": "Prospecting", "spend": 30.0, "spend_previous": 0, "spend_change": None},
        {"campaign": "Brand_Search", "spend": 0, "spend_previous": 300.0, "spend_change": -1.0},
    ]


def test_trend_fills_loaded_days_with_zero_for_sums_and_a_gap_for_ratios(small: Assistant) -> None:
    found = rows(small, metrics=["spend", "cac"], grain="day", period={"start": "2025-05-30", "end": "2025-06-05"})
    assert [(r["period"], r["spend"], r["cac"]) for r in found] == [
        ("2025-06-01", 150.0, 37.5),
        ("2025-06-02", 200.0, 200 / 6),
        ("2025-06-03", 0, None),
        ("2025-06-04", 180.0, 30.0),
    ]


def test_days_nobody_loaded_have_no_row_in_a_trend(small: Assistant) -> None:
    found = rows(small, metrics=["spend"], grain="day", period={"start": "2025-05-01", "end": "2025-05-31"})
    assert found == []


def test_weeks_start_on_monday(small: Assistant) -> None:
    found = rows(small, metrics=["spend"], grain="week")
    assert [(r["period"], r["spend"]) for r in found] == [("2025-05-26", 150.0), ("2025-06-02", 380.0)]


def test_trend_against_the_days_before_is_aligned_by_position(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        grain="day",
        period={"start": "2025-06-03", "end": "2025-06-04"},
        comparison={"start": "2025-06-01", "end": "2025-06-02"},
    )
    assert [(r["period"], r["spend"], r["spend_previous"]) for r in found] == [
        ("2025-06-03", 0, 150.0),
        ("2025-06-04", 180.0, 200.0),
    ]


def test_top_keeps_members_of_a_trend_by_the_whole_period(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["campaign"],
        grain="day",
        top={"dimension": "campaign", "by": "spend", "n": 1},
    )
    assert {r["campaign"] for r in found} == {"Brand_Search"}
    assert sum(r["spend"] for r in found) == 300


def test_share_is_of_the_whole_even_where_one_member_is_asked(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        dimensions=["platform"],
        filters=[{"dimension": "platform", "op": "in", "values": ["Meta"]}],
        extras=[{"kind": "share", "metric": "spend"}],
    )
    assert found == [{"platform": "Meta", "spend": 330.0, "spend_share": 330 / 530}]


def test_average_per_day_counts_loaded_days(small: Assistant) -> None:
    found = rows(
        small,
        metrics=["spend"],
        period={"start": "2025-05-01", "end": "2025-06-30"},
        extras=[{"kind": "per_day", "metric": "spend"}],
    )
    assert found == [{"spend": 530.0, "spend_per_day": 530 / 4}]


def test_day_of_week_can_be_broken_down_by(small: Assistant) -> None:
    found = {r["day_of_week"]: r["spend"] for r in rows(small, metrics=["spend"], dimensions=["day_of_week"])}
    assert found == {"Sunday": 150.0, "Monday": 200.0, "Wednesday": 180.0}


def test_a_filter_that_leaves_nothing_gives_no_rows(small: Assistant) -> None:
    both = [
        {"dimension": "platform", "op": "in", "values": ["Google"]},
        {"dimension": "country", "op": "in", "values": ["US"]},
    ]
    assert rows(small, metrics=["spend"], filters=both) == []


def test_values_are_escaped(small: Assistant) -> None:
    with pytest.raises(InvalidQuery, match="No campaign is called"):
        rows(small, metrics=["spend"], filters=[{"dimension": "campaign", "op": "in", "values": ["x' OR '1'='1"]}])


@pytest.mark.parametrize(
    "parts",
    [
        {"metrics": ["profit"]},
        {"metrics": ["spend"], "dimensions": ["age"]},
        {"metrics": ["spend"], "order": {"by": "spend_change"}},
        {"metrics": ["roas"], "extras": [{"kind": "share", "metric": "roas"}]},
        {"metrics": ["spend", "spend"]},
    ],
)
def test_what_the_model_does_not_have_is_refused(small: Assistant, parts: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery):
        rows(small, **parts)


def test_unknown_revenue_is_not_zero(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "no_revenue.csv"
    file.write_text("date,platform,spend,conversions\n2025-06-01,Meta,10,2\n", encoding="utf-8")
    assistant = Assistant.open(tmp_path / "workspace")
    assistant.load_file(file)
    with pytest.raises(RevenueUnknown):
        rows(assistant, metrics=["roas"])
    assert rows(assistant, metrics=["cac"]) == [{"cac": 5.0}]
    assistant.close()
