"""The grammar's rules, one module a family. Where two read the same words, the module that stands first here wins."""

from __future__ import annotations

from functools import lru_cache

from assistant.dates.grammar import Grammar
from assistant.dates.rules import (
    business_days,
    comparisons,
    dates,
    months,
    named,
    numbers,
    offsets,
    open_ended,
    parts,
    ranges,
    relative,
    weeks,
    year_parts,
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    families = (
        numbers,
        dates,
        months,
        weeks,
        relative,
        year_parts,
        offsets,
        named,
        parts,
        business_days,
        ranges,
        open_ended,
        comparisons,
    )
    return Grammar(family.rules for family in families)
