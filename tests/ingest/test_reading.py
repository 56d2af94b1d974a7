"""Files as they really come: encodings, delimiters, line ends, quotes, and what is no table at all."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path
from typing import Any

import pytest

import ingest
from kpi.settings import Settings
from kpi.workspace import Workspace

TEXT = "date,platform,campaign,spend\n2025-06-01,Meta,Für Ñandú,1.5\n2025-06-02,Meta,B,2\n"


def facts(workspace: Workspace) -> list[tuple[Any, ...]]:
    rows = workspace.warehouse.query("SELECT source_line, campaign, spend::DOUBLE FROM facts ORDER BY source_line")
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end(
    workspace: Workspace, write: Any, encoding: str, delimiter: str, line_end: str
) -> None:
    path = write(TEXT.replace(",", delimiter).replace("\n", line_end), encoding=encoding)
    assert ingest.load(workspace, path).status == "loaded"
    assert facts(workspace) == [(2, "Für Ñandú", 1.5), (3, "B", 2.0)]


def test_mixed_line_ends_and_blank_lines_keep_line_numbers(workspace: Workspace, write: Any) -> None:
    path = write(
        "\r\ndate,platform,campaign,spend\r\n2025-06-01,Meta,A,1\n\r\n  \n2025-06-02,Meta,B,2\r2025-06-03,Meta,C,3"
    )
    report = ingest.load(workspace, path)
    assert (report.status, report.rows_read) == ("loaded", 4)  # the line of spaces is a record that says nothing
    assert facts(workspace) == [(3, "A", 1.0), (6, "B", 2.0), (7, "C", 3.0)]


def test_a_line_break_in_a_cell_is_one_record_and_line_numbers_hold(workspace: Workspace, write: Any) -> None:
    path = write(
        'date,platform,campaign,spend\n2025-06-01,Meta,"Two\nlines, one ""cell""",1\n2025-06-02,Meta,B,2\n'
        '2025-06-02,Meta,TV 5" ad,3\n'
    )
    assert ingest.load(workspace, path).status == "loaded"
    assert facts(workspace) == [(2, 'Two lines, one "cell"', 1.0), (4, "B", 2.0), (5, 'TV 5" ad', 3.0)]


@pytest.mark.parametrize("later", ["", '2025-06-03,Meta,"C, D",3\n', '2025-06-03,Meta,"C",3\n' * 3])
def test_an_unterminated_quote_does_not_swallow_the_file(workspace: Workspace, write: Any, later: str) -> None:
    good = "2025-06-02,Meta,B,2\n" * 100
    path = write('date,platform,campaign,spend\n2025-06-01,Meta,"Brand,1\n' + good + later + good)
    report = ingest.load(workspace, path)
    assert (report.rows_loaded, report.rows_rejected) == (200 + later.count("\n"), 1)
    raw = workspace.warehouse.query("SELECT source_line, raw FROM rejected_rows")
    assert raw[0]["source_line"] == 2
    assert "Brand,1" in raw[0]["raw"]


def test_quotes_across_a_block_border_are_joined(workspace: Workspace, write: Any) -> None:
    filler = "2025-06-01,Meta,A,1\n" * 52428  # 20 characters each: just under the block of 2**20
    path = write("date,platform,campaign,spend\n" + filler + '2025-06-02,Meta,"X\nY",2\n' + filler)
    report = ingest.load(workspace, path)
    assert (report.status, report.rows_loaded) == ("loaded", 2 * 52428 + 1)
    assert workspace.warehouse.query("SELECT source_line, campaign FROM facts WHERE spend = 2") == [
        {"source_line": 52430, "campaign": "X Y"}
    ]


