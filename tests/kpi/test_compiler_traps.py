"""Traps of the compiled SQL, each by name; figures added up by hand from the rows in sight.

2025-06-01 is a Sunday. `small` (tests/conftest.py) has rows on Sunday 1, Monday 2 and Wednesday 4 June.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from kpi.errors import InvalidQuery, RevenueUnknown
from kpi.query import MetricQuery
from kpi.settings import Settings

JUNE = {"start": "2025-06-01", "end": "2025-06-04"}
SUNDAYS = {"dimension": "day_of_week", "op": "in", "values": ["Sunday"]}
PER_DAY = {"kind": "per_day", "metric": "spend"}
Open = Callable[..., Assistant]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens a workspace with one file a list of rows: date, platform, campaign, spend."""
    made: list[Assistant] = []

    def open_with(*files: list[str], **settings: Any) -> Assistant:
        assistant = Assistant.open(tmp_path / "workspace", Settings.load(**settings))
        made.append(assistant)
        for number, lines in enumerate(files):
            path = tmp_path / f"file_{number}.csv"
            path.write_text("\n".join(["date,platform,campaign,spend", *lines]) + "\n", encoding="utf-8")
            report = assistant.load_file(path)
            assert report.status == "loaded", report.message
        return assistant

    yield open_with
    for assistant in made:
        assistant.close()


def rows(assistant: Assistant, **parts: Any) -> list[dict[str, Any]]:
    query = MetricQuery.model_validate({"period": JUNE, "metrics": ["spend"], **parts})
    return list(assistant.engine.run(query).result.rows)


TWO_WEEKS = [  # Sundays 1 and 8 June; on Sunday 8 only Meta, and nothing on the days between but Monday 9
    "2025-06-01,Meta,Brand,100",
    "2025-06-08,Meta,Brand,50",
    "2025-06-09,Meta,Brand,7",
]
FORTNIGHT = {"start": "2025-06-01", "end": "2025-06-14"}


# -- weekdays --------------------------------------------------------------------------------------------------------
def test_average_per_day_on_sundays_counts_sundays_only(opened: Open) -> None:
    found = rows(opened(TWO_WEEKS), period=FORTNIGHT, filters=[SUNDAYS], extras=[PER_DAY])
    assert found == [{"spend": 150.0, "spend_per_day": 75.0}]


def test_average_per_day_by_weekday_counts_the_days_of_each(opened: Open) -> None:
    found = rows(opened(TWO_WEEKS), period=FORTNIGHT, dimensions=["day_of_week"], extras=[PER_DAY])
    assert {r["day_of_week"]: r["spend_per_day"] for r in found} == {"Sunday": 75.0, "Monday": 3.5}


def test_average_per_day_by_day_type(opened: Open) -> None:
    """9 days are loaded: three of a weekend (1, 7, 8) and six weekdays (2 to 6, 9)."""
    found = rows(opened(TWO_WEEKS), period=FORTNIGHT, dimensions=["day_type"], extras=[PER_DAY])
    assert {r["day_type"]: r["spend_per_day"] for r in found} == {"Weekend": 50.0, "Weekday": pytest.approx(7 / 6)}


def test_daily_trend_of_weekends_has_no_weekdays(opened: Open) -> None:
    weekend = {"dimension": "day_type", "op": "in", "values": ["Weekend"]}
    found = rows(opened(TWO_WEEKS), period=FORTNIGHT, grain="day", filters=[weekend])
    assert [(r["period"], r["spend"]) for r in found] == [
        ("2025-06-01", 100.0),
        ("2025-06-07", 0),
        ("2025-06-08", 50.0),
    ]


def test_daily_trend_by_weekday_has_one_weekday_a_day(small: Assistant) -> None:
    found = rows(small, grain="day", dimensions=["day_of_week"])
    assert [(r["period"], r["day_of_week"], r["spend"]) for r in found] == [
        ("2025-06-01", "Sunday", 150.0),
        ("2025-06-02", "Monday", 200.0),
        ("2025-06-03", "Tuesday", 0),
        ("2025-06-04", "Wednesday", 180.0),
    ]


def test_weekly_trend_of_sundays_keeps_weeks_with_a_loaded_sunday(small: Assistant) -> None:
    """The week of 2 June has no loaded Sunday: it is a gap, not 0."""
    found = rows(small, grain="week", filters=[SUNDAYS])
    assert [(r["period"], r["spend"]) for r in found] == [("2025-05-26", 150.0)]


