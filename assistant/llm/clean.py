"""What a model wrote, as plain words: no address, no markup, nothing invisible, not long."""

from __future__ import annotations

import re

LONGEST = 300
_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]*:/*|//|www\.)\S*", re.IGNORECASE)
_MARKUP = re.compile(r"[<>\[\]{}|`*~\\!#@]|\x00")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def plain_words(text: str) -> str:
    """One line that no surface can take for a link, an image or markup."""
    line = " ".join(_INVISIBLE.sub(" ", text).split())
    line = _MARKUP.sub("", _ADDRESS.sub("…", line))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
