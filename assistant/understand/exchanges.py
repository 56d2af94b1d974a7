"""One part of the last question in the place of another: 'change clicks to impressions', 'not May, June'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.dates import Mention, NamedPeriod
from assistant.understand.draft import Draft, Versus
from assistant.understand.followups import lay_over, on_new_metric
from assistant.understand.openings import behind_politeness, read_opening
from assistant.understand.tokens import tokenize
from assistant.understand.vocabulary import leaning_phrases

_EXCHANGE = re.compile(r"(.+?)\s+(?:to|for|with|by|into)\s+(.+)", re.IGNORECASE)
_NO = r"(?:no,?\s+)?(?:i meant?\s+)?"
_NOT = r"(?:not|instead of|rather than)"
_RATHER = (
    re.compile(_NO + _NOT + r"\s+(?P<old>.+?)(?:\s*[,;–—]\s*|\s+but\s+|\s+-\s+)(?:but\s+)?(?P<new>.+)", re.IGNORECASE),
    re.compile(_NO + r"(?P<new>.+?)(?:\s*,\s*|\s+)(?:and\s+)?" + _NOT + r"\s+(?P<old>.+)", re.IGNORECASE),
)


def exchanges(text: str) -> Iterator[tuple[str, str]]:
    """What a message may want exchanged for what: 'change clicks to impressions', 'not May, June'."""
    tokens = tokenize(text)
    start = behind_politeness(tokens)
    verb = leaning_phrases("swap").match(tokens, start)
    if verb and len(tokens) > verb[0]:
        rest = text[tokens[start + verb[0] - 1].end :].strip()
        found = _EXCHANGE.fullmatch(rest.rstrip("?!. "))
        if found:
            yield found.group(1), found.group(2)
    for words in dict.fromkeys((text, rest_of(text))):
        for pattern in _RATHER:
            if match := pattern.fullmatch(words.strip().rstrip("?!. ")):
                yield match.group("old"), match.group("new")


def _other_period(last: Draft, gone: NamedPeriod, come: Draft, moves_along: bool) -> Draft | None:
    """The period itself, or the one it is compared with."""
    against = last.versus.mention.period if last.versus and last.versus.mention else None
    if against and _same_days(gone, against):
        merged = last.copy()
        merged.versus = Versus("mention", Mention(0, 0, come.period))
        return merged
    same = last.period is None or _same_days(gone, last.period)
    return lay_over(last, come, "replace", moves_along) if same else None


def _same_days(one: NamedPeriod, other: NamedPeriod) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def rest_of(text: str) -> str:
    """Without words that only say that something was wrong: 'sorry, Google not Meta'."""
    opening = read_opening(text)
    return opening.rest if opening.how in {"correct", "replace"} and opening.rest else text


def exchanged(last: Draft, gone: Draft, come: Draft, moves_along: bool = False) -> Draft | None:
    """The last question with one part exchanged; None where that part is not in it."""
    if gone.period and come.period:
        return _other_period(last, gone.period, come, moves_along)
    if gone.grain and come.grain and gone.grain == last.grain:
        return lay_over(last, come, "replace", moves_along)
    for gone_names, come_names, kept in (
        (gone.metrics, come.metrics, last.metrics),
        (gone.dimensions, come.dimensions, last.dimensions),
    ):
        if gone_names and come_names and all(name in kept for name in gone_names):
            merged = last.copy()
            at = kept.index(gone_names[0])
            left = [name for name in kept if name not in gone_names]
            new = [*left[:at], *(name for name in come_names if name not in left), *left[at:]]
            if kept is last.metrics:
                merged.metrics, merged.ranking = new, on_new_metric(last.ranking)
            else:
                merged.dimensions = new
            return merged
    for dimension, members in gone.keep.items():
        if dimension in come.keep and set(members) <= {*last.keep.get(dimension, [])}:
            merged = last.copy()
            left = [member for member in last.keep[dimension] if member not in members]
            merged.keep[dimension] = [*left, *(m for m in come.keep[dimension] if m not in left)]
            return merged
    return None
