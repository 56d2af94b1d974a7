"""Which chart a query gets, and what it shows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

MAY = {"start": "2025-05-02", "end": "2025-05-31"}
GREEN, RED = "#1f9254", "#dc3d43"


def kinds(figure: Any) -> list[str]:
    return [trace["type"] for trace in figure["data"]]


def compared(now: float | None, before: float | None, metric: str = "cac") -> dict[str, Any]:
    change = now / before - 1 if now is not None and before else None
    return {metric: now, f"{metric}_previous": before, f"{metric}_change": change}


def test_totals_are_cards_with_the_change(draw: Any) -> None:
    rows = {**compared(29.8093, 32.2715), **compared(3.3547, 3.0987, "roas")}
    cac, roas = draw(rows, metrics=["cac", "roas"], comparison=MAY)["data"]
    assert (cac["type"], cac["value"], cac["delta"]["reference"]) == ("indicator", 29.8093, 32.2715)
    assert cac["number"] | {"font": None} == {"valueformat": ",.2f", "prefix": "$", "font": None}
    assert cac["delta"]["relative"] is True
    assert cac["delta"]["suffix"] == " vs $32.27"
    assert roas["title"]["text"] == "ROAS"


def test_a_fall_of_cac_is_good_and_a_fall_of_roas_is_bad(draw: Any) -> None:
    rows = {**compared(30, 32), **compared(3, 3.2, "roas"), **compared(90, 100, "spend")}
    cac, roas, spend = draw(rows, metrics=["cac", "roas", "spend"], comparison=MAY)["data"]
    assert (cac["delta"]["decreasing"]["color"], cac["delta"]["increasing"]["color"]) == (GREEN, RED)
    assert (roas["delta"]["decreasing"]["color"], roas["delta"]["increasing"]["color"]) == (RED, GREEN)
    assert spend["delta"]["decreasing"]["color"] not in (GREEN, RED)


def test_an_empty_previous_period_is_neither_0_nor_infinite_change(draw: Any) -> None:
    for before in (None, 0):
        card = draw(compared(30, before), metrics=["cac"], comparison=MAY)["data"][0]
        assert "delta" not in card
        assert "no earlier value" in card["title"]["text"]


def test_big_money_percent_and_other_currencies_on_cards_are_written_as_in_the_text(draw: Any) -> None:
    row = {"spend": 1690764.32, "ctr": 0.0123, "conversions": 54917}
    spend, ctr, conversions = draw(row, metrics=["spend", "ctr", "conversions"], currency="AUD")["data"]
    assert (spend["number"]["prefix"], spend["number"]["valueformat"]) == ("AUD ", ",.0f")
    assert ctr["number"]["valueformat"] == ",.1%"
    assert conversions["number"]["valueformat"] == ",.0f"


def test_a_single_member_is_a_card_that_names_it_and_its_share(draw: Any) -> None:
    share = {"kind": "share", "metric": "spend"}
    row = {"platform": "Meta", "spend": 50, "spend_share": 0.25}
    made = draw(row, metrics=["spend"], dimensions=["platform"], extras=[share])
    assert [card["value"] for card in made["data"]] == [50, 0.25]
    assert "Meta" in made["layout"]["title"]["text"]


def test_one_dimension_is_horizontal_bars_in_the_order_of_the_rows(draw: Any) -> None:
    made = draw(
        {"platform": "Meta", "cac": 40}, {"platform": "Google", "cac": 25}, metrics=["cac"], dimensions=["platform"]
    )
    (bars,) = made["data"]
    assert (bars["type"], bars["orientation"], bars["x"], bars["text"]) == ("bar", "h", [40, 25], ["$40.00", "$25.00"])
    assert made["layout"]["yaxis"]["ticktext"] == ["Meta", "Google"]
    assert made["layout"]["yaxis"]["range"] == [1.5, -0.5]  # the first row on top


def test_a_comparison_puts_the_previous_period_beside(draw: Any) -> None:
    rows = [{"platform": "Meta", **compared(30, 40)}, {"platform": "X", **compared(30, 20)}]
    now, before = draw(*rows, metrics=["cac"], dimensions=["platform"], comparison=MAY)["data"]
    assert (now["x"], now["name"]) == ([30, 30], "1–30 June 2025")
    assert (before["x"], before["name"]) == ([40, 20], "2–31 May 2025")
    assert [GREEN in now["text"][0], RED in now["text"][1]] == [True, True]
    assert "−25.0 %" in now["text"][0]


def test_only_the_first_15_of_many_rows_are_drawn_and_the_title_says_so(draw: Any) -> None:
    rows = [{"campaign": f"C{n}", "spend": 100 - n} for n in range(32)]
    made = draw(*rows, metrics=["spend"], dimensions=["campaign"])
    assert len(made["data"][0]["x"]) == 15
    assert "15 of 32 campaigns" in made["layout"]["title"]["text"]


def test_two_units_never_share_an_axis(draw: Any) -> None:
    rows = [{"platform": name, "spend": 5, "roas": 3, "ctr": 0.1} for name in ("Meta", "X")]
    made = draw(*rows, metrics=["spend", "roas", "ctr"], dimensions=["platform"])
    assert [trace["xaxis"] for trace in made["data"]] == ["x", "x2", "x3"]
    domains = [made["layout"][key]["domain"] for key in ("yaxis3", "yaxis2", "yaxis")]
    assert all(below[1] < above[0] for below, above in pairwise(domains))
    assert [a["text"] for a in made["layout"]["annotations"]] == ["<b>Spend</b>", "<b>ROAS</b>", "<b>CTR</b>"]


def test_a_row_without_a_value_has_a_dash_and_no_bar_of_0(draw: Any) -> None:
    made = draw(
        {"platform": "Meta", "cac": None}, {"platform": "X", "cac": 3}, metrics=["cac"], dimensions=["platform"]
    )
    assert made["data"][0]["x"] == [None, 3]
    assert [(a["y"], a["text"]) for a in made["layout"]["annotations"]] == [(0, "–")]


def test_days_of_the_week_are_in_the_order_of_the_week(draw: Any) -> None:
    rows = [{"day_of_week": day, "spend": n} for n, day in enumerate(["Sunday", "Friday", "Monday"])]
    made = draw(*rows, metrics=["spend"], dimensions=["day_of_week"])
    assert made["layout"]["yaxis"]["ticktext"] == ["Monday", "Friday", "Sunday"]
    assert made["data"][0]["x"] == [2, 1, 0]


def test_shares_stand_beside_the_bars(draw: Any) -> None:
    rows = [{"platform": "Meta", "spend": 75, "spend_share": 0.75}, {"platform": "X", "spend": 25, "spend_share": 0.25}]
    extras = [{"kind": "share", "metric": "spend"}]
    (bars,) = draw(*rows, metrics=["spend"], dimensions=["platform"], extras=extras)["data"]
    assert bars["text"] == ["$75.00 (75.0 %)", "$25.00 (25.0 %)"]


def test_one_metric_over_two_dimensions_is_a_heat_map_with_empty_cells_left_out(draw: Any) -> None:
    cells = [("Meta", "US", 1), ("Meta", "CA", 2), ("Meta", "MX", 3), ("X", "US", 4), ("X", "CA", 5)]
    rows = [{"platform": p, "country": c, "roas": v} for p, c, v in cells]
    made = draw(*rows, metrics=["roas"], dimensions=["platform", "country"])
    assert kinds(made) == ["heatmap"]
    assert made["data"][0]["z"] == [[1, 4], [2, 5], [3, None]]
    assert made["layout"]["xaxis"]["ticktext"] == ["Meta", "X"]


def test_two_dimensions_that_hardly_cross_are_bars(draw: Any) -> None:
    rows = [{"platform": p, "campaign": f"{p} {n}", "spend": n} for p in ("Meta", "X") for n in (1, 2, 3)]
    made = draw(*rows, metrics=["spend"], dimensions=["platform", "campaign"])
    assert kinds(made) == ["bar"]
    assert made["layout"]["yaxis"]["ticktext"][0] == "Meta · Meta 1"


def test_the_best_months_are_bars_in_their_order_not_a_line(draw: Any) -> None:
    rows = [{"period": "2025-03-01", "revenue": 9}, {"period": "2025-01-01", "revenue": 7}]
    order = {"by": "revenue", "descending": True}
    made = draw(*rows, metrics=["revenue"], grain="month", order=order, limit=2)
    assert kinds(made) == ["bar"]
    assert made["layout"]["yaxis"]["ticktext"] == ["March 2025", "January 2025"]
    assert "2 highest by Revenue" in made["layout"]["title"]["text"]


def test_nothing_to_draw_is_no_chart(draw: Any) -> None:
    assert draw(metrics=["spend"]) is None
    assert draw({"platform": "Meta", "cac": None}, metrics=["cac"], dimensions=["platform"]) is None


def test_the_title_names_metrics_breakdown_dates_and_filters(draw: Any) -> None:
    filters = [
        {"dimension": "platform", "op": "not in", "values": ["Meta"]},
        {"dimension": "country", "op": "in", "values": ["US", "CA", "MX", "BR"]},
        {"metric": "roas", "op": "<", "values": [3]},
    ]
    made = draw(
        {"campaign": "A", "cac": 1},
        {"campaign": "B", "cac": 2},
        metrics=["cac"],
        dimensions=["campaign"],
        filters=filters,
    )
    text = made["layout"]["title"]["text"].replace("<br>", " ")
    for part in (
        "CAC by campaign",
        "1–30 June 2025",
        "Platform: not Meta",
        "Country: US, CA, MX + 1 more",
        "ROAS &lt; 3.00",
    ):
        assert part in text
