"""`python -m assistant hash`: an entry for CHAT_USERS."""

from __future__ import annotations

import io

import bcrypt
import pytest

from assistant.__main__ import main
from kpi.settings import Settings


def test_the_entry_is_understood_by_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse ✓\n"))
    assert main(["hash", "ana"]) == 0
    entry = capsys.readouterr().out.strip()
    users = Settings(_env_file=None, chat_users=entry).chat_users
    assert bcrypt.checkpw("correct horse ✓".encode(), users["ana"].encode())


@pytest.mark.parametrize("name", ["", "a:b", "a,b", "a b\n"])
def test_a_name_that_the_setting_could_not_hold_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hash", name]) == 1
    assert "name" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("password", "said"), [("short\n", "at least 8"), ("", "at least 8"), ("é" * 40, "at most 72 bytes")]
)
def test_a_password_that_bcrypt_would_cut_or_anyone_would_guess_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], password: str, said: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password))
    assert main(["hash", "ana"]) == 1
    assert said in capsys.readouterr().err
