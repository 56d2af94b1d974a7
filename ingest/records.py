"""From the source's text to UTF-8 with exactly one record a line, so that a record's position is its line number.

Quoted line breaks become spaces and the lines they spanned become fillers. A quote that never closes spoils its own
line only: the line is marked, and the next one starts afresh. Blocks of lines without quotes pass through unread.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ingest.progress import Progress
from ingest.source import Source
from kpi.errors import LoadRefused

# Unicode noncharacters, which no real text holds.
FILLER = "\ufdd0"
BROKEN = "\ufdd1"

_BLANKS = frozenset("\t\v\f\u00a0\u202f\u2009\u3000\ufeff")
_BLOCK = 1 << 20
LONGEST_LINE = 1 << 20
_MOST_LINES_OF_A_RECORD = 50


def open_text(source: Source) -> TextIO:
    """The source as text, every kind of line end read as a line feed."""
    return source.path.open(encoding=source.encoding, newline=None)


def read_line(text: TextIO, source: Source) -> str:
    """One line with its line feed, or '' at the end. Raises LoadRefused for what can't be text."""
    try:
        line = text.readline(LONGEST_LINE)
    except UnicodeError as error:
        raise _unreadable(source, "holds bytes that are no text") from error
    if len(line) == LONGEST_LINE:
        raise _unreadable(source, "has a line of more than a million characters")
    return line


def write_records(
    source: Source, header_line: int, width: int, delimiter: str, target: Path, progress: Progress
) -> None:
    """Write every line after ``header_line`` (from 1) to ``target``; ``width`` is the header's number of cells."""
    repair = _Repair(source, delimiter, width)
    with open_text(source) as text, target.open("w", encoding="utf-8", newline="\n") as out:
        for _ in range(header_line):
            read_line(text, source)
        while block := plain_spaces(_read_block(text, source), delimiter):
            if '"' in block or "\n\n" in block or block[0] == "\n":
                out.writelines(f"{record}\n" for record in repair.records(block, text))
            else:
                out.write(block)
            progress("preparing", min(1.0, text.buffer.tell() / source.size))


def plain_spaces(text: str, delimiter: str) -> str:
    """Every kind of blank as a space, so that trimming and comparing cells need to know only one."""
    for blank in _BLANKS - {delimiter}:
        if blank in text:
            text = text.replace(blank, " ")
    return text


def _read_block(text: TextIO, source: Source) -> str:
    try:
        block = text.read(_BLOCK)
    except UnicodeError as error:
        raise _unreadable(source, "holds bytes that are no text") from error
    if block and not block.endswith("\n"):
        block += read_line(text, source)
    if "\0" in block:
        raise _unreadable(source, "holds binary data")
    return block


def _unreadable(source: Source, what: str) -> LoadRefused:
    return LoadRefused("unreadable", f"{source.file_name} {what}. Export it again as CSV (UTF-8) and load that.")


class _Repair:
    """Joins the lines of a record and marks the broken ones, for lines that hold quotes."""

    def __init__(self, source: Source, delimiter: str, width: int) -> None:
        quoted, plain = '"[^"]*(?:""[^"]*)*"', f'[^"{delimiter}][^{delimiter}]*'
        cell, mark = f"(?:{quoted}|{plain}|)", re.escape(delimiter)
        self._whole = re.compile(f"{cell}(?:{mark}{cell})*", re.DOTALL)
        self._open = re.compile(f'(?:{cell}{mark})*"[^"]*(?:""[^"]*)*', re.DOTALL)
        self._source, self._delimiter, self._width = source, delimiter, width

    def records(self, block: str, text: TextIO) -> Iterator[str]:
        lines = block.removesuffix("\n").split("\n")
        at = 0
        while at < len(lines):
            line = lines[at]
            if '"' not in line or self._whole.fullmatch(line):
                yield line or FILLER
                at += 1
                continue
            joined = self._join(lines, at, text)
            if joined is None:
                yield f'"{BROKEN}{line.replace(chr(34), chr(34) * 2)}"'
                at += 1
            else:
                record, count = joined
                yield record
                yield from [FILLER] * (count - 1)
                at += count

    def _join(self, lines: list[str], at: int, text: TextIO) -> tuple[str, int] | None:
        record = lines[at]
        if not self._open.fullmatch(record):
            return None
        for count in range(2, _MOST_LINES_OF_A_RECORD + 1):
            if at + count > len(lines):
                more = read_line(text, self._source)
                if not more:
                    return None
                lines.append(plain_spaces(more.removesuffix("\n"), self._delimiter))
            following = lines[at + count - 1]
            record = f"{record} {following}"
            if '"' not in following or self._open.fullmatch(record):
                continue
            return (record, count) if self._is_a_row(record) else None
        return None

    def _is_a_row(self, record: str) -> bool:
        if not self._whole.fullmatch(record):
            return False
        return len(next(csv.reader([record], delimiter=self._delimiter))) == self._width
