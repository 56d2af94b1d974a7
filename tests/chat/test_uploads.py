"""Files dropped into the chat: what is shown before, during and after a load. The loader and the warehouse are real."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

HEADER = "date,platform,account,campaign,spend,clicks,conversions\n"
ONE_BAD_ROW = HEADER.replace("platform,", "") + "".join(
    f"2025-07-0{day},Main,<b>Brand</b>,{'abc' if day == 7 else day},1,1\n" for day in range(1, 8)
)


def ten_days(account: str, month: str = "2025-06") -> str:
    """Spend 60.00. The tests share a workspace, so each loads into an account of its own."""
    return HEADER + "".join(f"{month}-{day:02},Meta,{account},Brand,{day}.50,{day},1\n" for day in range(1, 11))


def two_days(account: str) -> str:
    """Spend 2.00 over the same ten days, of another campaign."""
    return HEADER + "".join(f"2025-06-{day},Meta,{account},Other,1,1,1\n" for day in ("01", "10"))


@pytest.fixture(scope="module")
def server(start_server: Callable[..., Any]) -> Any:
    return start_server([str(Path(__file__).with_name("scripted_server.py")), "{workspace}"], CURRENCY="USD")


@pytest.fixture
def chat(server: Any, open_chat: Callable[..., Any]) -> Any:
    return open_chat(server, 390)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write_file


def test_nothing_is_loaded_before_it_was_shown_and_confirmed(chat: Any, write: Callable[..., Path]) -> None:
    shown = chat.drop(write("june.csv", ten_days("Shown"))).inner_text()
    assert "june.csv is ready to load" in shown
    for line in ("Platform\tMeta", "Account\tShown", "Days\t1–10 June 2025", "Spend\t$60.00", "Clicks\t55"):
        assert line in shown
    assert "10 good, 0 rejected" in shown
    chat.screenshot("upload-preview")
    report = chat.click("Load").inner_text()
    assert "june.csv is loaded as batch" in report
    assert chat.page.get_by_role("button", name="Load", exact=True).count() == 0
    asked = chat.click("Spend by campaign in these days").inner_text()
    assert "Spend by campaign from 2025-06-01 to 2025-06-10" in asked
    chat.screenshot("upload-report")


def test_taking_data_away_is_asked_and_can_be_cancelled(chat: Any, write: Callable[..., Path]) -> None:
    chat.drop(write("june.csv", ten_days("Less")))
    chat.click("Load")
    shown = chat.drop(write("less.csv", two_days("Less"))).inner_text()
    assert "58.00" in shown  # spend that would be lost: 60.00 − 2.00
    chat.screenshot("upload-confirm")
    assert "less.csv was not loaded" in chat.click("Cancel").inner_text()
    chat.drop(write("less-again.csv", two_days("Less")))
    assert "less-again.csv is loaded as batch" in chat.click("Add beside it").inner_text()


def test_the_same_bytes_twice_are_no_second_load(chat: Any, write: Callable[..., Path]) -> None:
    chat.drop(write("june.csv", ten_days("Twice")))
    chat.click("Load")
    assert "loaded before, as batch" in chat.drop(write("again.csv", ten_days("Twice"))).inner_text()


def test_a_missing_platform_is_asked_and_bad_rows_come_back_as_a_file(chat: Any, write: Callable[..., Path]) -> None:
    assert "doesn't say which platform" in chat.drop(write("july.csv", ONE_BAD_ROW)).inner_text()
    chat.screenshot("upload-platform")
    assert "Platform\tTikTok" in chat.click("TikTok").inner_text()
    report = chat.click("Load")
    assert "6 good, 1 rejected" in report.inner_text()
    assert "first on line 8" in report.inner_text()
    assert report.locator(".inline-file").get_attribute("download").startswith("rejected-rows-")


def test_several_files_are_loaded_with_one_click(chat: Any, write: Callable[..., Path]) -> None:
    may = ten_days("Several", "2025-05")
    shown = chat.drop(write("may.csv", may), write("june.csv", ten_days("Several"))).inner_text()
    assert "2 files are ready" in shown
    chat.click("Load all 2")
    loaded = [text for text in chat.answers.all_inner_texts() if "is loaded as batch" in text]
    assert len(loaded) == 2
    assert chat.page.get_by_role("button", name="Cancel").count() == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [("letter.txt", "Dear all,\nthis is no table.\n"), ("half.csv", HEADER), ("binary.csv", "\x01\x02\x03\ufffd" * 50)],
)
def test_what_is_no_export_is_refused_in_one_line(chat: Any, write: Callable[..., Path], name: str, text: str) -> None:
    shown = chat.drop(write(name, text)).inner_text().strip()
    assert name in shown
    assert "Something went wrong" not in shown
    assert len(shown.splitlines()) == 1


def test_a_question_typed_with_a_file_is_offered_after_the_load(chat: Any, write: Callable[..., Path]) -> None:
    chat.page.locator("#chat-input").fill("spend by day")
    chat.drop(write("june.csv", ten_days("Typed")))
    chat.click("Load")
    assert "spend by day" in chat.click("spend by day").inner_text()
