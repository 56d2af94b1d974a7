"""Compare a whole answer with what its case expects."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer
from evals.case import Case, ExpectedQuery, Verdict
from evals.compare.query import differences
from evals.compare.reason import Reason
from evals.compare.rows import rows_differ

# What each verdict of a case means in terms of the answer's contract: status and, where it matters, kind.
VERDICTS: dict[Verdict, tuple[str, str | None]] = {
    "clarify": ("needs_clarification", None),
    "cannot": ("cannot_answer", None),
    "define": ("answered", "define"),
    "data_status": ("answered", "data_status"),
    "message": ("message", "message"),
}

Miss = tuple[Reason, str]


def judge(case: Case, answer: Answer, gold: list[dict[str, Any]]) -> list[Miss]:
    """Every reason why the answer is not the expected one, with a detail for people; empty where it is right."""
    if answer.status == "error":
        return [(Reason.ERROR, answer.text)]
    misses = (
        _query(case.expect, answer, gold) if isinstance(case.expect, ExpectedQuery) else _verdict(case.expect, answer)
    )
    return misses or _mentions(case, answer)


def _verdict(expected: Verdict, answer: Answer) -> list[Miss]:
    status, kind = VERDICTS[expected]
    if answer.status == status and kind in (None, answer.kind):
        return []
    return [(Reason.WRONG_STATUS, f"{answer.status} ({answer.kind}) instead of {expected}")]


def _query(expected: ExpectedQuery, answer: Answer, gold: list[dict[str, Any]]) -> list[Miss]:
    if answer.status != "answered" or answer.query is None:
        return [(Reason.WRONG_STATUS, f"{answer.status} ({answer.kind}) instead of a query: {answer.text}")]
    wrong = [(reason, answer.query.model_dump_json()) for reason in differences(expected, answer.query)]
    rows = None if wrong else rows_differ(gold, answer.rows, ordered=expected.order is not None)
    return [(Reason.WRONG_ROWS, rows)] if rows else wrong


def _mentions(case: Case, answer: Answer) -> list[Miss]:
    shown = [answer.text, answer.interpretation, *(note.text for note in answer.notes), *_options(answer)]
    text = "\n".join(shown).casefold()
    return [(Reason.WRONG_TEXT, f"doesn't say {m!r}") for m in case.mentions if m.casefold() not in text]


def _options(answer: Answer) -> list[str]:
    return [part for option in answer.options for part in (option.label, option.question)]
