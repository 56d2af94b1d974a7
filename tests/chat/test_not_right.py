"""'Not right?' below an answer keeps the objection in the workspace, with what the person says about it."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def kept(server: Any) -> list[dict[str, Any]]:
    lines = (server.workspace / "feedback.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_click_keeps_question_query_and_number_and_a_reason(fresh_scripted: Any, open_chat: Any) -> None:
    chat = open_chat(fresh_scripted)
    chat.ask("hello")
    chat.ask("compare")
    assert "What is wrong with it?" in chat.click("Not right?").inner_text()
    chat.screenshot("not-right")
    assert "kept with the answer" in chat.click("Wrong dates").inner_text()
    first, second = kept(fresh_scripted)
    assert (first["answer"], first["question"], first["after"]) == ("0123456789ab", "compare", ["hello"])
    assert first["query"]["metrics"] == ["cac"]
    assert (first["comment"], second["comment"]) == ("", "Wrong dates")


def test_words_of_ones_own_are_kept_and_not_asked_as_a_question(fresh_scripted: Any, open_chat: Any) -> None:
    chat = open_chat(fresh_scripted)
    chat.ask("compare")
    chat.click("Not right?")
    asked = chat.answers.count()
    button = chat.page.get_by_role("button", name="In my words", exact=True)
    button.evaluate("element => element.click()")
    chat.page.get_by_text("Your next message is kept with the answer").wait_for()
    chat.page.locator("#chat-input").fill("I meant May, and only Meta")
    chat.page.locator("#chat-submit").click()
    chat.page.get_by_text("Thank you. It is kept").wait_for()
    assert kept(fresh_scripted)[-1]["comment"] == "I meant May, and only Meta"
    assert chat.answers.count() == asked + 2  # what is asked for, and the thanks: no answer to the words


def test_small_talk_can_not_be_called_wrong(fresh_scripted: Any, open_chat: Any) -> None:
    chat = open_chat(fresh_scripted)
    chat.ask("hello")
    assert chat.page.get_by_role("button", name="Not right?").count() == 0
