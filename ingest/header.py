"""Where the header of a table may stand: every record of the first lines, at every delimiter, as comparable names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ingest.names import comparable
from ingest.records import open_text, read_line
from ingest.source import Source

DELIMITERS = (",", ";", "\t", "|")
_FIRST_LINES = 60  # report names and ranges stand above a header, never more than this
_MOST_LINES_OF_A_HEADER = 10
_MOST_COLUMNS = 1000
_LOST = "\ufffd?"  # what programs write for a letter that their encoding lacks


@dataclass(frozen=True)
class Header:
    """A record that may be the header. ``line`` is its last line in the file, from 1."""

    cells: tuple[str, ...]
    delimiter: str
    line: int

    @cached_property
    def names(self) -> list[str]:
        return [comparable(cell) for cell in self.cells]

    @property
    def has_lost_letters(self) -> bool:
        return any(mark in name for name in self.names for mark in _LOST)


def first_lines(source: Source) -> list[str]:
    with open_text(source) as text:
        return [line.rstrip("\n") for line in islice(iter(lambda: read_line(text, source), ""), _FIRST_LINES)]


def candidates(lines: list[str]) -> Iterator[Header]:
    """Records of two cells and more, from above."""
    for at in range(len(lines)):
        for delimiter in DELIMITERS:
            record, end = _whole_record(lines, at)
            cells = _without_empty_end(_cells(record, delimiter))
            if sum(map(bool, cells)) > 1 and len(cells) <= _MOST_COLUMNS:
                yield Header(cells, delimiter, end)


def restored(header: Header, known: Iterable[str]) -> Header:
    """``Día`` for ``D?a``: where letters were lost on the way, the one known name that fits; others stay."""
    cells = tuple(_restored(cell, known) for cell in header.cells)
    return Header(cells, header.delimiter, header.line)


def _restored(cell: str, known: Iterable[str]) -> str:
    name = comparable(cell)
    if not any(mark in name for mark in _LOST):
        return cell
    runs = re.split(f"([{_LOST}]+)", name)  # a lost letter leaves a mark for each of its bytes
    pattern = re.compile("".join(f".{{1,{len(run)}}}" if run[:1] in _LOST else re.escape(run) for run in runs if run))
    fitting = sorted({one for one in known if pattern.fullmatch(one)}, key=len)
    is_clear = fitting and (len(fitting) == 1 or len(fitting[0]) < len(fitting[1]))
    return fitting[0] if is_clear else cell


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """A delimiter at the end of the header is no column: rows may have it or not."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _whole_record(lines: list[str], at: int) -> tuple[str, int]:
    """The line, with the following ones where a cell of it holds line breaks; and the number of its last line."""
    record = lines[at]
    for end in range(at + 1, at + _MOST_LINES_OF_A_HEADER):
        if record.count('"') % 2 == 0:
            return record, end
        if end == len(lines):
            break
        record = f"{record} {lines[end]}"
    return lines[at], at + 1


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip().strip("\ufeff") for cell in next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return ()
