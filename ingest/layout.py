"""A header read by a format: where its columns stand, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.format import MEASURES, MONEY, FieldName, Format
from ingest.header import Header
from ingest.names import comparable
from ingest.rules import Rules

_CURRENCY = "{currency}"


@dataclass(frozen=True)
class Layout:
    """A header read by a format: each field's position, the currencies that headers state, and what can't be decided.

    ``several`` names the columns of a field where the format has no preference between them. ``evidence`` are the
    columns that speak for the format, ``preamble`` the lines above the header, ``account`` the one they name.
    """

    format: Format
    delimiter: str
    header_line: int
    header: tuple[str, ...]
    columns: dict[FieldName, int]
    several: dict[FieldName, tuple[str, ...]]
    stated: frozenset[str]
    evidence: tuple[str, ...]
    preamble: tuple[str, ...] = ()
    account: str | None = None

    @property
    def dates_are_starts(self) -> bool:
        """The only column with a day is named as the start of something."""
        starts = map(comparable, self.format.range.start if self.format.range else ())
        return "until" not in self.columns and comparable(self.heading("date")) in set(starts)

    @property
    def has_own_word(self) -> bool:
        """A header of it stands alone in the signature: no other platform writes it."""
        names = set(map(comparable, self.header))
        return any(len(group) == 1 and comparable(group[0]) in names for group in self.format.signature)

    @property
    def missing(self) -> tuple[FieldName, ...]:
        return tuple(f for f, column in self.format.columns.items() if column.required and f not in self.columns)

    def is_in_micros(self, field: FieldName) -> bool:
        """The column's money is in millionths."""
        heading = comparable(self.heading(field))
        return any(heading.startswith(comparable(name)) for name in self.format.columns[field].micros)

    def heading(self, field: FieldName) -> str:
        """The file's own name of the field's column, for messages."""
        return " ".join(self.header[self.columns[field]].split())


def read_header(one: Format, header: Header, rules: Rules) -> Layout | None:
    """None where the format's signature, or all but one of its columns, is missing."""
    if one.names.isdisjoint(header.names):
        return None
    if one.signature and not _speaks_for(one, header, rules):
        return None
    columns: dict[FieldName, int] = {}
    several: dict[FieldName, tuple[str, ...]] = {}
    stated: set[str] = set()
    known = {comparable(text) for text in one.known}
    for field, column in one.columns.items():
        accepted = places(_spelled(field, (*column.headers, *column.micros)), header, rules)
        found = [place for place in accepted if place[0] not in columns.values()]
        if found:
            columns[field], currency = found[0]
            stated |= {currency} if currency else set()
            known |= {header.names[at] for at, _ in found}
            first = header.names[found[0][0]]
            strict = one.several == "refuse" and field in ("date", *MEASURES)
            rivals = {at: header.cells[at] for at, _ in found if strict or header.names[at] == first}
            several |= {field: tuple(rivals.values())} if len(rivals) > 1 else {}
    columns |= _range_columns(one, header, rules, columns.get("date"))
    if len(columns) < 2 or not {"spend", "date"} & columns.keys():
        return None
    known |= {header.names[at] for at in columns.values()}
    evidence = tuple(cell for cell, name in zip(header.cells, header.names, strict=True) if name in known)
    return Layout(one, header.delimiter, header.line, header.cells, columns, several, frozenset(stated), evidence)


def _speaks_for(one: Format, header: Header, rules: Rules) -> bool:
    whole = any(set(map(comparable, names)) == set(header.names) for names in one.whole_headers)
    return whole or any(all(places(_with_currency(text), header, rules) for text in group) for group in one.signature)


def _spelled(field: FieldName, headers: tuple[str, ...]) -> tuple[str, ...]:
    """Money may name its currency behind any header."""
    return tuple(text for one in headers for text in _with_currency(one)) if field in MONEY else headers


def _with_currency(header: str) -> tuple[str, ...]:
    return (header,) if _CURRENCY in header else (header, f"{header} ({_CURRENCY})")


def _range_columns(one: Format, header: Header, rules: Rules, date: int | None) -> dict[FieldName, int]:
    """First and last day of a row, where they are all that says its day."""
    if one.range is None:
        return {}
    start, end = (places(headers, header, rules) for headers in (one.range.start, one.range.end))
    if not start or not end or date not in (None, start[0][0]):
        return {}
    return {"date": start[0][0], "until": end[0][0]}


def places(headers: Iterable[str], header: Header, rules: Rules) -> list[tuple[int, str | None]]:
    """Where accepted headers stand, the preferred one first, each with the currency that the header names."""
    return [place for text in map(comparable, headers) for place in _places_of(text, header, rules)]


def _places_of(text: str, header: Header, rules: Rules) -> Iterator[tuple[int, str | None]]:
    before, marked, after = text.partition(_CURRENCY)
    for at, name in enumerate(header.names):
        if not marked and name == text:
            yield at, None
        elif marked and len(name) > len(before) + len(after) and name.startswith(before) and name.endswith(after):
            mark = name[len(before) : len(name) - len(after)]
            if mark.upper() in rules.vocabulary.currencies or _is_sign(mark, rules):
                yield at, rules.currency(mark) or rules.currency(mark.upper())


def _is_sign(mark: str, rules: Rules) -> bool:
    return not {mark, mark.upper()}.isdisjoint(rules.vocabulary.currency_symbols)
