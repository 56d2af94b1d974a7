"""A span: a stretch of the message with one meaning. Its kind is one of the names constructions are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# What a phrase of lexicon/grammar.yml does in a question; each is explained there.
ROLES = (
    *("by", "versus", "compare", "superlative", "sort", "listed_first", "exclude", "only", "comparator", "between"),
    *(
        "unit",
        "rhythm",
        "trend",
        "share",
        "average",
        "rank",
        "performance",
        "change",
        "periodwise",
        "when",
        "and",
        "with",
    ),
    *("why", "forecast", "anomaly", "change_data", "count", "vague", "target", "running", "contribution", "unplaced"),
    *("comparative", "than", "name_part", "gap"),
    "it",
)
# What the words of lexicon/conversation.yml do; they are looked for only where a follow-up may be read.
LEANING_ROLES = (
    *("follow", "closing", "remove", "part_of_query", "swap"),
    *("back", "back_to", "both", "moved", "whole", "afresh", "every_one"),
)
KINDS = (
    *ROLES,
    "metric",  # value: metric name
    "dimension",  # value: dimension name
    "member",  # value: MemberMatch
    "part",  # value: PartMatch: a piece of a member that the data doesn't separate
    "period",  # value: dates.Mention
    "that_period",  # value: grain, as in 'that month': the bucket that led the last answer
    "pronoun",  # value: dimension name, as in 'that campaign'
    "number",  # value: float
    "ambiguous",  # value: tuple of metric names
    "out_of_reach",  # value: Topic
    "verb_or_name",  # value: MemberMatch of the members it may name
    "filler",  # may go unused
    "unknown",
)


@dataclass(frozen=True)
class Span:
    kind: str
    value: Any
    text: str
    start: int
    end: int
    reading: str = ""  # how the words were read where that isn't obvious: "'spned' read as Spend"


@dataclass(frozen=True)
class MemberMatch:
    """Members a phrase may mean. More than one candidate means we have to ask, unless all belong to a named group."""

    candidates: tuple[tuple[str, str], ...]  # (dimension, member)
    is_group: bool = False  # all members together, as in 'weekends'
    split_by: str | None = None  # the dimension that tells groups apart
    absent: str = ""  # the member is known by name but nothing of it is loaded

    @property
    def dimension(self) -> str:
        return self.candidates[0][0]

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(member for _, member in self.candidates)

    @property
    def is_certain(self) -> bool:
        return self.is_group or len(self.candidates) == 1


@dataclass(frozen=True)
class PartMatch:
    """A part of a member ('Instagram' of Meta) that rows don't tell apart."""

    dimension: str
    member: str
    part: str
    loaded: bool
