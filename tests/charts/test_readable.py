"""Charts on a white page, on a dark page and on a phone; names from data are shown as they are."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from assistant.charts import theme, wording

PAGES = ("#ffffff", "#1a1a1a")
EVIL = '<a href="https://evil.example">x</a>'


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_measure_of_contrast_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("page", PAGES)
def test_text_can_be_read_on_white_and_on_dark(page: str) -> None:
    assert contrast(theme.TEXT, page) >= 4.1
    assert min(contrast(colour, page) for colour in (theme.GOOD, theme.BAD)) >= 3.9


@pytest.mark.parametrize("page", PAGES)
def test_lines_and_bars_can_be_seen_on_white_and_on_dark(page: str) -> None:
    assert min(contrast(colour, page) for colour in (*theme.PALETTE, theme.PREVIOUS)) >= 3


def test_numbers_in_the_cells_of_a_heat_map_can_be_read() -> None:
    assert min(contrast(theme.CELL_TEXT, cell) for cell in (theme.CELL_LIGHTEST, theme.CELL_DARKEST)) >= 4.5


def test_the_page_shows_through_and_no_tool_sends_data_away(draw: Any) -> None:
    layout = draw({"spend": 5}, metrics=["spend"])["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "sendChartToCloud" in layout["modebar"]["remove"]
    assert layout["dragmode"] is False


def test_markup_in_names_is_text(draw: Any) -> None:
    rows = [
        {"campaign": name, "period": day, "spend": 1}
        for name in (EVIL, "<b>x</b> & y")
        for day in ("2025-06-01", "2025-06-02")
    ]
    bars = draw(
        *({"campaign": row["campaign"], "spend": 1} for row in rows[::2]), metrics=["spend"], dimensions=["campaign"]
    )
    lines = draw(*rows, metrics=["spend"], dimensions=["campaign"], grain="day")
    filtered = [{"dimension": "campaign", "op": "in", "values": [EVIL]}]
    cards = draw({"campaign": EVIL, "spend": 1}, metrics=["spend"], dimensions=["campaign"], filters=filtered)
    heat_rows = [
        {"campaign": c, "device": d, "spend": 1} for c in (EVIL, "<b>x</b>") for d in ("<i>Mobile</i>", "Desktop")
    ]
    heat = draw(*heat_rows, metrics=["spend"], dimensions=["campaign", "device"])
    for figure in (bars, lines, cards, heat):
        written = json.dumps(figure, ensure_ascii=False)
        assert not any(tag in written for tag in ("<a", "<b>x", "</b>x", "<i>", "& y"))
        assert "&lt;" in written


def test_currency_codes_are_text_too(draw: Any) -> None:
    card = draw({"spend": 5}, metrics=["spend"], currency="<i>")["data"][0]
    assert card["number"]["prefix"] == "&lt;i&gt; "


def test_two_long_names_that_look_alike_shortened_stay_two_bars(draw: Any) -> None:
    names = [f"Summer_Sale_{middle}_Prospecting_Mobile" for middle in ("2024_A_Lookalike", "2024_B_Lookalike")]
    made = draw(*({"campaign": name, "spend": 1} for name in names), metrics=["spend"], dimensions=["campaign"])
    assert made["data"][0]["y"] == [0, 1]
    assert all(len(label) <= 20 for label in made["layout"]["yaxis"]["ticktext"])
    assert all(name in hover for name, hover in zip(names, made["data"][0]["hovertext"], strict=True))


def test_a_name_that_is_a_number_or_a_date_stays_a_name(draw: Any) -> None:
    made = draw(
        {"campaign": "2024", "spend": 1},
        {"campaign": "2025-06-01", "spend": 2},
        metrics=["spend"],
        dimensions=["campaign"],
    )
    assert made["layout"]["yaxis"]["ticktext"] == ["2024", "2025-06-01"]


def test_titles_are_wrapped_for_a_phone(draw: Any) -> None:
    metrics = ["spend", "revenue", "roas", "conversions", "cac"]
    made = draw(dict.fromkeys(metrics, 1), metrics=metrics)
    heading = made["layout"]["title"]["text"].split("<span")[0].split("<br>")
    assert max(map(len, heading)) <= 38
    assert " ".join(heading).strip() == "Spend, Revenue, ROAS, Conversions and CAC"


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (169076, "currency", "169k"),
        (1690764.32, "currency", "1.69M"),
        (29.81, "currency", "29.81"),
        (999999, "count", "1M"),
    ],
)
def test_numbers_in_narrow_cells(number: float, unit: Any, expected: str) -> None:
    assert wording.compact(number, unit) == expected


def test_importing_charts_and_formats_loads_no_plotting_library() -> None:
    code = "import sys, assistant.charts, assistant.formats, assistant.export; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"plotly", "pandas", "openpyxl"} & {*loaded}
