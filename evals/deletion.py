"""The deletion test: a question without one of its content words is another question.

Take out one word at a time. The typed query must change, or a clarification or refusal must come; where nothing
changes, the word was silently ignored. Exempt are the closed list of words that may be ignored, the few function words
of ``deletion.yml``, and the words that a case marks as ``redundant`` because its other words say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.answer import Answer
from evals.case import Case, ExpectedQuery
from evals.dataset import ROOT

IGNORABLE = ROOT / "assistant" / "understand" / "lexicon" / "ignorable.yml"
FUNCTION_WORDS = Path(__file__).with_name("deletion.yml")
PUNCTUATION = ".,;:!?\"'()[]“”‘’"

Translate = Callable[[str], Answer]


@dataclass(frozen=True)
class Deletion:
    """A question with one word taken out, and whether anybody noticed."""

    case: Case
    question: str
    word: str
    shortened: str
    noticed: bool


def exempt_words(ignorable: Path = IGNORABLE) -> frozenset[str]:
    """The words that the rules may skip, and the function words."""
    skipped = yaml.safe_load(ignorable.read_text("utf-8"))["words"]
    function_words = yaml.safe_load(FUNCTION_WORDS.read_text("utf-8"))["function_words"]
    return frozenset(str(word).casefold() for word in (*skipped, *function_words))


def applies(case: Case) -> bool:
    """Questions that stand alone and are answered by a query: only there is a query that must change."""
    return isinstance(case.expect, ExpectedQuery) and not case.after


def deletions(
    cases: Iterable[Case], translate: Callable[[Case], Translate], exempt: frozenset[str]
) -> Iterator[Deletion]:
    """Every deletion of every wording that is answered at all; one that is not has failed elsewhere already."""
    for case in filter(applies, cases):
        understand = translate(case)
        spared = exempt | {word.casefold() for word in case.redundant}
        for question in case.ask:
            full = understand(question)
            if full.status == "answered":
                yield from _of_question(case, question, full, understand, spared)


def _of_question(
    case: Case, question: str, full: Answer, understand: Translate, spared: frozenset[str]
) -> Iterator[Deletion]:
    words = question.split()
    for index, word in enumerate(words):
        if _bare(word) in spared or not _bare(word):
            continue
        shortened = " ".join(words[:index] + words[index + 1 :])
        answer = understand(shortened)
        noticed = answer.status != "answered" or answer.query != full.query
        yield Deletion(case, question, word, shortened, noticed)


def _bare(word: str) -> str:
    return word.strip(PUNCTUATION).casefold()
