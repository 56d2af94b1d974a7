"""The grammar's rules, one module a family. Where two read the same words, the module that stands first here wins."""

from __future__ import annotations

from functools import lru_cache

from assistant.dates.grammar import Grammar
from assistant.dates.rules import (
    ago,
    business_days,
    comparisons,
    counted,
    dates,
    day_spans,
    holidays,
    inclusion,
    instants,
    lengths,
    months,
    named,
    numbers,
    offsets,
    open_ended,
    parts,
    ranges,
    relative,
    thirds,
    to_date,
    weekday_dates,
    weeks,
    year_parts,
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    families = (
        numbers,
        holidays,
        dates,
        weekday_dates,
        months,
        weeks,
        relative,
        counted,
        to_date,
        year_parts,
        ago,
        instants,
        offsets,
        lengths,
        thirds,
        named,
        parts,
        business_days,
        day_spans,
        ranges,
        inclusion,
        open_ended,
        comparisons,
    )
    return Grammar(family.rules for family in families)
