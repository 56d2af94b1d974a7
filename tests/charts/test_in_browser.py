"""Charts as a browser draws them, with the plotly.js that the plotly package brings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.slow
EVIL = '<a href="https://evil.example">x</a>'
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def phone() -> Iterator[Any]:
    """A page of 390 px that has plotly.js loaded."""
    from playwright.sync_api import sync_playwright
    from plotly.offline import get_plotlyjs

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "chromium is not installed: run `make test`, which sees to it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 900})
        page.set_content("<!doctype html><body style='margin:0'><div id=chart></div>")
        page.add_script_tag(content=get_plotlyjs())
        yield page
        browser.close()


def show(page: Any, figure: Any) -> None:
    page.evaluate(f"Plotly.newPlot('chart', {json.dumps(figure['data'])}, {json.dumps(figure['layout'])})")


def texts(page: Any) -> list[str]:
    return [text for text in page.locator("#chart svg text").all_text_contents() if text]


def test_markup_in_a_name_reaches_the_page_as_text(phone: Any, draw: Any) -> None:
    names = (EVIL, "<b>bold</b>", "a & b &lt;")
    filters = [{"dimension": "campaign", "op": "in", "values": names}]
    show(
        phone,
        draw(
            *({"campaign": n, "spend": 1} for n in names), metrics=["spend"], dimensions=["campaign"], filters=filters
        ),
    )
    assert {"<b>bold</b>", "a & b &lt;"} <= {*texts(phone)}
    assert phone.locator("#chart svg a").count() == 0
    assert phone.locator("#chart svg text:has-text('bold') tspan[style*=weight]").count() == 0


def test_hover_shows_the_whole_name_and_the_formatted_value(phone: Any, draw: Any) -> None:
    rows = [{"campaign": EVIL, "spend": 1690764.32}, {"campaign": "B", "spend": 5}]
    show(phone, draw(*rows, metrics=["spend"], dimensions=["campaign"]))
    phone.evaluate("Plotly.Fx.hover('chart', [{curveNumber: 0, pointNumber: 0}])")
    label = phone.locator("#chart .hovertext").first.text_content()
    assert EVIL in label
    assert "Spend: $1,690,764" in label


def test_a_gap_in_a_trend_is_not_bridged(phone: Any, draw: Any) -> None:
    rows = [{"period": f"2025-06-{day:02d}", "spend": day} for day in (1, 2, 5, 6)]
    show(phone, draw(*rows, metrics=["spend"], grain="day"))
    pieces = [line.get_attribute("d") for line in phone.locator("#chart .scatterlayer .js-line").all()]
    assert [piece.count("L") for piece in pieces] == [1, 1]  # two pieces of two points each


def test_values_behind_the_bars_stay_within_a_phone(phone: Any, draw: Any) -> None:
    campaigns = ("Summer_Sale_Prospecting_Lookalike_US_Mobile", "B")
    rows = [{"campaign": n, "spend": 1690764.32, "spend_previous": 9e5, "spend_change": 0.878627} for n in campaigns]
    comparison = {"start": "2025-05-02", "end": "2025-05-31"}
    show(phone, draw(*rows, metrics=["spend"], dimensions=["campaign"], comparison=comparison))
    ends = phone.evaluate(
        "[...document.querySelectorAll('#chart .barlayer text')].map(t => t.getBoundingClientRect().right)"
    )
    assert len(ends) == 4
    assert max(ends) <= 390


def test_the_title_does_not_reach_over_cards_or_the_edge(phone: Any, draw: Any) -> None:
    metrics = ["spend", "revenue", "roas", "conversions", "cac"]
    row = dict.fromkeys(metrics, 1690764.32) | {f"{name}_previous": None for name in metrics}
    comparison = {"start": "2025-05-02", "end": "2025-05-31"}
    show(phone, draw(row, metrics=metrics, comparison=comparison, currency="AUD"))
    title = phone.locator("#chart .gtitle").bounding_box()
    first_card = phone.locator("#chart .indicatorlayer text").first.bounding_box()
    assert title["y"] >= 0
    assert title["x"] + title["width"] <= 390
    assert title["y"] + title["height"] <= first_card["y"] + 2
