"""Is a call faithful to its message? Nothing that the rules recognise may be left out, no number may be made up.

The rules' own tagger reads the message once more: what it is sure of must be in the query, whoever wrote the query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.dates import Calendar
from assistant.llm.forms import AskedQuery
from assistant.understand.resolve import Resolved
from assistant.understand.rules import Rules
from assistant.understand.spans import MemberMatch, Span
from kpi.errors import InvalidQuery
from kpi.query import MetricQuery


def check_faithful(text: str, form: AskedQuery, resolved: Resolved, rules: Rules, calendar: Calendar) -> None:
    """Raises InvalidQuery naming the words that the call leaves out, or the number that the message doesn't hold."""
    spans = rules.tagger.tag(text, calendar)
    left_out = [span.text for span in spans if not _is_used(span, form, resolved.query, rules)]
    if left_out:
        words = ", ".join(f"“{word}”" for word in left_out[:5])
        raise InvalidQuery(f"The message says {words}, and the call leaves that out.")
    for number in _numbers(form):
        if number not in _said(spans):
            raise InvalidQuery(f"The message holds no number {number:g}: don't make one up.")


def _is_used(span: Span, form: AskedQuery, query: MetricQuery, rules: Rules) -> bool:
    if span.reading:  # a guess of the rules is no certainty
        return True
    if span.kind == "metric":
        return span.value in _metrics(query)
    if span.kind == "dimension":
        return span.value in _dimensions(query) or not rules.catalogue.reports(span.value)
    if span.kind == "member":
        return _is_kept(span.value, query)
    if span.kind == "period":
        return any(_overlap(span.text, words) for words in (form.period, form.comparison) if words)
    if span.kind == "number":
        return not any(c.isdigit() for c in span.text) or span.value.value in _with_percents(_numbers(form))
    if span.kind == "exclude":
        return bool(form.conditions) or any(f.op == "not in" for f in query.member_filters)
    return True


def _metrics(query: MetricQuery) -> set[str]:
    ordered = {query.order.by.removesuffix("_change")} if query.order else set()
    conditions = {query.metric_of(f.metric) for f in query.metric_filters}
    return {*query.metrics, *ordered, *conditions, *(extra.metric for extra in query.extras)}


def _dimensions(query: MetricQuery) -> set[str]:
    return {*query.dimensions, *(f.dimension for f in query.member_filters)}


def _is_kept(match: MemberMatch, query: MetricQuery) -> bool:
    """One of the members the words may mean is among the filters; an unclear name is the model's to place."""
    named = {(f.dimension, value) for f in query.member_filters for value in f.values}
    return bool(match.absent) or any(pair in named for pair in match.candidates)


def _overlap(said: str, quoted: str) -> bool:
    return said.casefold() in quoted.casefold() or quoted.strip().casefold() in said.casefold()


def _numbers(form: AskedQuery) -> list[float]:
    """The numbers of the call; 'which … the most' makes a limit of 1 without saying so."""
    return [c.value for c in form.conditions] + ([form.limit] if form.limit and form.limit > 1 else [])


def _said(spans: Sequence[Span]) -> set[float]:
    return {value for span in spans if span.kind == "number" for value in _readings(span)}


def _readings(span: Span) -> Iterator[float]:
    yield span.value.value
    yield round(span.value.value / 100, 12)


def _with_percents(numbers: Sequence[float]) -> set[float]:
    return {value for number in numbers for value in (number, round(number * 100, 10))}
