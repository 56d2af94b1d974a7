"""How a number may be written. What doesn't match in full is none: casts would read 0x1F, 1_000 and 12.5 clicks."""

from __future__ import annotations

from enum import Enum

from ingest.format import COUNTS, MONEY, Measure, Vocabulary
from ingest.sql import literal

SQL_TYPE: dict[Measure, str] = {
    "spend": "DECIMAL(18, 6)",
    "revenue": "DECIMAL(18, 6)",
    "clicks": "BIGINT",
    "impressions": "BIGINT",
    "conversions": "DECIMAL(18, 6)",
}
# A mark before or after a money value: letters and currency signs, no digit, sign or separator.
CURRENCY_MARK = r"^[\p{L}\p{Sc}]+\p{Sc}?\s*|\s*[\p{L}\p{Sc}]+$"


class DecimalMark(Enum):
    """The decimal mark of a file, and which characters may then group thousands."""

    POINT = "."
    COMMA = ","

    @property
    def grouping(self) -> str:
        return f"{',' if self is DecimalMark.POINT else '.'}'’ "


def pattern(field: Measure, mark: DecimalMark) -> str:
    """A regular expression of the whole cell. Counts may have decimals only where these are zeros (``360.0``)."""
    decimals = "0" if field in COUNTS else r"\d"
    grouped = rf"\d{{1,3}}([{mark.grouping}]\d{{2,3}})*[{mark.grouping}]\d{{3}}"  # also 1,23,456 as in India
    return rf"-?(\d+|{grouped})([{mark.value}]{decimals}+)?"


def bare(field: Measure, vocabulary: Vocabulary) -> str:
    """SQL of the cell without a currency mark, which only money may have and only a known one."""
    text = f"{field}_text"
    if field not in MONEY:
        return text
    known = sorted((*vocabulary.currency_symbols, *vocabulary.currencies), key=len, reverse=True)
    escaped = "|".join(mark.replace("$", r"\$") for mark in known)
    mark = literal(rf"^(?:{escaped})\s?|\s?(?:{escaped})$")
    without = f"regexp_replace({text}, {mark}, '', 'g')"
    return f"CASE WHEN regexp_full_match({text}, '[-0-9.,]*') THEN {text} ELSE {without} END"


def number(field: Measure, mark: DecimalMark, vocabulary: Vocabulary, *, micros: bool = False) -> str:
    """SQL of the cell's value, NULL where it isn't written as a number or is too large; ``micros``: in millionths."""
    text = bare(field, vocabulary)
    plain = f"regexp_replace({text}, {literal(f'[{mark.grouping}]')}, '', 'g')"
    if mark is DecimalMark.COMMA:
        plain = f"replace({plain}, ',', '.')"
    if field in COUNTS:
        plain = f"regexp_replace({plain}, '[.]0+$', '')"
    written = f"regexp_full_match({text}, {literal(pattern(field, mark))})"
    if micros:
        return f"TRY_CAST(TRY_CAST(CASE WHEN {written} THEN {plain} END AS DECIMAL(30, 6)) / 1e6 AS {SQL_TYPE[field]})"
    return f"TRY_CAST(CASE WHEN {written} THEN {plain} END AS {SQL_TYPE[field]})"
