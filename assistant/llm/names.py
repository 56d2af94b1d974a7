"""The members that may matter for a question: retrieved by likeness, never all of them."""

from __future__ import annotations

import json

from rapidfuzz import fuzz, process, utils

from kpi.catalogue import Catalogue

FEW = 15  # members of a dimension that are all named
MOST = 12  # members named of a larger one
LONGEST = 120  # characters; a longer name is never shown to a model
LEAST_LIKE = 55  # rapidfuzz score from 0 to 100


def relevant_members(question: str, catalogue: Catalogue) -> dict[str, list[str]]:
    """Dimension -> members: all of a small dimension; of a large one those most like words of the question."""
    found = {name: _relevant(question, members) for name, members in catalogue.members.items() if members}
    return {name: members for name, members in found.items() if members}


def as_data(members: dict[str, list[str]]) -> str:
    """One JSON line a dimension: names are quoted, so that none can pass for a part of the prompt."""
    return "\n".join(f"{json.dumps({name: listed}, ensure_ascii=False)}" for name, listed in members.items())


def _relevant(question: str, members: tuple[str, ...]) -> list[str]:
    shown = [member for member in members if len(member) <= LONGEST]
    if len(shown) <= FEW:
        return shown
    alike = process.extract(
        question, shown, scorer=fuzz.partial_token_set_ratio, processor=utils.default_process, limit=MOST,
        score_cutoff=LEAST_LIKE,
    )  # fmt: skip
    return [member for member, _, _ in alike]
