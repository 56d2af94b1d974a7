from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant import export
from assistant.answer import Answer
from kpi.result import Column
from tools.base import Note

COLUMNS = [
    Column(name="campaign", label="Campaign", unit="text"),
    Column(name="period", label="Month", unit="date"),
    Column(name="spend", label="Spend", unit="currency"),
    Column(name="conversions", label="Conversions", unit="count"),
    Column(name="ctr", label="CTR", unit="percent"),
]


def answer(*rows: dict[str, Any], **fields: Any) -> Answer:
    return Answer(
        status="answered", kind="metrics", text="Spend was $1,234.50.", columns=COLUMNS, rows=[*rows], **fields
    )


def row(campaign: str, **values: Any) -> dict[str, Any]:
    known = {"period": "2025-06-01", "spend": 1234.5, "conversions": 12, "ctr": 0.0123456789}
    return {"campaign": campaign, **known, **values}


def csv_rows(given: Answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(export.csv_bytes(given).decode("utf-8-sig"))))


def sheet(given: Answer, name: str = "Answer") -> Worksheet:
    found = load_workbook(io.BytesIO(export.xlsx_bytes(given)))[name]
    assert isinstance(found, Worksheet)
    return found


def test_csv_has_labels_and_unrounded_numbers() -> None:
    assert csv_rows(answer(row("Brand_Search"))) == [
        ["Campaign", "Month", "Spend", "Conversions", "CTR"],
        ["Brand_Search", "2025-06-01", "1234.5", "12", "0.0123456789"],
    ]


def test_csv_starts_with_the_mark_that_makes_excel_read_utf8() -> None:
    made = export.csv_bytes(answer(row("Größe 🚀")))
    assert made.startswith(b"\xef\xbb\xbfCampaign")
    assert "Größe 🚀" in made.decode("utf-8-sig")


def test_csv_leaves_unknown_values_empty() -> None:
    assert csv_rows(answer(row("A", spend=None, ctr=float("nan"))))[1] == ["A", "2025-06-01", "", "12", ""]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    given = answer(row(text))
    assert csv_rows(given)[1][0] == f"'{text}"
    cell = sheet(given)["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_negative_numbers_stay_numbers() -> None:
    given = answer(row("Refunds", spend=-12.5))
    assert csv_rows(given)[1][2] == "-12.5"
    assert sheet(given)["C2"].value == -12.5


def test_excel_holds_days_and_numbers_with_formats_of_their_unit() -> None:
    made = sheet(answer(row("Brand_Search"), row("Other", conversions=2.5)))
    assert [cell.value for cell in made[1]] == ["Campaign", "Month", "Spend", "Conversions", "CTR"]
    assert [cell.value for cell in made[2]] == ["Brand_Search", datetime(2025, 6, 1), 1234.5, 12, 0.0123456789]
    assert [cell.number_format for cell in made[2]] == ["@", "yyyy-mm-dd", "#,##0.00", "#,##0", "0.0%"]
    assert made["D3"].number_format == "#,##0.##"


def test_excel_accepts_days_that_are_dates_and_characters_that_excel_refuses() -> None:
    made = sheet(answer(row("bell\x07", period=date(2025, 6, 1), spend=None, ctr=float("inf"))))
    assert [cell.value for cell in made[2]] == ["bell", datetime(2025, 6, 1), None, 12, None]


def test_about_says_where_the_numbers_come_from() -> None:
    notes = [Note(code="revenue", text="Revenue is assumed."), Note(code="x", text="=danger")]
    given = answer(row("A"), notes=notes, sql="SELECT 1", interpretation="Spend, June 2025", data_version="v7")
    assert [[cell.value for cell in line] for line in sheet(given, "About").iter_rows()] == [
        ["Understood as", "Spend, June 2025"],
        ["Answer", "Spend was $1,234.50."],
        ["Note", "Revenue is assumed."],
        ["Note", "'=danger"],
        ["Data version", "v7"],
        ["SQL", "SELECT 1"],
    ]


def test_an_answer_without_rows_gives_the_header_alone() -> None:
    assert len(csv_rows(answer())) == 1
    assert sheet(answer()).max_row == 1
