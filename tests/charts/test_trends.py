"""Lines over time: what is joined, what is a gap, what is only a part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from assistant.charts import buckets


def test_missing_days_are_a_gap_and_no_line_is_drawn_across(draw: Any) -> None:
    rows = [{"period": f"2025-06-{day:02d}", "spend": day} for day in (1, 2, 5, 6)]
    (line,) = draw(*rows, metrics=["spend"], grain="day")["data"]
    assert line["x"] == [f"2025-06-0{day}" for day in (1, 2, 3, 4, 5, 6)]
    assert line["y"] == [1, 2, None, None, 5, 6]
    assert line["connectgaps"] is False


@pytest.mark.parametrize(
    ("grain", "starts", "complete"),
    [
        ("week", ["2025-06-02", "2025-06-16"], ["2025-06-02", "2025-06-09", "2025-06-16"]),
        ("week", ["2024-12-30", "2025-01-06"], ["2024-12-30", "2025-01-06"]),
        ("month", ["2024-11-01", "2025-02-01"], ["2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01"]),
        ("quarter", ["2024-10-01", "2025-04-01"], ["2024-10-01", "2025-01-01", "2025-04-01"]),
        ("year", ["2023-01-01", "2025-01-01"], ["2023-01-01", "2024-01-01", "2025-01-01"]),
    ],
)
def test_gaps_of_every_grain_are_found(grain: Any, starts: list[str], complete: list[str]) -> None:
    assert buckets.without_gaps(map(date.fromisoformat, starts), grain) == list(map(date.fromisoformat, complete))


def test_weeks_start_on_the_day_of_the_row(draw: Any) -> None:
    sundays = [{"period": day, "spend": 1} for day in ("2025-06-01", "2025-06-15")]
    (line,) = draw(*sundays, metrics=["spend"], grain="week")["data"]
    assert line["x"] == ["2025-06-01", "2025-06-08", "2025-06-15"]


def test_a_ratio_without_a_value_is_a_gap_and_a_sum_of_0_is_not(draw: Any) -> None:
    rows = [{"period": f"2025-06-0{n}", "spend": v, "cac": r} for n, v, r in [(1, 9, 3), (2, 0, None), (3, 9, 3)]]
    spend, cac = draw(*rows, metrics=["spend", "cac"], grain="day")["data"]
    assert (spend["y"], cac["y"]) == ([9, 0, 9], [3, None, 3])
    assert (spend["yaxis"], cac["yaxis"]) == ("y", "y2")


def test_a_point_without_neighbours_is_visible_on_a_long_line(draw: Any) -> None:
    days = [date(2025, 1, 1) + timedelta(n) for n in range(60)]
    rows = [{"period": day.isoformat(), "spend": 1} for n, day in enumerate(days) if n not in (29, 31)]
    (line,) = draw(*rows, metrics=["spend"], grain="day", period={"start": "2025-01-01", "end": "2025-03-01"})["data"]
    assert "markers" in line["mode"]
    assert [n for n, size in enumerate(line["marker"]["size"]) if size > 0] == [30]


def test_the_previous_period_is_dashed_on_the_same_axis(draw: Any) -> None:
    rows = [{"period": f"2025-06-0{n}", "spend": n, "spend_previous": 2 * n, "spend_change": -0.5} for n in (1, 2, 3)]
    made = draw(*rows, metrics=["spend"], grain="day", comparison={"start": "2025-05-02", "end": "2025-05-31"})
    before, now = made["data"]
    assert (now["y"], before["y"], now["x"] == before["x"]) == ([1, 2, 3], [2, 4, 6], True)
    assert before["line"]["dash"] == "dash"
    assert "dash" not in now["line"]
    assert (now["name"], before["name"]) == ("1–30 June 2025", "2–31 May 2025")


def test_a_breakdown_has_one_line_a_member_and_at_most_eight(draw: Any) -> None:
    rows = [
        {"campaign": f"C{n:02d}", "period": day, "spend": n} for n in range(12) for day in ("2025-06-01", "2025-06-02")
    ]
    made = draw(*rows, metrics=["spend"], dimensions=["campaign"], grain="day")
    assert [line["name"] for line in made["data"]] == [f"C{n:02d}" for n in range(11, 3, -1)]
    assert "8 of 12 campaigns" in made["layout"]["title"]["text"]


def test_a_member_missing_in_a_bucket_of_others_has_a_gap(draw: Any) -> None:
    rows = [{"platform": "Meta", "period": f"2025-06-0{n}", "cac": 9} for n in (1, 2, 3)]
    rows += [{"platform": "X", "period": f"2025-06-0{n}", "cac": 5} for n in (1, 3)]
    _, x = draw(*rows, metrics=["cac"], dimensions=["platform"], grain="day")["data"]
    assert (x["name"], x["y"]) == ("X", [5, None, 5])


def test_one_bucket_is_no_trend(draw: Any) -> None:
    made = draw({"period": "2025-06-01", "spend": 5}, metrics=["spend"], grain="month")
    assert [trace["type"] for trace in made["data"]] == ["indicator"]
    assert "June 2025" in made["layout"]["title"]["text"]


def test_a_bucket_that_is_loaded_in_part_is_hollow(draw: Any) -> None:
    loaded = [(date(2025, 5, 1) + timedelta(n)).isoformat() for n in range(31 + 10)]
    rows = [{"period": "2025-05-01", "spend": 31}, {"period": "2025-06-01", "spend": 10}]
    period = {"start": "2025-05-01", "end": "2025-06-30"}
    made = draw(*rows, metrics=["spend"], grain="month", period=period, loaded_days=loaded)
    assert made["data"][0]["marker"]["symbol"] == ["circle", "circle-open"]
    assert "○ part of a month" in made["layout"]["title"]["text"]


def test_ticks_are_few_and_name_the_year_where_it_changes() -> None:
    months = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(18)]
    labels = buckets.tick_labels(months, "month")
    assert list(labels.values()) == ["Jan<br>2024", "May", "Sep", "Jan<br>2025", "May"]
