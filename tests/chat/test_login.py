from __future__ import annotations

import stat
from pathlib import Path

import bcrypt

from assistant.chat.login import Login, is_asked, secret
from kpi.settings import Settings

HASH = bcrypt.hashpw(b"correct horse", bcrypt.gensalt(4)).decode()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_only_the_right_password_of_a_known_name_is_admitted() -> None:
    login = Login({"Ann": HASH})
    assert login.admits("Ann", "correct horse")
    assert not login.admits("Ann", "wrong")
    assert not login.admits("Bob", "correct horse")
    assert not login.admits("ann", "correct horse")


def test_after_five_failures_even_the_right_password_waits_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    login = Login({"Ann": HASH}, clock)
    assert not any(login.admits("Ann", "wrong") for _ in range(5))
    assert not login.admits("Ann", "correct horse")
    clock.now = 15 * 60 + 1
    assert login.admits("Ann", "correct horse")


def test_failures_of_one_name_do_not_lock_another() -> None:
    login = Login({"Ann": HASH})
    for _ in range(6):
        login.admits("Bob", "wrong")
    assert login.admits("Ann", "correct horse")


def test_a_password_that_bcrypt_would_cut_is_refused() -> None:
    hashed = bcrypt.hashpw(b"x" * 72, bcrypt.gensalt(4)).decode()
    assert not Login({"Ann": hashed}).admits("Ann", "x" * 73)


def test_a_malformed_hash_or_password_refuses_instead_of_failing() -> None:
    assert not Login({"Ann": "not a hash"}).admits("Ann", "secret")
    assert not Login({"Ann": HASH}).admits("Ann", "nul\0byte")


def test_the_secret_is_kept_for_its_owner_and_changes_with_the_users(tmp_path: Path) -> None:
    nobody, ann = Settings(chat_users={}), Settings(chat_users={"Ann": HASH})
    first = secret(tmp_path, nobody)
    assert secret(tmp_path, nobody) == first != secret(tmp_path, ann)
    assert stat.S_IMODE((tmp_path / "chat_secret").stat().st_mode) == 0o600


def test_a_token_or_users_ask_for_a_login() -> None:
    assert not is_asked(Settings(api_token=None, chat_users={}))
    assert is_asked(Settings(api_token="0123456789abcdef", chat_users={}))
    assert is_asked(Settings(api_token=None, chat_users={"Ann": HASH}))
