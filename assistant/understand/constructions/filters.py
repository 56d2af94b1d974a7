"""Members in a question: kept, left out, unknown, or one of several that a word may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.lexicon import load_lexicon
from assistant.understand.outcomes import AskBack, Decline
from assistant.understand.resolve import Resolved
from assistant.understand.spans import MemberMatch, Span
from assistant.understand.tokens import tokenize
from tools.base import Option

MOST_OPTIONS = 6
_CLOSED = load_lexicon().closed


@construction("only? ((?<!by) dimension member|member dimension) only?|exclude (dimension member|member dimension)")
def member_with_its_label(scene: Scene, spans: Sequence[Span]) -> bool:
    """'campaign Brand_Search', 'Mobile devices': the word for the dimension only says which member is meant."""
    dimension, member = every(spans, "dimension")[0], every(spans, "member")[0]
    fitting = [pair for pair in member.value.candidates if pair[0] == dimension.value]
    if not fitting:
        return False
    named = member if scene.text[member.start] == '"' else _plural(scene, dimension, member, fitting)
    narrowed = replace(named, value=replace(named.value, candidates=tuple(fitting)))
    _keep(scene, narrowed, certain_members(scene, narrowed), leave_out=spans[0].kind == "exclude")
    return True


def _plural(scene: Scene, dimension: Span, member: Span, fitting: Sequence[tuple[str, str]]) -> Span:
    """'search campaigns' are all those with the word in their name; 'the search campaign' is one of them."""
    several = len(fitting) > 1 and dimension.text.lower().endswith("s")
    if not several or len({name.lower() for _, name in fitting}) < len(fitting):
        return member
    names = ", ".join(name for _, name in fitting)
    reading = f"“{scene.text[min(member.start, dimension.start) : max(member.end, dimension.end)]}” read as {names}"
    return replace(member, value=replace(member.value, is_group=True), reading=reading)


@construction("exclude only? and* dimension? member dimension? ((and|exclude)+ member dimension?)*")
def left_out(scene: Scene, spans: Sequence[Span]) -> None:
    is_portuguese = spans[0].text.lower() == "no" and _says(scene, _CLOSED.romance)  # 'no Google': on Google
    for span in every(spans, "member"):
        _keep(scene, span, certain_members(scene, span), leave_out=not is_portuguese)


def _says(scene: Scene, words: frozenset[str]) -> bool:
    return any(token.norm in words for token in tokenize(scene.text))


@construction("by? dimension (exclude|and)+ dimension? member ((and|exclude)+ member)*")
def all_but(scene: Scene, spans: Sequence[Span]) -> bool:
    """'all platforms except Meta' is no breakdown, however 'platforms' is spelled; 'each platform but Meta' is one."""
    dimension = every(spans, "dimension")[0]
    members = every(spans, "member")
    joining = [span for span in spans if dimension.end <= span.start < members[0].start and span.kind != "dimension"]
    if not any(span.kind == "exclude" or span.text.lower() in _CLOSED.exceptions for span in joining):
        return False
    before = scene.text[: dimension.start].lower().split()[-3:]
    is_of_all = any(word in _CLOSED.all_of_them for word in before)
    by = first(spans, "by")
    is_alike = all(dimension.value in {pair[0] for pair in member.value.candidates} for member in members)
    if not is_of_all and (by is not None or not is_alike or first(joining, "exclude")):
        return False
    if not is_of_all or (by is not None and by.text.lower() not in _CLOSED.all_of_them) or before[-1:] == ["each"]:
        scene.break_down_by(dimension.value)
    for span in members:
        _keep(scene, span, certain_members(scene, span), leave_out=True)
    return True


@construction("exclude it")
def left_out_of_the_last(scene: Scene, spans: Sequence[Span]) -> bool:
    """'exclude it': the one member that the last question was about."""
    kept = scene.last.keep if scene.last else {}
    if len(kept) != 1:
        return False
    for dimension, members in kept.items():
        scene.draft.add_members(dimension, tuple(members), leave_out=True)
    scene.draft.leans_on_last = True
    return True


@construction("exclude period")
def left_out_weekday(scene: Scene, spans: Sequence[Span]) -> bool:
    """'excluding Sunday' leaves out a day of the week, not last Sunday."""
    day = spans[1].text.strip().capitalize()
    if day not in scene.catalogue.members["day_of_week"]:
        return False
    scene.draft.add_members("day_of_week", (day,), leave_out=True)
    return True


@construction("only? number? pronoun")
def of_the_last_answer(scene: Scene, spans: Sequence[Span]) -> None:
    """'that campaign': the one the last answer was about, or led with; 'those campaigns': those it showed."""
    said, dimension = spans[-1].text, spans[-1].value
    label = scene.model.dimensions[dimension].label.lower()
    last = scene.leaning_on
    several = said.lower().split()[0] in _CLOSED.several
    members = (last.shown.get(dimension, ()) if several else (last.leaders.get(dimension),)) if last else ()
    if not members or members == (None,):
        shown = last.shown.get(dimension, ()) if last else ()
        raise AskBack(
            f"Which {label} do you mean? Name it.",
            [scene.instead_of(spans[-1:], f'{label} "{member}"') for member in shown[:MOST_OPTIONS]],
        )
    _refer_to(scene, dimension, [member for member in members if member], said)


@construction("with? that_period")
def of_the_period_that_led(scene: Scene, spans: Sequence[Span]) -> bool:
    """'spend in that month' behind 'which month had the best ROAS'."""
    last = scene.leaning_on
    if last is None or last.led_period is None or last.led_period.unit != spans[-1].value:
        return False
    scene.draft.period = last.led_period
    scene.draft.refers_back = scene.draft.leans_on_last = True
    return True


@construction("only? number? it")
def it_again(scene: Scene, spans: Sequence[Span]) -> None:
    """'its CAC', 'what is the spend there': what the last answer singled out, or all that it was about."""
    last, span = scene.leaning_on, spans[-1]
    if _is_the_figure_before_why(scene, span):
        return
    scene.draft.leans_on_last = last is not None
    if last is None:
        _nothing_to_lean_on(scene, span)
        return
    asks_which = any(one.kind == "it" and one.text.lower().startswith("which") for one in scene.spans)
    if not asks_which:
        _what_the_last_one_led_to(scene, last, span)


def _what_the_last_one_led_to(scene: Scene, last: Resolved, span: Span) -> None:
    """'it' is the one that led the last answer, 'they' are the few that did."""
    ranking = last.draft.ranking
    if ranking is None:
        return
    if span.value == "one" and (ranking.count == 1 or ranking.by_change):
        for dimension in last.draft.dimensions:
            if dimension in last.leaders:
                _refer_to(scene, dimension, [last.leaders[dimension]], span.text)
    elif span.value == "many" and ranking.count and ranking.count > 1:
        for dimension in last.draft.dimensions:
            _refer_to(scene, dimension, [*last.shown.get(dimension, ())], span.text)


def _is_the_figure_before_why(scene: Scene, it: Span) -> bool:
    """'what was our CAC, and why did it move?': the CAC of this question, nothing of the last answer."""
    whys = [span for span in scene.spans if span.kind == "why" and span.end <= it.start]
    return any(span.kind == "metric" and span.end <= why.start for why in whys for span in scene.spans)


def _refer_to(scene: Scene, dimension: str, members: Sequence[str], said: str) -> None:
    draft = scene.draft
    draft.add_members(dimension, tuple(members))
    draft.refers_back, draft.leans_on_last = True, scene.last is not None
    draft.readings.append(f"“{said}” read as {', '.join(members)}")


def _nothing_to_lean_on(scene: Scene, span: Span) -> None:
    """'it' may stand for nothing; 'its' and 'there' ask about something that was not named."""
    named = any(one.kind in {"dimension", "member", "unit"} and one.end <= span.start for one in scene.spans)
    if named or span.text.lower() in _CLOSED.empty:  # 'top 2 campaigns by spend and their ROAS'
        return
    raise AskBack(f"What does “{span.text}” mean here? Name the campaign, platform or country.")


@construction("only? member (and+ member)* only?")
def kept(scene: Scene, spans: Sequence[Span]) -> None:
    for span in every(spans, "member"):
        _keep(scene, span, certain_members(scene, span), leave_out=False)


@construction("only")
def only_left_alone(scene: Scene, spans: Sequence[Span]) -> bool:
    """'only' beside a breakdown, metric or period adds nothing where there is nothing else; else it stays unused."""
    return len(scene.draft.metrics) == 1 and not scene.draft.keep


def take_members(scene: Scene, span: Span, *, leave_out: bool = False) -> None:
    """Keep (or leave out) what a span names. Raises AskBack or Decline where that is not clear or not loaded."""
    _keep(scene, span, certain_members(scene, span), leave_out=leave_out)


def _keep(scene: Scene, span: Span, match: MemberMatch, *, leave_out: bool) -> None:
    if match.absent:
        raise nothing_loaded(scene, span, match)
    if span.reading:
        scene.draft.readings.append(span.reading)
    scene.draft.add_members(match.dimension, match.members, leave_out=leave_out)


def certain_members(scene: Scene, span: Span) -> MemberMatch:
    """The match if it is one thing, else a question back with each candidate as an option."""
    match: MemberMatch = span.value
    if match.is_certain:
        return match
    model = scene.model
    candidates = match.candidates[:MOST_OPTIONS]
    names = ", ".join(f"{model.dimensions[d].label.lower()} {m}" for d, m in candidates)
    if len(match.candidates) > len(candidates):
        names += f" and {len(match.candidates) - len(candidates)} more"
    differ = len({dimension for dimension, _ in match.candidates}) > 1
    every_one = " and ".join(f'"{member}"' for _, member in match.candidates)
    all_of_them = Option(label="All of them", question=f"{scene.text[: span.start]}{every_one}{scene.text[span.end :]}")
    raise AskBack(
        f"“{span.text}” can mean {len(match.candidates)} things: {names}. Which one?",
        [
            *(
                Option(label=m, question=_with_name(scene.text, span, m, model.dimensions[d].label if differ else ""))
                for d, m in candidates
            ),
            *([all_of_them] if len({d for d, _ in match.candidates}) == 1 else []),
        ],
    )


def _with_name(text: str, span: Span, member: str, label: str) -> str:
    return f'{text[: span.start]}{label.lower()} "{member}"{text[span.end :]}'.replace('  "', ' "').lstrip()


def nothing_loaded(scene: Scene, span: Span, match: MemberMatch) -> Decline:
    dimension = scene.model.dimensions[match.dimension]
    members = list(scene.catalogue.members[match.dimension])[:MOST_OPTIONS]
    known = f"Loaded {dimension.plural}: {', '.join(members)}." if members else "Nothing is loaded yet."
    whose = f"“{span.text}” ({match.absent})" if span.text.lower() != match.absent.lower() else f"“{span.text}”"
    return Decline(
        f"No data is loaded for {whose}. {known}",
        [Option(label=m, question=scene.text[: span.start] + m + scene.text[span.end :]) for m in members[:3]],
    )


LABELS: tuple[Construction, ...] = (member_with_its_label,)
EXCLUSIONS: tuple[Construction, ...] = (all_but, left_out, left_out_weekday, left_out_of_the_last)
CONSTRUCTIONS: tuple[Construction, ...] = (of_the_last_answer, of_the_period_that_led, it_again, kept)
LAST: tuple[Construction, ...] = (only_left_alone,)