# -- comparisons -----------------------------------------------------------------------------------------------------
MAY_AND_JUNE = [  # Google was loaded in June only
    ["2025-05-31,Meta,Brand,40", "2025-06-01,Meta,Brand,60"],
    ["2025-06-01,Google,Search,20", "2025-06-02,Google,Search,5"],
]


def test_member_not_loaded_in_the_comparison_is_unknown_not_zero(opened: Open) -> None:
    found = rows(
        opened(*MAY_AND_JUNE),
        dimensions=["platform"],
        comparison={"start": "2025-05-01", "end": "2025-05-31"},
    )
    assert found == [
        {"platform": "Meta", "spend": 60.0, "spend_previous": 40.0, "spend_change": 0.5},
        {"platform": "Google", "spend": 25.0, "spend_previous": None, "spend_change": None},
    ]


def test_member_of_platform_and_account_not_loaded_is_unknown(opened: Open) -> None:
    found = rows(
        opened(*MAY_AND_JUNE),
        dimensions=["platform", "account"],
        comparison={"start": "2025-05-01", "end": "2025-05-31"},
    )
    assert [(r["platform"], r["spend_previous"]) for r in found] == [("Meta", 40.0), ("Google", None)]


def test_trend_has_zero_before_where_the_comparisons_day_was_loaded_but_empty(small: Assistant) -> None:
    """4 June is compared with the loaded, empty 3 June; 5 June was not loaded itself."""
    found = rows(
        small,
        grain="day",
        period={"start": "2025-06-04", "end": "2025-06-05"},
        comparison={"start": "2025-06-03", "end": "2025-06-04"},
    )
    assert [(r["period"], r["spend"], r["spend_previous"]) for r in found] == [
        ("2025-06-04", 180.0, 0),
        ("2025-06-05", None, 180.0),
    ]


def test_longer_comparison_is_cut_where_the_period_ends(small: Assistant) -> None:
    found = rows(
        small,
        grain="day",
        period={"start": "2025-06-04", "end": "2025-06-04"},
        comparison={"start": "2025-06-01", "end": "2025-06-02"},
    )
    assert [(r["period"], r["spend_previous"]) for r in found] == [("2025-06-04", 150.0)]


QUARTERS = ["2025-01-10,Meta,Brand,1", "2025-03-31,Meta,Brand,2", "2025-04-01,Meta,Brand,4", "2025-06-30,Meta,Brand,8"]


def test_quarter_against_quarter_is_one_bucket(opened: Open) -> None:
    found = rows(
        opened(QUARTERS),
        grain="quarter",
        period={"start": "2025-04-01", "end": "2025-06-30"},
        comparison={"start": "2025-01-01", "end": "2025-03-31"},
    )
    assert [(r["period"], r["spend"], r["spend_previous"]) for r in found] == [("2025-04-01", 12.0, 3.0)]


def test_quarters_align_where_the_comparison_starts_late_in_its_quarter(opened: Open) -> None:
    """15 May and 1 March are two months apart, but one quarter."""
    found = rows(
        opened(QUARTERS),
        grain="quarter",
        period={"start": "2025-05-15", "end": "2025-06-30"},
        comparison={"start": "2025-03-01", "end": "2025-03-31"},
    )
    assert [(r["period"], r["spend"], r["spend_previous"]) for r in found] == [("2025-04-01", 8.0, 2.0)]


def test_years_align_where_the_starts_are_less_than_a_year_apart(opened: Open) -> None:
    found = rows(
        opened(["2024-12-31,Meta,Brand,5", "2025-01-01,Meta,Brand,7"]),
        grain="year",
        period={"start": "2025-01-01", "end": "2025-01-31"},
        comparison={"start": "2024-12-01", "end": "2024-12-31"},
    )
    assert [(r["period"], r["spend"], r["spend_previous"]) for r in found] == [("2025-01-01", 7.0, 5.0)]


