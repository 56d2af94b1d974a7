"""A question as understood so far: symbolic, before dates, defaults and directions are filled in.

Conversations keep drafts, not queries, so that 'what about May?' moves a comparison 'vs the period before' along.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.dates import Mention, NamedPeriod
from kpi.query import Comparator, Grain

ExtraKind = Literal["per_day", "per_week", "per_month", "running", "growth", "contribution", "rank", "rank_change"]
Mode = Literal["good", "bad", "high", "low"]


@dataclass(frozen=True)
class Versus:
    """What a period is compared with: the one before it, the same dates a year earlier, or a mention of its own."""

    kind: Literal["previous", "year_earlier", "mention"]
    mention: Mention | None = None


@dataclass(frozen=True)
class Ranking:
    """Order by a metric (None: the first one asked for) or by its change; ``count`` keeps that many."""

    mode: Mode
    metric: str | None = None
    by_change: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Condition:
    """A condition on a metric (``value`` in its own unit), on its change, its share or its growth (a fraction)."""

    metric: str
    op: Comparator
    value: float
    of: Literal["value", "change", "share", "growth"] = "value"

    @property
    def column(self) -> str:
        return self.metric if self.of == "value" else f"{self.metric}_{self.of}"


@dataclass(frozen=True)
class Claim:
    """What a yes-or-no question supposes: that ``first`` has more of the metric than ``second`` (or less, better …).

    The two are members of ``dimension``; without one they are the period and what it is compared with. With a
    ``place``, that ``first`` is among so many leaders of all members.
    """

    mode: Mode
    metric: str | None = None
    dimension: str | None = None
    first: str = ""
    second: str = ""
    place: int = 0


@dataclass
class Draft:
    metrics: list[str] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    grain: Grain | Literal["auto"] | None = None
    keep: dict[str, list[str]] = field(default_factory=dict)  # dimension -> members kept
    leave_out: dict[str, list[str]] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    alternatives: list[Condition] = field(default_factory=list)  # of these one must hold
    period: NamedPeriod | None = None
    versus: Versus | None = None
    versus_unit: Grain | None = None  # 'month over month': a comparison or a trend, depending on the period
    wants_growth: bool = False  # 'month over month growth': where that is a trend, each bucket against the one before
    ranking: Ranking | None = None
    sorted_by: Ranking | None = None  # 'top 3 by spend, sorted by CAC': the order of those that ``ranking`` keeps
    within: list[str] = field(default_factory=list)  # 'best campaign in each country': the groups; 'period' for buckets
    share_of: str | None = None
    wants_share: bool = False  # 'as a share': of the first sum that is shown
    extra_kinds: list[ExtraKind] = field(default_factory=list)  # averages, running sums …, of every sum asked for
    counts_members: bool = False  # 'how many campaigns …'
    asks_yes_or_no: bool = False  # 'are we under 30 CAC?': conditions are questions, not filters
    asks_of_every: bool = False  # 'are all campaigns under 30 CAC?': how many of the members meet the conditions
    asks_whether_any: bool = False  # 'is any campaign above 32 CAC?'
    claim: Claim | None = None  # 'did Meta spend more than Google?'
    wants_parts: bool = False  # 'and why': what the figure is made of, beside it
    wants_performance: bool = False
    wants_comparison: bool = (
        False  # 'compare', 'did it go up': against the period before unless something else is named
    )
    is_record: bool = False  # 'best month': over all loaded days where no period is named
    refers_back: bool = False  # 'that campaign': a member of the last answer
    names_all: bool = False  # 'all campaigns' behind a question about some of them
    leans_on_last: bool = False  # 'its', 'there', 'which one': never a question of its own
    readings: list[str] = field(default_factory=list)  # how unclear words were read, for the interpretation
    stand_ins: list[str] = field(default_factory=list)  # words for which conversions are counted

    def copy(self) -> Draft:
        return replace(
            self,
            metrics=[*self.metrics],
            dimensions=[*self.dimensions],
            keep={name: [*members] for name, members in self.keep.items()},
            leave_out={name: [*members] for name, members in self.leave_out.items()},
            conditions=[*self.conditions],
            alternatives=[*self.alternatives],
            within=[*self.within],
            extra_kinds=[*self.extra_kinds],
            readings=[*self.readings],
            stand_ins=[*self.stand_ins],
        )

    def add_dimension(self, name: str) -> None:
        if name not in self.dimensions:
            self.dimensions.append(name)

    def add_metric(self, name: str) -> None:
        if name not in self.metrics:
            self.metrics.append(name)

    def add_members(self, dimension: str, members: tuple[str, ...], *, leave_out: bool = False) -> None:
        side = self.leave_out if leave_out else self.keep
        kept = side.setdefault(dimension, [])
        kept.extend(member for member in members if member not in kept)

    @property
    def has_subject(self) -> bool:
        """Whether it asks for any figure by itself."""
        return bool(self.metrics or self.wants_performance or self.all_conditions)

    @property
    def all_conditions(self) -> list[Condition]:
        return [*self.conditions, *self.alternatives]
