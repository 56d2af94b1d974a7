"""``python -m assistant hash``: a chat login for the setting ``CHAT_USERS``."""

from __future__ import annotations

import getpass
import sys

from kpi.errors import PlatformError

_MOST_BYTES = 72  # bcrypt reads no more, so a longer password would be cut silently
_FEWEST_CHARACTERS = 8


def run(name: str) -> int:
    """Read a password (twice at a terminal, else the first line of standard input) and print ``name:hash``."""
    if not name.isprintable() or not name.strip() or set(name) & {":", ","}:
        raise PlatformError("A login's name has letters and no ':' or ','.")
    sys.stdout.write(f"{name}:{hashed(_password())}\n")
    return 0


def hashed(password: str) -> str:
    """The bcrypt hash. Raises PlatformError for a password that is too short or too long."""
    import bcrypt

    if len(password) < _FEWEST_CHARACTERS:
        raise PlatformError(f"A password needs at least {_FEWEST_CHARACTERS} characters.")
    if len(password.encode()) > _MOST_BYTES:
        raise PlatformError(f"A password may have at most {_MOST_BYTES} bytes.")
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise PlatformError("The two passwords differ: nothing was made.")
    return password
