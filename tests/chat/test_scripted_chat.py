"""The chat in a real browser, over an assistant that answers by script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [1280, 390])
def test_an_answer_has_text_chart_table_sql_notes_and_downloads(scripted: Any, open_chat: Any, width: int) -> None:
    chat = open_chat(scripted, width)
    answer = chat.ask("compare")
    answer.locator(".inline-plotly .gtitle", has_text="CAC in June").wait_for()
    text = answer.inner_text()
    assert "CAC was $29.81, down 7.6 %." in text
    assert "A conversion counts as $100." in text
    assert "CAC\t$29.81\t$32.27\t−7.6 %" in text
    assert {f.get_attribute("download") for f in answer.locator(".inline-file").all()} == {"cac.csv", "cac.xlsx"}
    assert not chat.page.get_by_text("SELECT 1").is_visible()
    chat.page.get_by_role("button", name="What I understood").click()
    chat.page.get_by_text("SELECT").wait_for()
    assert chat.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert answer.locator(".modebar-btn--logo").count() == 0
    chat.screenshot(f"answer-{width}")


def test_a_chip_asks_as_if_typed_and_old_chips_go(scripted: Any, open_chat: Any) -> None:
    chat = open_chat(scripted)
    chat.ask("compare")
    answer = chat.click("By platform")
    assert "question 2 of None: by platform" in answer.inner_text()
    assert chat.page.locator("[data-step-type=user_message]").last.inner_text() == "by platform"
    assert chat.page.get_by_role("button", name="By platform").count() == 0
    assert chat.page.get_by_role("button", name="Only mobile").count() == 1


def test_two_people_have_two_conversations(scripted: Any, open_chat: Any) -> None:
    first, second = open_chat(scripted), open_chat(scripted)
    first.ask("one")
    assert "question 1" in second.ask("two").inner_text()
    assert "question 2" in first.ask("three").inner_text()


def test_stop_leaves_the_chat_usable(scripted: Any, open_chat: Any) -> None:
    chat = open_chat(scripted)
    chat.ask("hello")
    chat.page.locator("#chat-input").fill("slow")
    chat.page.locator("#chat-submit").click()
    chat.page.locator("#stop-button").click()
    chat.page.locator("#stop-button").wait_for(state="detached")
    assert "question 3" in chat.ask("again").inner_text()


def test_an_exception_becomes_a_calm_line_with_a_number_from_the_log(scripted: Any, open_chat: Any) -> None:
    shown = open_chat(scripted).ask("break").inner_text()
    assert "Something went wrong on our side" in shown
    assert "/etc/secret" not in shown
    number = shown.split("number:")[1].split()[0]
    assert number in scripted.log.read_text()


@pytest.mark.parametrize("dark", [False, True])
def test_hostile_text_is_shown_as_text(scripted: Any, open_chat: Any, dark: bool) -> None:
    chat = open_chat(scripted, 1280, dark)
    typed = "<b>x</b> ![y](http://evil.example/y.png) **z**"
    chat.ask(typed)
    answer = chat.ask("hostile")
    answer.locator(".inline-text table").wait_for()
    chat.page.get_by_role("button", name="What I understood").last.click()
    chat.page.wait_for_timeout(500)
    assert chat.page.locator("[data-step-type=user_message]").first.inner_text() == typed
    for text in (
        "![x](http",
        "<img src=http",
        "[click](javascript:",
        "a|b `code` **bold** _it_ ~~gone~~",
        "Spend:high :smile[x]{y}",
    ):
        assert answer.inner_text().replace("\u2060", "").count(text) >= 2, text
    assert answer.locator("a:not(.inline-file), .message-content img:not(a img), strong, code, script").count() == 0
    assert chat.outside == []
    chat.screenshot(f"hostile-{'dark' if dark else 'light'}")


def test_no_request_leaves_the_server(scripted: Any, open_chat: Any) -> None:
    chat = open_chat(scripted)
    chat.ask("compare").locator(".inline-plotly .gtitle").wait_for()
    chat.page.get_by_role("button", name="Help").click()
    chat.page.get_by_text("Ask your marketing data").wait_for()
    assert chat.outside == []


def test_an_empty_file_is_refused_in_words(scripted: Any, open_chat: Any, tmp_path: Any) -> None:
    chat = open_chat(scripted)
    (tmp_path / "nothing.csv").touch()
    chat.page.set_input_files("#upload-button-input", str(tmp_path / "nothing.csv"))
    chat.page.get_by_text("nothing.csv is empty (0 bytes)").wait_for()


def test_the_login_admits_ann_only(guarded: Any, open_chat: Callable[..., Any]) -> None:
    chat = open_chat(guarded)
    page = chat.page
    page.locator("#email").fill("Ann")
    page.locator("#password").fill("wrong")
    page.locator("button[type=submit]").click()
    page.locator("form").get_by_text("do not match").wait_for()
    chat.screenshot("login")
    page.locator("#password").fill("correct horse")
    page.locator("button[type=submit]").click()
    page.locator("#chat-input").wait_for()
    assert "question 1 of Ann: hello" in chat.ask("hello").inner_text()
