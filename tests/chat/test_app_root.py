from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from assistant.chat import app_root
from assistant.chat.texts import texts
from kpi.errors import PlatformError


def test_the_page_links_to_no_other_host(tmp_path: Path) -> None:
    app_root.make(tmp_path / "chat")
    page = (tmp_path / "chat" / "build" / "index.html").read_text("utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert (tmp_path / "chat" / "build" / "assets").is_dir()


def test_our_wording_is_laid_over_chainlits(tmp_path: Path) -> None:
    app_root.make(tmp_path / "chat")
    wording = json.loads((tmp_path / "chat" / ".chainlit" / "translations" / "en-US.json").read_text("utf-8"))
    assert wording["chat"]["input"]["placeholder"] == texts().interface["chat.input.placeholder"]
    assert wording["navigation"]["newChat"]["button"] == "New Chat"


def test_making_it_again_removes_what_a_killed_server_left(tmp_path: Path) -> None:
    app_root.make(tmp_path / "chat")
    (tmp_path / "chat" / ".files" / "upload.csv").write_text("secret")
    app_root.make(tmp_path / "chat")
    assert not list((tmp_path / "chat" / ".files").iterdir())


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "letter.txt").write_text("mine")
    with pytest.raises(PlatformError, match="move that away"):
        app_root.make(tmp_path / "chat")
    assert (tmp_path / "chat" / "letter.txt").exists()


def test_settings_keep_user_text_harmless_and_fonts_at_home() -> None:
    root = Path(__file__).resolve().parents[2] / "assistant" / "chat"
    config = tomllib.loads((root / "config.toml").read_text("utf-8"))
    assert config["features"]["unsafe_allow_html"] is False
    assert config["features"]["user_message_markdown"] is False
    assert config["project"]["allow_origins"] == []
    assert json.loads((root / "public" / "theme.json").read_text("utf-8"))["custom_fonts"] == []


def test_the_page_darkens_the_grey_that_charts_really_use() -> None:
    from assistant.charts.theme import TEXT

    red, green, blue = (int(TEXT[place : place + 2], 16) for place in (1, 3, 5))
    style = (Path(__file__).resolve().parents[2] / "assistant" / "chat" / "public" / "chat.css").read_text("utf-8")
    assert f'text[style*="fill: rgb({red}, {green}, {blue})"]' in style
