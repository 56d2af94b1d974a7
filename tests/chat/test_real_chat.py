"""The whole product in a browser: a file dropped into an empty workspace, then questions about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

HEADER = "date,platform,account,campaign,country,device,spend,clicks,impressions,conversions\n"


@pytest.fixture(scope="module")
def served(start_server: Callable[..., Any]) -> Any:
    return start_server(["-m", "assistant", "serve"], CURRENCY="USD", CONVERSION_VALUE="100")


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Spend 300.00 of Meta and 600.00 of Google in June 2025, 30 and 20 conversions."""
    path = tmp_path_factory.mktemp("files") / "june.csv"
    days = [f"2025-06-{day:02}" for day in range(1, 31)]
    meta = [f"{day},Meta,Main,Brand,US,Mobile,10.00,10,100,1\n" for day in days]
    google = [f"{day},Google,Main,Search,US,Desktop,20.00,5,50,{int(n < 20)}\n" for n, day in enumerate(days)]
    path.write_text(HEADER + "".join(meta + google), "utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_a_file_is_dropped_and_asked_about(served: Any, open_chat: Callable[..., Any], june: Path, width: int) -> None:
    chat = open_chat(served, width)
    if width == 1280:
        assert "60 good" in chat.drop(june).inner_text()
        assert "june.csv is loaded as batch 1" in chat.click("Load").inner_text()
    answer = chat.ask("spend by platform in June 2025")
    answer.locator(".inline-plotly .gtitle").wait_for()
    text = answer.inner_text()
    assert "Google\t$600.00" in text
    assert "Meta\t$300.00" in text
    chat.page.get_by_role("button", name="What I understood").last.click()
    chat.page.get_by_text("kpi_daily").last.wait_for()
    chat.screenshot(f"real-{width}")
    follow_up = chat.ask("and CAC?").inner_text()
    assert "$10.00" in follow_up  # Meta: 300 / 30
    assert "$30.00" in follow_up  # Google: 600 / 20
    assert chat.outside == []


def test_a_question_of_ten_thousand_characters_gets_an_answer(served: Any, open_chat: Callable[..., Any]) -> None:
    shown = open_chat(served).ask("spend " * 1700).inner_text()
    assert shown.strip()
    assert "Something went wrong" not in shown


def test_every_starter_gets_an_answer(served: Any, open_chat: Callable[..., Any], june: Path) -> None:
    from assistant.chat.texts import texts

    for starter in texts().starters:
        shown = open_chat(served).ask(starter.question).inner_text()
        assert "don't understand" not in shown
        assert "Something went wrong" not in shown