def test_sixty_days_by_month_lose_no_month_that_has_a_bucket(opened: Open) -> None:
    """March and April stand beside May and June; 1 May alone would stand beside July, which was not asked for."""
    days = ["2025-03-03", "2025-04-30", "2025-05-01", "2025-05-02", "2025-06-30"]
    found = rows(
        opened([f"{day},Meta,Brand,{2**n}" for n, day in enumerate(days)]),
        grain="month",
        period={"start": "2025-05-02", "end": "2025-06-30"},
        comparison={"start": "2025-03-03", "end": "2025-05-01"},
    )
    assert [(r["period"], r["spend"], r["spend_previous"]) for r in found] == [
        ("2025-05-01", 8.0, 1.0),
        ("2025-06-01", 16.0, 2.0),
    ]


# -- buckets, leaders, order -----------------------------------------------------------------------------------------
def test_weeks_start_on_sunday_where_the_workspace_says_so(opened: Open) -> None:
    lines = ["2025-05-31,Meta,Brand,1", "2025-06-01,Meta,Brand,2", "2025-06-07,Meta,Brand,4", "2025-06-08,Meta,Brand,8"]
    assistant = opened(lines, week_start="sunday")
    found = rows(assistant, grain="week", period={"start": "2025-05-31", "end": "2025-06-08"})
    assert [(r["period"], r["spend"]) for r in found] == [("2025-05-25", 1.0), ("2025-06-01", 6.0), ("2025-06-08", 8.0)]


def test_share_beside_the_top_members_is_of_all_members(small: Assistant) -> None:
    top = {"dimension": "campaign", "by": "spend", "n": 1}
    found = rows(small, dimensions=["campaign"], top=top, extras=[{"kind": "share", "metric": "spend"}])
    assert found == [{"campaign": "Brand_Search", "spend": 300.0, "spend_share": 300 / 530}]


def test_part_of_the_change_counts_members_that_a_filter_hides(small: Assistant) -> None:
    """From 1 to 2 June Meta rises by 100 and Google, loaded but without rows, falls by 50."""
    found = rows(
        small,
        dimensions=["platform"],
        period={"start": "2025-06-02", "end": "2025-06-02"},
        comparison={"start": "2025-06-01", "end": "2025-06-01"},
        filters=[{"dimension": "platform", "op": "in", "values": ["Meta"]}],
        extras=[{"kind": "contribution", "metric": "spend"}],
    )
    assert [(r["platform"], r["spend_contribution"]) for r in found] == [("Meta", 2.0)]


def test_rank_beside_the_bottom_members_is_among_all(small: Assistant) -> None:
    bottom = {"dimension": "campaign", "by": "spend", "n": 1, "descending": False}
    found = rows(small, dimensions=["campaign"], top=bottom, extras=[{"kind": "rank", "metric": "spend"}])
    assert found == [{"campaign": "Prospecting", "spend": 30.0, "spend_rank": 3}]


def test_members_without_a_value_never_lead(small: Assistant) -> None:
    """On 1 June Google has no conversions, so no CAC; Meta's is 100 / 4."""
    day = {"start": "2025-06-01", "end": "2025-06-01"}
    for descending in (True, False):
        top = {"dimension": "platform", "by": "cac", "n": 1, "descending": descending}
        found = rows(small, metrics=["cac"], dimensions=["platform"], period=day, top=top)
        assert found == [{"platform": "Meta", "cac": 25.0}]


def test_sorting_by_the_change_of_a_metric_that_is_not_shown_is_refused(small: Assistant) -> None:
    before = {"start": "2025-05-28", "end": "2025-05-31"}
    with pytest.raises(InvalidQuery, match="sort key 'clicks_change'"):
        rows(small, dimensions=["platform"], comparison=before, order={"by": "clicks_change"})


@pytest.mark.parametrize(
    "parts",
    [{"order": {"by": "revenue"}}, {"top": {"dimension": "campaign", "by": "roas", "n": 1}}],
    ids=["sorted by", "leading by"],
)
def test_unknown_revenue_can_not_be_sorted_or_led_by(opened: Open, parts: dict[str, Any]) -> None:
    with pytest.raises(RevenueUnknown):
        rows(opened(TWO_WEEKS), dimensions=["campaign"], **parts)


# -- decisions -------------------------------------------------------------------------------------------------------
def test_conversion_value_and_view_change_together_or_not_at_all(
    small: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no view")

    monkeypatch.setattr(small.workspace.warehouse, "define_views", fails)
    with pytest.raises(RuntimeError, match="no view"):
        small.workspace.set_conversion_value(Decimal(5))
    assert small.workspace.conversion_value is None