REFUSED: dict[str, tuple[bytes, str]] = {
    "0 bytes": (b"", "empty"),
    "blank lines": (b"\n \n\r\n", "empty"),
    "header only": (b"date,platform,spend\n", "empty"),
    "header and blank rows": (b"date,platform,spend\n,,\n\n", "empty"),
    "totals only": (b"date,platform,spend\nTotal,,5\n", "empty"),
    "prose": (b"Dear team,\nplease find attached the report.\n", "unknown_format"),
    "json": (b'{"date": "2025-06-01", "spend": 5}\n', "unknown_format"),
    "html": (b"<html><body>Sign in, please</body></html>", "unknown_format"),
    "wrong columns": (b"name,email\nA,a@example.com\n", "unknown_format"),
    "no header": (b"2025-06-01,Meta,5\n2025-06-02,Meta,5\n", "unknown_format"),
    "no spend": (b"date,platform,clicks\n2025-06-01,Meta,5\n", "unknown_format"),
    "no platform": (b"date,spend\n2025-06-01,5\n", "unknown_format"),
    "two columns for spend": (b"date,platform,spend,cost\n2025-06-01,Meta,5,6\n", "unknown_format"),
    "no day": (b"month,platform,campaign,spend\n2025-06,Meta,A,5\n", "no_daily_date"),
    "months for days": (b"date,platform,spend\n2025-06,Meta,5\n2025-07,Meta,5\n", "no_daily_date"),
    "nul bytes": (b"date,platform,spend\n2025-06-01,Me\0ta,5\n", "unreadable"),
    "late nul bytes": (b"date,platform,spend\n" + b"2025-06-01,Meta,5\n" * 500 + b"\0" * 900, "unreadable"),
    "damaged zip": (b"PK\x03\x04" + bytes(100), "unreadable"),
    "half a gzip": (gzip.compress(TEXT.encode())[:-20], "unreadable"),
    "damaged parquet": (b"PAR1" + bytes(100), "unreadable"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "unreadable"),
    "half a character": ("date,platform,spend\n".encode("utf-16") + b"2", "unreadable"),
    "one endless line": (b"date,platform,spend" + b"x" * (3 << 20), "unreadable"),
    "random bytes": (random.Random(7).randbytes(20_000), "unreadable"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_table_is_refused_with_one_helpful_line(workspace: Workspace, write: Any, case: str) -> None:
    content, reason = REFUSED[case]
    report = ingest.load(workspace, write(content))
    assert (report.status, report.reason, report.rows_loaded) == ("refused", reason, 0)
    assert report.message.endswith(".") and "\n" not in report.message and len(report.message) < 250
    assert ingest.preview(workspace, write(content)).reason == reason
    assert list(workspace.files.iterdir()) == [] and not list(workspace.folder.glob("load-*"))


def test_a_folder_a_pipe_and_a_missing_file_are_one_clear_line(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, word in ((tmp_path, "folder"), (tmp_path / "pipe", "ordinary file"), (tmp_path / "none.csv", "no file")):
        report = ingest.load(workspace, path)
        assert (report.status, report.reason) == ("refused", "unreadable") and word in report.message


def test_a_file_over_the_limit_is_too_large(tmp_path: Path, settings: Settings, write: Any) -> None:
    small = Workspace.open(tmp_path / "small", settings.model_copy(update={"max_upload_mb": 1}))
    try:
        assert ingest.load(small, write(b"x" * ((1 << 20) + 1))).reason == "too_large"
    finally:
        small.close()


def test_half_a_file_loads_its_whole_rows(workspace: Workspace, write: Any) -> None:
    whole = "date,platform,campaign,spend\n" + "2025-06-01,Meta,A,10\n" * 20
    report = ingest.load(workspace, write(whole[:-8]))
    assert (report.status, report.rows_loaded, report.rows_rejected) == ("loaded_with_rejects", 19, 1)
    assert report.rejected[0].reason == "the row has 2 of 4 cells"


def test_html_and_formulas_in_cells_are_text(workspace: Workspace, write: Any) -> None:
    path = write(
        "date,platform,campaign,spend\n2025-06-01,Meta,<img src=x onerror=alert(1)>,1\n2025-06-01,Meta,=1+1,1\n"
    )
    ingest.load(workspace, path)
    assert [row[1] for row in facts(workspace)] == ["<img src=x onerror=alert(1)>", "=1+1"]


def test_a_header_that_holds_sql_is_only_a_name(workspace: Workspace, write: Any) -> None:
    path = write(
        "date,platform,spend,\"x'); DROP TABLE facts; --\"\n2025-06-01,Meta,5,'\n2025-06-01,Meta,it's,'\n"
        + "2025-06-01,Meta,5,'\n" * 9
    )
    report = ingest.load(workspace, path, account="O'Neil")
    assert (report.rows_loaded, report.rows_rejected, report.accounts) == (10, 1, ("O'Neil",))
