"""Which format a file has and where its columns stand, decided by its header line alone; two equal answers are none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.format import FieldName, Format, Rules, normal
from ingest.records import open_text, read_line
from ingest.source import Source
from kpi.errors import LoadRefused

_DELIMITERS = (",", ";", "\t")
_FIRST_LINES = 60  # report names and ranges stand above a header, never more than this
_CURRENCY = "{currency}"


@dataclass(frozen=True)
class Layout:
    """A header read by a format: each field's position, the currencies that headers state, and what can't be decided.

    ``several`` names the columns of a field where the format has no preference between them.
    """

    format: Format
    delimiter: str
    header_line: int
    header: tuple[str, ...]
    columns: dict[FieldName, int]
    several: dict[FieldName, tuple[str, ...]]
    stated: frozenset[str]
    score: int

    @property
    def missing(self) -> tuple[FieldName, ...]:
        return tuple(f for f, column in self.format.columns.items() if column.required and f not in self.columns)

    def heading(self, field: FieldName) -> str:
        """The file's own name of the field's column, for messages."""
        return " ".join(self.header[self.columns[field]].split())


def find_layout(source: Source, rules: Rules, platform: str | None) -> Layout:
    """The one layout the header is evidence for. Raises LoadRefused (empty, no_daily_date, unknown_format)."""
    with open_text(source) as text:
        lines = [line.rstrip("\n") for line in islice(iter(lambda: read_line(text, source), ""), _FIRST_LINES)]
    if not any(line.strip() for line in lines):
        raise LoadRefused("empty", f"{source.file_name} holds nothing but blank lines. Export it again.")
    layouts = list(_readings(lines, rules))
    if not layouts:
        raise _unknown(source, lines)
    best = _best([one for one in layouts if not one.missing] or layouts, source, platform)
    _check(best, lines, source)
    if platform and best.format.platform not in (None, platform):
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} is a {best.format.label} by its header, so it can't be loaded as {platform}.",
        )
    return best


def _readings(lines: list[str], rules: Rules) -> Iterator[Layout]:
    for number, line in enumerate(lines, start=1):
        for delimiter in _DELIMITERS:
            header = _cells(line, delimiter)
            for one in rules.formats if len(header) > 1 else ():
                layout = _read_header(one, header, delimiter, number)
                if layout is not None:
                    yield layout


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip().strip("\ufeff") for cell in next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return ()


def _read_header(one: Format, header: tuple[str, ...], delimiter: str, number: int) -> Layout | None:
    names = [normal(cell) for cell in header]
    if one.signature and not any(all(list(_positions((text,), names)) for text in group) for group in one.signature):
        return None
    columns: dict[FieldName, int] = {}
    several: dict[FieldName, tuple[str, ...]] = {}
    stated: set[str] = set()
    known = {normal(text) for text in one.known}
    for field, column in one.columns.items():
        found = [place for place in _positions(column.headers, names) if place[0] not in columns.values()]
        if found:
            columns[field], currency = found[0]
            stated |= {currency} if currency else set()
            known |= {names[at] for at, _ in found}
            rivals = [at for at, _ in found if one.several == "refuse" or names[at] == names[found[0][0]]]
            several |= {field: tuple(header[at] for at in rivals)} if len(rivals) > 1 else {}
    if len(columns) < 2 or not {"spend", "date"} & columns.keys():
        return None
    score = sum(name in known for name in names)
    return Layout(one, delimiter, number, header, columns, several, frozenset(stated), score)


def _positions(headers: tuple[str, ...], names: list[str]) -> Iterator[tuple[int, str | None]]:
    """Where accepted headers stand, the preferred one first, each with the currency that the header names."""
    for text in headers:
        pattern = re.escape(normal(text)).replace(re.escape(_CURRENCY), "(?P<currency>[a-z]{3})")
        for at, name in enumerate(names):
            if match := re.fullmatch(pattern, name):
                currency = match.groupdict().get("currency")
                yield at, currency and currency.upper()


def _best(layouts: list[Layout], source: Source, platform: str | None) -> Layout:
    highest = max(one.score for one in layouts)
    equal = [one for one in layouts if one.score == highest]
    rivals = [one for one in equal if platform and one.format.platform == platform] or equal
    if len({one.format.name for one in rivals}) > 1:
        names = " or a ".join(sorted({one.format.label for one in rivals}))
        raise LoadRefused(
            "unknown_format", f"{source.file_name} could be a {names}. Say which platform it is from (--platform)."
        )
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
    if "date" in layout.missing:
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


def _unknown(source: Source, lines: list[str]) -> LoadRefused:
    first = next(line for line in lines if line.strip())
    shown = first.strip()[:80]
    return LoadRefused(
        "unknown_format",
        f"{source.file_name} has no header that we know; it starts with “{shown}”. "
        "A plain table needs at least the columns date, platform and spend.",
    )
