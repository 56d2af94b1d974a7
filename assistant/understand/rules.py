"""The rule-based route: one message -> one typed tool call, or the reason why not. Complete coverage or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.dates import Calendar, NamedPeriod
from assistant.understand import honesty
from assistant.understand.constructions import ORDER
from assistant.understand.constructions.engine import Scene, apply
from assistant.understand.draft import Draft
from assistant.understand.following import FollowUp
from assistant.understand.lexicon import load_lexicon
from assistant.understand.members import MemberIndex
from assistant.understand.openings import read_opening
from assistant.understand.outcomes import AskBack, MetricMissing, Unplaced, options
from assistant.understand.resolve import Resolved, Resolver
from assistant.understand.spans import Span
from assistant.understand.tagger import Tagger
from assistant.understand.triggers import Triggers
from assistant.understand.verdicts import asks_of_every, place_claimed, shares_of_the_whole
from assistant.understand.vocabulary import fixed_phrases
from kpi.catalogue import Catalogue
from kpi.semantic import SemanticModel
from tools.base import Note, ToolCall

LONGEST_MESSAGE = 1_000  # characters; a question is far shorter
JOINING = ("and", "with", "when")
_CLOSED = load_lexicon().closed


@dataclass(frozen=True)
class Understood:
    """A call that covers every meaningful word; ``resolved`` is set where it is a metric query.

    ``notes`` are about how it came about, for the answer.
    """

    call: ToolCall
    resolved: Resolved | None = None
    route: Literal["rules", "llm"] = "rules"
    notes: tuple[Note, ...] = ()


def calling(resolved: Resolved) -> Understood:
    """The call that answers a resolved question."""
    arguments = {"query": resolved.query.model_dump(mode="json")}
    return Understood(ToolCall(tool="query_kpis", arguments=arguments), resolved)


@dataclass(frozen=True)
class Rules:
    """Understands messages about one catalogue; built once a data version."""

    model: SemanticModel
    catalogue: Catalogue
    tagger: Tagger
    triggers: Triggers

    @classmethod
    def over(cls, model: SemanticModel, catalogue: Catalogue, triggers: Triggers) -> Rules:
        return cls(model, catalogue, Tagger(fixed_phrases(), MemberIndex(model, catalogue)), triggers)

    def understand(
        self, text: str, calendar: Calendar, last: Resolved | None = None, before: Resolved | None = None
    ) -> Understood:
        """``last`` is the question before, ``before`` the one before that.

        Raises AskBack or Decline with what to say instead of an answer.
        """
        _check_size(text)
        call = self._tool_called(text, calendar)
        if call:
            return Understood(call)
        try:
            return calling(self.resolver(calendar).resolve(self._draft(text, calendar, last, before)))
        except MetricMissing as missing:
            raise missing.asking_about(text) from missing

    def _tool_called(self, text: str, calendar: Calendar) -> ToolCall | None:
        """Of a phrase that calls a tool; its days ('load last week's export') are never those of old data."""
        call = self.triggers.match(self.tagger.tag(text, calendar))
        if call is None or calendar.real_today is None:
            return call
        return self.triggers.match(self.tagger.tag(text, calendar.by_the_clock))

    def _draft(self, text: str, calendar: Calendar, last: Resolved | None, before: Resolved | None) -> Draft:
        if last is None:
            return self._read(text, calendar)

        def read(text: str, last: Resolved | None = None, base: NamedPeriod | None = None) -> Draft:
            return self._read(text, calendar, last, base)

        return FollowUp(text, last, before, read, calendar).draft()

    def _read(
        self,
        text: str,
        calendar: Calendar,
        last: Resolved | None = None,
        base: NamedPeriod | None = None,
    ) -> Draft:
        """The draft of a text. ``last`` is what it may lean on. Raises AskBack naming the words that found no use."""
        spans = self.tagger.tag(text, calendar)
        scene = Scene(text, Draft(), self.model, self.catalogue, calendar, spans, base, last, opens_yes_or_no(spans))
        meaningful = [span for span in spans if span.kind != "filler"]
        honesty.check_what_was_heard(text, spans)
        honesty.check_signs(spans)
        honesty.check(meaningful)
        left = [span for span in apply(ORDER, scene, meaningful) if span.kind not in JOINING]
        if left:
            raise _unused(left, self.tagger.members)
        _read_by_first_word(scene)
        place_claimed(scene)
        shares_of_the_whole(scene)
        return scene.draft

    def about(self, metric: str, text: str, calendar: Calendar) -> str:
        """'show it by platform' behind 'what is CPC?' is about CPC: the message with that in the place of 'it'."""
        spans = self.tagger.tag(text, calendar)
        said = [span for span in spans if span.kind == "it" and span.text.lower() in _CLOSED.it_words]
        if len(said) != 1 or any(span.kind in {"metric", "performance"} for span in spans):
            return text
        return f"{text[: said[0].start]}{self.model.metrics[metric].label}{text[said[0].end :]}"

    def names_only_metrics(self, text: str, calendar: Calendar) -> bool:
        """'conversions', 'the CAC please': a reply that says what to measure and nothing else."""
        opening = read_opening(text)
        spans = self.tagger.tag(opening.rest or text, calendar)
        kinds = {span.kind for span in spans if span.kind != "filler"}
        return bool(kinds & {"metric", "performance"}) and kinds <= {"metric", "performance", "and"}

    def resolver(self, calendar: Calendar) -> Resolver:
        """Fills in dates, defaults and directions, for drafts of the rules and of a language model alike."""
        catalogue = self.catalogue
        return Resolver(
            self.model, calendar, catalogue.first_day, catalogue.last_day, catalogue.knows_revenue or catalogue.is_empty
        )


def opens_yes_or_no(spans: Sequence[Span]) -> bool:
    """'is …', 'this year, is …', 'and did …': a verb opens the sentence or what stands behind its first period."""
    for span in spans:
        if span.text.lower().split()[:1] and span.text.lower().split()[0] in _CLOSED.yes_or_no:
            return True
        if span.kind not in {"period", "and", "filler"}:
            return False
        if span.kind == "filler" and span.text.isalpha() and span.text.lower() not in _CLOSED.polite:
            return False
    return False


def _read_by_first_word(scene: Scene) -> None:
    """'how did Meta do?' asks for performance; 'are we under 30 CAC?' for yes or no; other conditions need members."""
    draft, spans = scene.draft, scene.spans
    word = spans[0].text.lower().split()[0] if spans else ""
    words = scene.text.lower().split()
    if (
        word == "how"
        and words[1:2] not in (["much"], ["many"])
        and not draft.has_subject
        and (draft.keep or draft.period)
    ):
        draft.wants_performance = True
    if draft.all_conditions and not (draft.dimensions or draft.grain):
        last = scene.last
        leans = last is not None and bool(last.dimensions or last.grain or last.asks_yes_or_no)
        if not scene.asks_yes_or_no and not leans:
            raise AskBack(
                "Of what? A condition picks campaigns, platforms, days …",
                options(*(f"{things} with {scene.text}" for things in ("campaigns", "countries", "days"))),
            )
        draft.asks_yes_or_no = scene.asks_yes_or_no
    elif draft.all_conditions and scene.asks_yes_or_no:
        draft.asks_of_every = asks_of_every(scene)
        draft.asks_whether_any = not draft.asks_of_every


def _check_size(text: str) -> None:
    if not any(character.isalnum() for character in text):
        raise AskBack(
            "Ask me about your campaigns: a figure, a period, a breakdown.",
            options("how are we doing?", "CAC by platform last month", "what data do we have?"),
        )
    if len(text) > LONGEST_MESSAGE:
        raise AskBack(f"That message has {len(text):,} characters. Ask one question of at most {LONGEST_MESSAGE:,}.")


def _unused(left: Sequence[Span], members: MemberIndex) -> Unplaced:
    """Words that found no use are never dropped: say which, and what is near."""
    words = ", ".join(f"“{span.text}”" for span in left[:5])
    near = [member for span in left if span.kind == "unknown" for _, member in members.suggestions(span.text)][:3]
    hint = f" Loaded names that come near: {', '.join(near)}." if near else ""
    return Unplaced(
        f"I don't know how to use {words} in this question.{hint} Could you say it another way?",
        options("what can I ask?"),
    )
