"""Change one question in one way; the same seed gives the same change."""

from __future__ import annotations

import re
from random import Random

from evals.perturb.tables import Kind

SHORTEST_WITH_TYPO = 5  # a slip in a shorter word makes another word too easily
ENDING = " ?!."
NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioopsdfghjkllxcvbnmn", strict=True))  # to the right


def changed(question: str, kind: Kind, chance: Random) -> str:
    """The changed question; equal to the question where the kind finds nothing to change in it."""
    text = _moved(question, kind) if kind.move else question
    text = _replaced(text, kind.replace, chance)
    for _ in range(kind.typos):
        text = _with_a_slip(text, chance)
    if text == question and kind.replace and not kind.after and not kind.plain:
        return question  # an opening alone belongs to politeness
    if kind.plain:
        text = re.sub(r"[^\w\s.&/<>=%$€£'-]|(?<!\d)\.|\.(?!\d)", " ", text.lower())
    opening, closing = (chance.choice(choices or ("",)) for choices in (kind.before, kind.after))
    if closing:
        text = text.rstrip(ENDING)
    return " ".join(f"{opening} {text} {closing}".split())


def _moved(question: str, kind: Kind) -> str:
    """'spend by platform last month' → 'last month spend by platform'; only what the last such word begins."""
    words = question.rstrip(ENDING).split()
    starts = [place for place, word in enumerate(words) if place and word.casefold() in kind.move]
    return " ".join(words[starts[-1] :] + words[: starts[-1]]) if starts else question


def _replaced(text: str, replace: dict[str, tuple[str, ...]], chance: Random) -> str:
    """Longer phrases first; what was put in is not replaced again."""
    if not replace:
        return text
    phrases = sorted(replace, key=len, reverse=True)
    pattern = r"(?<![\w.,-])(" + "|".join(map(re.escape, phrases)) + r")(?![\w-]|[.,]\d)"
    return re.sub(pattern, lambda found: chance.choice(replace[found.group().casefold()]), text, flags=re.IGNORECASE)


def _with_a_slip(text: str, chance: Random) -> str:
    words = text.split(" ")
    long_enough = [place for place, word in enumerate(words) if len(word) >= SHORTEST_WITH_TYPO and word.isalpha()]
    if long_enough:
        place = chance.choice(long_enough)
        words[place] = _slip(words[place], chance)
    return " ".join(words)


def _slip(word: str, chance: Random) -> str:
    """Not in the first letter, which people seldom get wrong."""
    at = chance.randrange(1, len(word) - 1)
    slips = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + NEIGHBOURS.get(word[at].lower(), "e") + word[at + 1 :],
    ]
    return chance.choice(slips)
