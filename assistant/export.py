"""An answer's table as a file: CSV, or Excel with a second sheet that says where the numbers come from.

Cells hold raw numbers and days, not the texts of the chat, so that they can be calculated with. Text that a
spreadsheet would run as a formula (a campaign may be called ``=HYPERLINK(…)``) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import math
import re
from typing import TYPE_CHECKING, Any

from assistant import formats
from assistant.answer import Answer
from kpi.result import Column, Unit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_INVISIBLE_START = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOT_IN_EXCEL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_CELL = 32_767
_NUMBER_FORMATS: dict[Unit, str] = {
    "currency": "#,##0.00",
    "count": "#,##0.##",
    "ratio": "0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "text": "@",
}
_WHOLE_COUNT = "#,##0"  # '#,##0.##' would leave a bare point behind 12
_WIDEST_COLUMN = 60


def csv_bytes(answer: Answer) -> bytes:
    """UTF-8 with a byte order mark (Excel reads it as UTF-8 only then), labels in the first line, days as ISO text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_harmless(column.label) for column in answer.columns])
    for row in answer.rows:
        writer.writerow([_csv_cell(row.get(column.name)) for column in answer.columns])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(answer: Answer) -> bytes:
    """A workbook with the sheets 'Answer' (the table) and 'About' (what was understood, SQL, notes, data version)."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Answer"
    _write_table(sheet, answer)
    _write_about(book.create_sheet("About"), answer)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_table(sheet: Worksheet, answer: Answer) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for position, column in enumerate(answer.columns, start=1):
        values = [_excel_cell(row.get(column.name), column) for row in answer.rows]
        sheet.cell(1, position, _excel_text(column.label)).font = Font(bold=True)
        for line, value in enumerate(values, start=2):
            sheet.cell(line, position, value).number_format = _number_format(value, column.unit)
        widest = max(len(str(value)) for value in [column.label, *values])
        sheet.column_dimensions[get_column_letter(position)].width = min(widest, _WIDEST_COLUMN) + 2
    sheet.freeze_panes = "A2"


def _write_about(sheet: Worksheet, answer: Answer) -> None:
    from openpyxl.styles import Alignment, Font

    facts = [("Understood as", answer.interpretation), ("Answer", answer.text)]
    facts += [("Note", note.text) for note in answer.notes]
    facts += [("Data version", answer.data_version), ("SQL", answer.sql or "")]
    for line, (name, text) in enumerate(facts, start=1):
        sheet.cell(line, 1, name).font = Font(bold=True)
        sheet.cell(line, 2, _excel_text(text)).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 110


def _csv_cell(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return _harmless(value) if isinstance(value, str) else value


def _excel_cell(value: Any, column: Column) -> Any:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if column.unit == "date":
        return formats.as_date(value)
    return _excel_text(value) if isinstance(value, str) else value


def _excel_text(text: str) -> str:
    return _harmless(_NOT_IN_EXCEL.sub("", text))[:_LONGEST_CELL]


def _harmless(text: str) -> str:
    """Programs that trim blanks and invisible characters would run what stands behind them."""
    begins = text.startswith(_STARTS_A_FORMULA) or _INVISIBLE_START.sub("", text).startswith(_STARTS_A_FORMULA)
    return f"'{text}" if begins else text


def _number_format(value: Any, unit: Unit) -> str:
    return _WHOLE_COUNT if unit == "count" and value == round(value or 0) else _NUMBER_FORMATS[unit]
