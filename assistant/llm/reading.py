"""From a filled-in form to a MetricQuery: dates by our grammar, members by our names, conventions by our resolver."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dates import Calendar, Mention, NamedPeriod, find_mentions
from assistant.llm.forms import AskedMembers, AskedQuery
from assistant.understand.draft import Condition, Draft, Ranking, Versus
from assistant.understand.followups import lay_over
from assistant.understand.resolve import Resolved
from assistant.understand.rules import Rules
from assistant.understand.spans import MemberMatch
from assistant.understand.tokens import tokenize
from kpi.checks import check_known, check_members, check_names
from kpi.errors import InvalidQuery

PREVIOUS = "previous"
_CHANGE = "_change"


@dataclass(frozen=True)
class Reader:
    """Reads forms about one message; ``last`` is the question before it."""

    text: str
    calendar: Calendar
    rules: Rules
    last: Resolved | None

    def read(self, form: AskedQuery) -> Resolved:
        """Raises InvalidQuery with what to put right, or AskBack where only the person can."""
        self._check_known(form)
        draft = self._draft(form)
        if form.goes_on and self.last:
            draft = lay_over(self.last.draft, draft, None)
        resolved = self.rules.resolver(self.calendar).resolve(draft)
        check_names(resolved.query, self.rules.model)
        check_members(resolved.query, self.rules.catalogue)
        return resolved

    def _check_known(self, form: AskedQuery) -> None:
        """The resolver relies on names that exist: the rules never write others."""
        model = self.rules.model
        shared = [form.share_of] if form.share_of else []
        check_known("metric", [*form.metrics, *(c.metric for c in form.conditions), *shared], model.metrics)
        check_known("dimension", [*form.dimensions, *(f.dimension for f in form.filters)], model.dimensions)

    def _draft(self, form: AskedQuery) -> Draft:
        draft = Draft(
            metrics=list(dict.fromkeys([*form.metrics, *([form.share_of] if form.share_of else [])])),
            dimensions=list(dict.fromkeys(form.dimensions)),
            grain=form.grain,
            conditions=[Condition(c.metric, c.op, c.value) for c in form.conditions],
            ranking=self._ranking(form),
            share_of=form.share_of,
            extra_kinds=list(dict.fromkeys(form.extras)),
            wants_performance=form.performance and not form.metrics,
            wants_comparison=form.comparison == PREVIOUS,
            is_record=form.grain is not None and form.limit is not None and not form.dimensions,
        )
        for named in form.filters:
            draft.add_members(named.dimension, self._members(named), leave_out=named.op == "not in")
        if form.period:
            draft.period = self._period(form.period)
        if form.comparison and form.comparison != PREVIOUS:
            draft.versus = Versus("mention", self._mention(form.comparison))
        return draft

    def _ranking(self, form: AskedQuery) -> Ranking | None:
        if form.order is None:
            if form.limit:
                raise InvalidQuery("A limit needs an order: by which metric?")
            return None
        by_change = form.order.by.endswith(_CHANGE)
        metric = form.order.by.removesuffix(_CHANGE)
        if metric not in self.rules.model.metrics:
            raise InvalidQuery(f"Order by a metric or <metric>_change, not by {form.order.by!r}.")
        if by_change and not form.comparison and not form.goes_on:
            raise InvalidQuery("An order by a change needs a comparison.")
        return Ranking("high" if form.order.descending else "low", metric, by_change, form.limit)

    def _members(self, named: AskedMembers) -> tuple[str, ...]:
        """Names as the data has them; what isn't found stays as it is, for the check that names what is near."""
        return tuple(member for value in named.values for member in self._member(named.dimension, value))

    def _member(self, dimension: str, value: str) -> tuple[str, ...]:
        if value in self.rules.catalogue.members.get(dimension, ()):
            return (value,)
        tokens = tokenize(value)
        found = self.rules.tagger.members.exact(tokens, 0) if tokens else None
        if found is None or found[0] < len(tokens) or not isinstance(found[1], MemberMatch):
            return (value,)
        match = found[1]
        usable = match.is_certain and not match.absent and match.dimension == dimension
        return match.members if usable else (value,)

    def _period(self, phrase: str) -> NamedPeriod:
        mention = self._mention(phrase)
        if mention.period:
            return mention.period
        if self.last and mention.relation:
            return mention.relation.resolve(self.last.period)
        raise InvalidQuery(f"“{phrase}” names a period only after another one: it may be the comparison.")

    def _mention(self, phrase: str) -> Mention:
        """The date phrase where it stands in the message, read by our own grammar."""
        at = self.text.casefold().find(phrase.strip().casefold())
        if at < 0 or not phrase.strip():
            raise InvalidQuery(f"The message doesn't say “{phrase}”: copy the words that name the period.")
        end = at + len(phrase.strip())
        inside = [m for m in find_mentions(self.text, self.calendar) if m.start < end and m.end > at]
        mentions = inside or find_mentions(phrase, self.calendar)
        if len(mentions) != 1:
            raise InvalidQuery(f"“{phrase}” is not one period that can be read: copy fewer or other words, or none.")
        if mentions[0].problem and mentions[0].relation is None:
            raise InvalidQuery(f"“{phrase}”: {mentions[0].problem}")
        return mentions[0]
