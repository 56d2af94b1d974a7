"""When words that could be a date are something else: 'may I', 'ROAS above 2000', '7-day click', 'the month with …'.

Long phrases speak for themselves; only a word, a number or a few of them alone are checked against their neighbours,
by the lists of ``context.yml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dates.ordinary import Ordinary, ordinary
from assistant.dates.periods import Calendar
from assistant.dates.tokens import Kind, Token

_JOINERS = {"-", "/", ".", "'", "@", "#", "&", "+", "="}
_SENTENCE_END = {"?", ".", "!", ",", ";", ":", ")", '"'}


@dataclass(frozen=True)
class Phrase:
    """A candidate's words with the words around it ('' at an edge of the text)."""

    words: list[str]
    kinds: list[Kind]
    two_before: str
    before: str
    after: str


class Context:
    """The tokens of one text, to judge phrases in it. ``dated``: tokens that some candidate covers."""

    def __init__(self, tokens: Sequence[Token], dated: set[int], calendar: Calendar) -> None:
        self._tokens = tokens
        self._dated = dated
        self._calendar = calendar
        self._lists: Ordinary = ordinary()

    def reads_as_date(self, start: int, end: int) -> bool:
        """Whether the tokens ``start`` to ``end`` (exclusive) are meant as a date where they stand."""
        if self._touches_a_name(start - 1, start) or self._touches_a_name(end, end):
            return False
        if self._text(end) == "of" and self._text(end + 1) in self._lists.each_words:
            return False  # 'the last day of each month'
        inside = self._tokens[start:end]
        words = [token.text for token in inside]
        if {" ".join(words), " ".join([self._text(start - 1), *words])} & self._lists.never:
            return False  # 'las month'
        phrase = Phrase(
            words, [token.kind for token in inside], self._text(start - 2), self._text(start - 1), self._text(end)
        )
        return not self._is_two_compared(phrase, start) and self._means_a_date(phrase)

    def _means_a_date(self, phrase: Phrase) -> bool:
        if len(phrase.words) == 1 and phrase.kinds[0] == "word":
            return self._word(phrase)
        if phrase.words[0] == "the" and len(phrase.words) == 2:
            return self._the(phrase)
        if phrase.kinds[0] == "ordinal":
            return len(phrase.words) > 1 or self._stands_alone(phrase)
        if phrase.kinds[0] == "amount" and set(phrase.kinds) <= {"amount", "sign"}:
            has_year = any(len(part) == 4 for part in phrase.words[0].split("."))
            named = phrase.before in self._lists.year_prepositions | self._lists.day_prepositions
            return named or (has_year and not self._is_amount(phrase))
        if phrase.kinds[0] not in ("digits", "amount"):
            return True
        if self._is_amount(phrase) or self._is_amount_in_a_month(phrase):
            return False
        if phrase.kinds[0] == "amount":
            return True
        return self._numbers(phrase) if set(phrase.kinds) <= {"digits", "sign"} else self._quantity(phrase)

    def _touches_a_name(self, outside: int, boundary: int) -> bool:
        """'promo-june', 'GA4', 'may.com': letters or digits that touch the phrase; 'june/july' are two dates."""
        tokens = self._tokens
        if not 0 <= outside < len(tokens) or not tokens[boundary].touches:
            return False
        sign = tokens[outside]
        if sign.kind != "sign":
            return True
        step = 1 if outside == boundary else -1
        further = outside + step
        if sign.text not in _JOINERS or not 0 <= further < len(tokens) or not tokens[max(outside, further)].touches:
            return False
        two_dates = sign.text in "/&" and tokens[further].kind == "word" and further in self._dated
        return tokens[further].kind != "sign" and not two_dates and tokens[further].text != "s"

    def _is_two_compared(self, phrase: Phrase, start: int) -> bool:
        """'compare May to June' and 'compare May and the month before' name two periods, 'from May to June' one."""
        if not {"to", "and"} & set(phrase.words[1:]) or phrase.words[0] in ("from", "between"):
            return False
        return any(token.text in self._lists.compare_words for token in self._tokens[:start])

    def _word(self, phrase: Phrase) -> bool:
        rule = self._lists.words.get(phrase.words[0])
        if rule is None:
            return True
        if phrase.before in rule.never_after:
            return False
        if phrase.after in rule.never_before and phrase.before not in self._lists.year_prepositions:
            return False
        if rule.only_after is None or phrase.before in rule.only_after:
            return True
        return bool(rule.only_after) and bool(phrase.before) and self._ends(phrase)

    def _the(self, phrase: Phrase) -> bool:
        """'the month', 'the 3rd': what follows may tell what is meant ('the 3rd campaign', 'day of the week')."""
        if f"{phrase.two_before} {phrase.before}" in self._lists.unit_never_after:
            return False
        if phrase.kinds[1] == "ordinal":
            return self._ends(phrase)
        return self._ends(phrase) or phrase.before in self._lists.unit_prepositions

    def _stands_alone(self, phrase: Phrase) -> bool:
        return self._ends(phrase) and phrase.before in self._lists.year_prepositions | {"on"}

    def _is_amount(self, phrase: Phrase) -> bool:
        if phrase.after in self._lists.amount_after and len(phrase.words) == 1:
            return True
        unless = self._lists.amount_unless.get(phrase.before, frozenset())
        return phrase.before in self._lists.amount_before and phrase.two_before not in unless

    def _is_amount_in_a_month(self, phrase: Phrase) -> bool:
        """'CAC blow 30 in May' is no 30 May; 'on 30 in May' is."""
        lists = self._lists
        named = phrase.before in lists.year_prepositions | lists.day_prepositions | {"the", ""}
        return phrase.words[1:2] == ["in"] and not named

    def _numbers(self, phrase: Phrase) -> bool:
        """A year, a day as digits, or '4-22', which may be a span of anything."""
        if phrase.before in self._lists.year_prepositions:
            return True
        numbers = [text for text in phrase.words if text.isdigit()]
        if len(numbers) == 1:
            return len(numbers[0]) != 4 or self._is_likely_year(int(numbers[0]), phrase)
        return "/" in phrase.words or max(map(len, numbers)) > 2 or self._ends(phrase)

    def _is_likely_year(self, value: int, phrase: Phrase) -> bool:
        years = self._lists.bare_years
        counted = value % 100 == 0 and phrase.after in self._lists.counted_nouns
        return years.first <= value <= self._calendar.today.year + years.ahead and not counted

    def _quantity(self, phrase: Phrase) -> bool:
        """'30 days' are the last ones, but not in '30 day ltv' or 'every 30 days'."""
        lists = self._lists
        return phrase.after not in lists.quantity_never_before and phrase.before not in lists.quantity_never_after

    def _ends(self, phrase: Phrase) -> bool:
        """Whether nothing follows that the phrase could describe."""
        follower = phrase.after
        return not follower or follower in _SENTENCE_END or follower in self._lists.year_prepositions

    def _text(self, index: int) -> str:
        return self._tokens[index].text if 0 <= index < len(self._tokens) else ""
