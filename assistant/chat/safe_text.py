"""What people and files wrote, made harmless for Chainlit's Markdown: always shown as text, never as markup.

Chainlit renders GitHub Markdown with directives. Without this, a campaign named ``![x](//evil/p.png)`` would be fetched
by the browser, ``a|b`` would break a table and ``Spend:high`` would lose a word.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[\\`*\[\]<|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=[A-Za-z])")
_LINE_START = re.compile(r"^([#+\-=>:]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")  # control, cursor mark, bidi
_AUTOLINK = re.compile(r"(https?|www|ftp|mailto|xmpp)(?=[:.])|(?=@)", re.IGNORECASE)
_WORD_JOINER = "\u2060"  # takes no room and breaks no line, but no address is recognised across it


def plain(text: str) -> str:
    """Markdown that shows exactly this text. Lines are kept; indentation and runs of empty lines are not."""
    lines = (line.strip() for line in _INVISIBLE.sub("", text).splitlines())
    unlinked = _AUTOLINK.sub(lambda found: found.group() + _WORD_JOINER, "\n".join(lines))
    return _LINE_START.sub(_escaped_start, _MARKUP.sub(r"\\\g<0>", unlinked)).strip()


def line(text: str, longest: int = 300) -> str:
    """As ``plain``, on one line that fits a table cell, a list item or a chip."""
    flat = " ".join(text.split())
    return plain(flat if len(flat) <= longest else f"{flat[: longest - 1]}…")


def code_block(code: str, language: str) -> str:
    """A fenced block; the fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def _escaped_start(found: re.Match[str]) -> str:
    start = found.group()
    return f"{start}\\" if start.isdigit() else f"\\{start}"
