"""Which format a file has and where its columns stand, decided by its header alone; two equal answers are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.format import MEASURES, FieldName, Format, OtherExport
from ingest.header import Header, candidates, first_lines, restored
from ingest.names import comparable
from ingest.preamble import preamble_of, stated_account, stated_currency
from ingest.refusals import PlatformOpen
from ingest.rules import Rules
from ingest.source import Source
from kpi.errors import LoadRefused

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

    def heading(self, field: FieldName) -> str:
        """The file's own name of the field's column, for messages."""
        return " ".join(self.header[self.columns[field]].split())


def find_layout(source: Source, rules: Rules, platform: str | None) -> Layout:
    """The one layout the header is evidence for. Raises LoadRefused (empty, no_daily_date, unknown_format, …)."""
    lines = first_lines(source)
    if not any(line.strip() for line in lines):
        raise LoadRefused("empty", f"{source.file_name} holds nothing but blank lines. Export it again.")
    headers = [_whole(header, rules) for header in candidates(lines)]
    _refuse_other_exports(headers, rules, source)
    layouts = [layout for header in headers for one in rules.formats if (layout := _read(one, header, rules))]
    if not layouts:
        raise _unknown(source, lines)
    best = _best([one for one in layouts if not one.missing] or layouts, source, platform)
    _check(best, lines, source)
    if platform and best.format.platform not in (None, platform):
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} is a {best.format.label} by its header, so it can't be loaded as {platform}.",
        )
    return _with_preamble(best, lines, rules)


def _whole(header: Header, rules: Rules) -> Header:
    if not header.has_lost_letters:
        return header
    return restored(header, frozenset().union(*(one.names for one in rules.formats)))


def _refuse_other_exports(headers: list[Header], rules: Rules, source: Source) -> None:
    for header in headers:
        for one in rules.other_exports:
            if any(map(header.holds, one.headers)) and not any(header.holds((name,)) for name in one.unless):
                raise _other(one, source)


def _other(one: OtherExport, source: Source) -> LoadRefused:
    return LoadRefused(one.reason, f"{source.file_name} is a {one.label}. {one.advice}")


def _read(one: Format, header: Header, rules: Rules) -> Layout | None:
    if one.names.isdisjoint(header.names):
        return None
    if one.signature and not any(all(_positions((text,), header, rules) for text in group) for group in one.signature):
        return None
    columns: dict[FieldName, int] = {}
    several: dict[FieldName, tuple[str, ...]] = {}
    stated: set[str] = set()
    known = {comparable(text) for text in one.known}
    for field, column in one.columns.items():
        found = [place for place in _positions(column.headers, header, rules) if place[0] not in columns.values()]
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


def _range_columns(one: Format, header: Header, rules: Rules, date: int | None) -> dict[FieldName, int]:
    """First and last day of a row, where they are all that says its day."""
    if one.range is None:
        return {}
    start, end = (_positions(headers, header, rules) for headers in (one.range.start, one.range.end))
    if not start or not end or date not in (None, start[0][0]):
        return {}
    return {"date": start[0][0], "until": end[0][0]}


def _positions(headers: tuple[str, ...], header: Header, rules: Rules) -> list[tuple[int, str | None]]:
    """Where accepted headers stand, the preferred one first, each with the currency that the header names."""
    return list(_matches(headers, header, rules))


def _matches(headers: tuple[str, ...], header: Header, rules: Rules) -> Iterator[tuple[int, str | None]]:
    for text in map(comparable, headers):
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


def _best(layouts: list[Layout], source: Source, platform: str | None) -> Layout:
    """The layout with most evidence; of two equal ones the platform's own, or the one that the person named.

    A platform's format that doesn't know the column with the platforms is none for this file.
    """
    plain = [one for one in layouts if "platform" in one.columns and not one.missing]
    by_column = {comparable(one.heading("platform")) for one in plain}
    layouts = [one for one in layouts if not by_column - one.format.names] or layouts
    highest = max(len(one.evidence) for one in layouts)
    equal = [one for one in layouts if len(one.evidence) == highest]
    named = [one for one in equal if platform and one.format.platform == platform]
    own = [one for one in equal if one.format.platform is not None]
    plain = [one for one in equal if one.format.platform is None]
    said_otherwise = platform and not any(one.has_own_word for one in own)
    rivals = named or (said_otherwise and plain) or own or plain
    if len({one.format.name for one in rivals}) > 1:
        names = " or a ".join(sorted({one.format.label for one in rivals}))
        platforms = sorted({one.format.platform for one in rivals if one.format.platform})
        raise PlatformOpen(f"{source.file_name} could be a {names}. Say which platform it is from.", platforms)
    return min(rivals, key=lambda one: one.header_line)


def _check(layout: Layout, lines: list[str], source: Source) -> None:
    """Refuse what the header alone rules out; a report that says it is empty is empty before anything else."""
    below = [line for line in lines[layout.header_line :] if line.strip()]
    no_data = [re.compile(pattern, re.IGNORECASE) for pattern in layout.format.no_data]
    says_empty = below and any(p.fullmatch(below[0].strip(f' "{layout.delimiter}')) for p in no_data)
    if not below or says_empty:
        raise LoadRefused(
            "empty", f"{source.file_name} holds a header but no rows. Choose a period with data and export it again."
        )
    if "date" in layout.missing and "date" not in layout.columns:
        raise LoadRefused(
            "no_daily_date", f"{source.file_name} has no column with the day. {layout.format.how_to_export}"
        )
    if layout.missing:
        wanted = " and ".join(layout.missing)
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} looks like a {layout.format.label} but has no column {wanted}. Add it.",
        )
    if layout.several:
        field, headers = next(iter(layout.several.items()))
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} has several columns for {field}: {', '.join(headers)}. Keep one of them.",
        )


def _with_preamble(layout: Layout, lines: list[str], rules: Rules) -> Layout:
    preamble = preamble_of(lines, layout.header_line)
    currency = stated_currency(preamble, rules)
    return replace(
        layout,
        preamble=preamble,
        account=stated_account(preamble, rules),
        stated=layout.stated | ({currency} if currency else frozenset()),
    )


def _unknown(source: Source, lines: list[str]) -> LoadRefused:
    first = next(line for line in lines if line.strip())
    shown = first.strip()[:80]
    return LoadRefused(
        "unknown_format",
        f"{source.file_name} has no header that we know; it starts with “{shown}”. "
        "A plain table needs at least the columns date, platform and spend.",
    )
