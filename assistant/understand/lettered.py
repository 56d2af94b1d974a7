"""Members called by one letter: 'campaign X' names a campaign, where 'campaign x device' joins two breakdowns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.understand.spans import MemberMatch, Span

_MEANS_LITTLE = frozenset({"and", "filler", "unknown"})
_SPLITS = frozenset({"dimension", "unit", "rhythm", "by"})


def lettered(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans, with a single letter behind a dimension's word read as the name of a member that isn't loaded."""
    found = list(spans)
    for at, (before, span) in enumerate(pairwise(spans), start=1):
        behind = spans[at + 1].kind if at + 1 < len(spans) else ""
        is_letter = len(span.text) == 1 and span.text.isalpha() and span.kind in _MEANS_LITTLE
        names = is_letter and (span.text == "x" or (span.text.isupper() and span.text != "I" and not text.isupper()))
        is_plural = before.text.lower().endswith("s")  # 'accounts A and B' may be loaded
        if names and before.kind == "dimension" and not is_plural and behind not in _SPLITS:
            match = MemberMatch(((before.value, span.text),), absent=span.text)
            found[at] = replace(span, kind="member", value=match)
    return found
