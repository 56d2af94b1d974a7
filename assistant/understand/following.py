"""A message behind another question: what it does to that question, or that it is one of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.dates import Calendar, NamedPeriod, find_mentions
from assistant.understand.draft import Draft
from assistant.understand.exchanges import exchanged, exchanges
from assistant.understand.followups import lay_over, stands_alone, taken_away, with_all, without
from assistant.understand.openings import (
    Opening,
    asks_for_all,
    asks_for_both,
    asks_for_the_whole,
    asks_what_changed,
    named_part,
    read_opening,
    removed_part,
)
from assistant.understand.outcomes import AskBack, options
from assistant.understand.resolve import Resolved
from assistant.understand.side_by_side import shows_several, side_by_side


def _is_number(words: str) -> bool:
    return words.replace("%", "").replace("$", "").strip().isdigit()


class Read(Protocol):
    """Reads a text into a draft, leaning on the last question where one is given. Raises AskBack."""

    def __call__(self, text: str, last: Resolved | None = None, base: NamedPeriod | None = None) -> Draft: ...


@dataclass(frozen=True)
class FollowUp:
    """``last`` is the question before, ``before`` the one before that."""

    text: str
    last: Resolved
    before: Resolved | None
    read: Read
    calendar: Calendar

    def draft(self) -> Draft:
        opening = self._short_of_dates(read_opening(self.text))
        return self._as_a_whole(opening) or self._exchange() or self._removal(opening) or self._change(opening)

    def _short_of_dates(self, opening: Opening) -> Opening:
        """'same for Google' opens with 'same'; 'same day last week' is a date, and no opening cuts into one."""
        if opening.how is None:
            return opening
        at = self.text.rfind(opening.rest)
        cut = [mention for mention in find_mentions(self.text, self.calendar) if mention.start < at < mention.end]
        uncut = self.text[cut[0].start : at + len(opening.rest)] if cut else ""
        return Opening(opening.how, uncut) if cut else opening

    def _as_a_whole(self, opening: Opening) -> Draft | None:
        """'both', 'in total', 'show me all': messages that are one phrase."""
        if asks_for_both(self.text):
            return self._both()
        if self.before and asks_what_changed(self.text) and (pair := side_by_side(self.before, self.last)):
            return pair
        if asks_for_the_whole(opening.rest or self.text):
            return without(self.last.draft, "breakdown")
        return without(self.last.draft, "limit") if asks_for_all(opening.rest or self.text) else None

    def _both(self) -> Draft:
        """The last two questions in one; where they don't go together, what the last one set side by side by itself."""
        pair = side_by_side(self.before, self.last) if self.before else None
        if pair or shows_several(self.last):
            return pair or self.last.draft.copy()
        raise AskBack(
            "Compare which two? Name both, or what to compare the last figure with.",
            options("vs the previous period", "vs the same dates last year", "by platform"),
        )

    def _exchange(self) -> Draft | None:
        """'change clicks to impressions', 'not May, June': the one in the place of the other."""
        for old, new in exchanges(self.text):
            if named_part(old):
                return lay_over(self.last.draft, self._read(new), "replace", self.last.moves_along)
            try:
                come = self._read(new)
                gone = Draft() if _is_number(old) else self._read(old)
            except AskBack:
                continue
            if _is_number(old):  # 'top 3, not 2'
                return lay_over(self.last.draft, come, "replace", self.last.moves_along)
            if swapped := exchanged(self.last.draft, gone, come, self.last.moves_along):
                return swapped
        return None

    def _removal(self, opening: Opening) -> Draft | None:
        """'drop the filter', 'remove the device filter', 'without spend'."""
        if opening.how != "remove":
            return None
        part, named = removed_part(opening.rest)
        if part is None:
            return taken_away(self.last.draft, self._read(opening.rest))
        which = self._read(named) if named else None
        return without(self.last.draft, part, which)

    def _change(self, opening: Opening) -> Draft:
        change = self.read(opening.rest or self.text, self.last, self._base(opening))
        if change.names_all and not change.has_subject:
            return with_all(self.last.draft, change)
        if stands_alone(change, opening):
            return self.read(self.text)
        return lay_over(self.last.draft, change, opening.how, self.last.moves_along)

    def _read(self, text: str) -> Draft:
        return self.read(text, self.last, self.last.period)

    def _base(self, opening: Opening) -> NamedPeriod:
        """'no, the month before' puts right the last period named: it leans on the one before that."""
        corrects = opening.how == "correct" and self.before is not None and self.before.period != self.last.period
        return self.before.period if corrects and self.before else self.last.period
