"""Matching patterns of span kinds, and the scene that constructions work on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.dates import Calendar, NamedPeriod
from assistant.understand.draft import Draft
from assistant.understand.outcomes import Decline, options
from assistant.understand.resolve import Resolved
from assistant.understand.spans import KINDS, Span
from kpi.catalogue import Catalogue
from kpi.semantic import SemanticModel
from tools.base import Option


@dataclass
class Scene:
    """What a construction may look at and change: the draft, the model, what is loaded, the message itself."""

    text: str
    draft: Draft
    model: SemanticModel
    catalogue: Catalogue
    calendar: Calendar
    spans: Sequence[Span] = ()  # the whole message, as tagged
    base: NamedPeriod | None = None  # the last question's period, for 'the month before that'
    leaning_on: Resolved | None = None  # the question that a follow-up leans on
    asks_yes_or_no: bool = False  # 'is …', 'did …'

    @property
    def last(self) -> Draft | None:
        return self.leaning_on.draft if self.leaning_on else None

    def opens_with(self, span: Span) -> bool:
        """Whether the span is the first of the message that means something: what the question is about."""
        return next((one for one in self.spans if one.kind not in {"filler", "and"}), None) == span

    def instead_of(self, spans: Sequence[Span], words: str) -> Option:
        """The message with other words in the place of some of its spans, as an option of a question back."""
        text = self.text
        for span in sorted(spans, key=lambda one: one.start, reverse=True):
            text = text[: span.start] + (words if span is spans[0] else "") + text[span.end :]
        return Option(label=words, question=" ".join(text.split()))

    def break_down_by(self, dimension: str) -> None:
        """Raises Decline where no loaded row says anything for the dimension."""
        if not self.catalogue.is_empty and not self.catalogue.reports(dimension):
            label = self.model.dimensions[dimension].label.lower()
            raise Decline(
                f"The loaded files don't say the {label} of a row. The finest level I hold is the campaign.",
                options("spend by campaign", "ROAS by campaign"),
            )
        self.draft.add_dimension(dimension)


Action = Callable[[Scene, Sequence[Span]], bool | None]


@dataclass(frozen=True)
class Construction:
    """``action`` returns False where the match is not its business after all; the spans then stay."""

    name: str
    pattern: re.Pattern[str]
    action: Action


_CODE = {kind: chr(0x100 + n) for n, kind in enumerate(KINDS)}  # one character a kind, for regular expressions


def construction(pattern: str) -> Callable[[Action], Construction]:
    """Declare what spans of the given kinds, side by side, mean."""

    def declare(action: Action) -> Construction:
        coded = re.sub(r"[a-z_]+", lambda m: _CODE[m.group()], pattern).replace(" ", "")
        return Construction(action.__name__, re.compile(coded), action)

    return declare


def apply(order: Sequence[Construction], scene: Scene, spans: Sequence[Span]) -> list[Span]:
    """Run the constructions in order, each until it matches no more. Returns the spans that stayed unused."""
    left = list(spans)
    for rule in order:
        left = _apply_one(rule, scene, left)
    return left


def _apply_one(rule: Construction, scene: Scene, spans: list[Span]) -> list[Span]:
    at = 0
    while match := rule.pattern.search("".join(_CODE[span.kind] for span in spans), at):
        first, last = match.span()
        if first == last:
            return spans
        if rule.action(scene, spans[first:last]) is False:
            at = first + 1
        else:
            spans = spans[:first] + spans[last:]
            at = 0
    return spans


def first(spans: Sequence[Span], *kinds: str) -> Span | None:
    return next((span for span in spans if span.kind in kinds), None)


def every(spans: Sequence[Span], *kinds: str) -> list[Span]:
    return [span for span in spans if span.kind in kinds]
