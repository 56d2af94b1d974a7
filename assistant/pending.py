"""What a question back waits for, and how people answer one: by number, by name, 'both', 'the first one'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.understand.lexicon import load_lexicon
from assistant.understand.tokens import Token, tokenize
from tools.base import Option

ALL_OF_THEM = "All of them"
_REPLIES = load_lexicon().replies
_SMALL = _REPLIES.around | load_lexicon().closed.polite | {"all"}
_TYPO_SCORE = 88  # rapidfuzz ratio (0 to 100) from which a reply counts as an option's name
_LONGEST_REPLY = 8  # words; more than that is a question of its own


@dataclass(frozen=True)
class Pending:
    """The last message that was not answered, and the options that were offered instead."""

    asked: str = ""
    options: tuple[Option, ...] = ()
    wants_metric: bool = False  # everything was understood but what to measure

    def chosen(self, text: str) -> str:
        """The question that a reply chooses, else the text as it is."""
        tokens = tokenize(text)
        if not self.options or not tokens or len(tokens) > _LONGEST_REPLY:
            return text
        return self._by_place(text, tokens) or self._by_name(tokens) or text

    def completed(self, text: str) -> str | None:
        """'conversions', said when a metric was asked for, with the question it belongs to."""
        return f"{text.strip().rstrip('?!.')} {self.asked}" if self.wants_metric else None

    def is_refused_by(self, text: str) -> bool:
        return bool(self.options) and _plain(text) in _REPLIES.refuse

    def _by_place(self, text: str, tokens: Sequence[Token]) -> str | None:
        plain = _plain(text)
        if plain in _REPLIES.accept and len(self.options) == 1:
            return self.options[0].question
        if plain in _REPLIES.everything and self.options[-1].label == ALL_OF_THEM:
            return self.options[-1].question
        said = [token.norm for token in tokens if token.norm not in _REPLIES.around] or [tokens[0].norm]
        if len(said) != 1:
            return None
        if said[0] in _REPLIES.last:
            named = [option for option in self.options if option.label != ALL_OF_THEM]
            return named[-1].question
        place = int(said[0]) if said[0].isdigit() else _REPLIES.places.get(said[0], 0)
        return self.options[place - 1].question if 1 <= place <= len(self.options) else None

    def _by_name(self, tokens: Sequence[Token]) -> str | None:
        """The option whose words the reply says, where it is the only one: 'brand' for Brand_Search."""
        said = {token.norm for token in tokens if token.norm.isalnum() and token.norm not in _SMALL}
        if not said:
            return None
        asked = {token.norm for token in tokenize(self.asked)}
        labels = [{token.norm for token in tokenize(option.label)} for option in self.options]
        more = [{token.norm for token in tokenize(option.question)} - asked for option in self.options]
        fitting = (
            [n for n, words in enumerate(labels) if words == said]
            or [n for n, words in enumerate(labels) if said <= words]
            or [n for n, words in enumerate(more) if said <= words]
            or self._misspelled("".join(token.norm for token in tokens))
        )
        return self.options[fitting[0]].question if len(fitting) == 1 else None

    def _misspelled(self, said: str) -> list[int]:
        names = ["".join(token.norm for token in tokenize(option.label)) for option in self.options]
        return [n for n, name in enumerate(names) if fuzz.ratio(said, name) >= _TYPO_SCORE]


def _plain(text: str) -> str:
    return " ".join(text.strip().strip(".!,)( ").casefold().split())
