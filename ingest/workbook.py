"""The sheets of an Excel workbook as CSV, values as shown in the cells: days as 2025-06-30, numbers without a mark."""

from __future__ import annotations

import csv
import logging
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kpi import events
from kpi.errors import LoadRefused

_MOST_SHEETS = 10
_MOST_BYTES = 1 << 30  # unpacked; its texts alone are held in memory, and Excel's own limit is far below
_MOST_TEXT_BYTES = 100 << 20
_FIRST_ROWS = 60  # these show how wide the table is


def write_sheets(path: Path, scratch: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Write one sheet after the other, each with its title. Raises LoadRefused (unreadable, too_large)."""
    import openpyxl

    _check_parts(path, name)
    try:
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for number, sheet in enumerate(book.worksheets[:_MOST_SHEETS]):
                sheet.reset_dimensions()  # some programs state them wrongly
                yield _write(sheet.iter_rows(values_only=True), scratch / f"sheet-{number}.csv"), str(sheet.title)
    except LoadRefused:
        raise
    except Exception as error:  # openpyxl fails in many ways on a file that isn't what it says
        events.record("unreadable_workbook", level=logging.ERROR, error=repr(error)[:500])
        raise LoadRefused("unreadable", f"{name} is no workbook that can be read. Save it as CSV (UTF-8).") from error


def _check_parts(path: Path, name: str) -> None:
    with zipfile.ZipFile(path) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    if any(part.endswith("vbaProject.bin") for part in sizes):
        raise LoadRefused("unreadable", f"{name} holds macros. Save it as .xlsx or CSV without them and load that.")
    if sum(sizes.values()) > _MOST_BYTES or sizes.get("xl/sharedStrings.xml", 0) > _MOST_TEXT_BYTES:
        raise LoadRefused("too_large", f"{name} is too large a workbook. Save the sheet as CSV and load that.")


def _write(rows: Iterable[tuple[Any, ...]], target: Path) -> Path:
    rows = iter(rows)
    first = [_texts(row) for row in islice(rows, _FIRST_ROWS)]
    width = max((len(row) for row in first), default=0)
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in chain(first, map(_texts, rows)):
            writer.writerow(row + [""] * (width - len(row)) if row else [])
    return target


def _texts(row: tuple[Any, ...]) -> list[str]:
    """The cells up to the last that says something; in one line each, so that rows keep their numbers."""
    texts = [" ".join(_text(value).splitlines()) for value in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return str(value)
