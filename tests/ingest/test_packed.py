"""What comes packed: gzip, zip, Excel, Parquet; and what must not be unpacked."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import ingest
from kpi.settings import Settings
from kpi.workspace import Workspace

TEXT = "date,platform,campaign,spend,clicks\n2026-06-01,Meta,A,1.5,3\n2026-06-02,Meta,B,2,4\n"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__dot__", "."), content)
    return out.getvalue()


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spend(workspace: Workspace) -> float:
    return float(workspace.warehouse.query("SELECT sum(spend)::DOUBLE AS spend FROM facts")[0]["spend"])


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(TEXT.encode()),
        zipped(data__dot__csv=TEXT.encode()),
        zipped(data__dot__csv__dot__gz=gzip.compress(TEXT.encode("utf-16"))),
        zipped(**{"__MACOSX/._data.csv": b"x", "folder/": b"", "folder/data.csv": TEXT.encode("cp1252")}),
    ],
    ids=["gzip", "zip", "zip of gzip in utf-16", "zip made on a mac"],
)
def test_a_packed_text_loads_and_the_packed_bytes_are_kept(workspace: Workspace, write: Any, content: bytes) -> None:
    path = write(content, "export.zip")
    report = ingest.load(workspace, path)
    assert (report.status, report.rows_loaded, spend(workspace)) == ("loaded", 2, 3.5), report.message
    assert [file.read_bytes() for file in workspace.files.iterdir()] == [content]


def test_a_workbook_loads_its_first_sheet_with_a_header(workspace: Workspace, write: Any) -> None:
    cover = [["Report"], ["made for", "Acme"]]
    table: list[list[Any]] = [
        ["Campaign report"],
        [],
        ["Day", "Campaign", "Currency code", "Cost", "Clicks", "Impr."],
        [datetime(2026, 6, 1), "Two\nlines", "CAD", 1020.5, 88, 1000],
        [date(2026, 6, 2), "B", "CAD", 0.0000015, 1],
        ["Total: Account", None, "CAD", 1020.5, 89, 1000],
    ]
    report = ingest.load(workspace, write(workbook(cover, table), "export.xlsx"))
    assert (report.status, report.format, report.rows_loaded, report.rows_skipped) == ("loaded", "google_ads", 2, 1)
    facts = workspace.warehouse.query(
        "SELECT date::VARCHAR AS d, campaign, spend::DOUBLE AS s, source_line AS l FROM facts"
    )
    assert [tuple(row.values()) for row in facts] == [
        ("2026-06-01", "Two lines", 1020.5, 4),
        ("2026-06-02", "B", 0.000002, 5),
    ]


def test_a_parquet_file_loads(workspace: Workspace, write: Any, tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    duckdb.execute(
        "COPY ("
        "SELECT DATE '2026-06-01' + i::INT AS date, 'Meta' AS platform, 1.25::DOUBLE AS spend, 7::BIGINT AS clicks, "
        "TIMESTAMP '2026-06-01' AS loaded FROM range(3) AS r(i)) "
        f"TO '{path}' (FORMAT parquet)"
    )
    report = ingest.load(workspace, path)
    assert (report.status, report.rows_loaded, report.totals["spend"], report.totals["clicks"]) == (
        "loaded",
        3,
        3.75,
        21,
    )


def macros() -> bytes:
    out = io.BytesIO(workbook([["date", "platform", "spend"], ["2026-06-01", "Meta", 1]]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


def encrypted() -> bytes:
    content = bytearray(zipped(data__dot__csv=TEXT.encode()))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(content)


BAD: dict[str, tuple[bytes, str, str]] = {
    "workbook with macros": (macros(), "unreadable", "macros"),
    "two files deeper down": (
        zipped(inner__dot__zip=zipped(a=TEXT.encode(), b=TEXT.encode())),
        "unreadable",
        "2 files",
    ),
    "nothing inside": (zipped(), "empty", "no file"),
    "encrypted": (encrypted(), "unreadable", "encrypted"),
    "empty gzip": (gzip.compress(b""), "empty", "empty"),
    "gzip in gzip in gzip": (gzip.compress(gzip.compress(gzip.compress(TEXT.encode()))), "unreadable", "times over"),
    "workbook that is none": (zipped(**{"xl/workbook.xml": b"<x/>"}), "unreadable", "workbook"),
    "open document": (zipped(**{"content.xml": b"<x/>"}), "unreadable", "another kind"),
    "workbook of formulas never computed": (
        workbook([["date", "platform", "spend"], *([["2026-06-01", "Meta", "=1+1"]] * 3)]),
        "too_many_rejects",
        "spend is empty",
    ),
    "table of formulas": (
        b"date,platform,spend\n2026-06-01,Meta,=1+1\n2026-06-01,Meta,=cmd()\n",
        "too_many_rejects",
        "=1+1",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_unpacked_is_one_clear_line(workspace: Workspace, write: Any, case: str) -> None:
    content, reason, word = BAD[case]
    report = ingest.load(workspace, write(content, "export.zip"))
    assert (report.status, report.reason) == ("refused", reason) and word in report.message, report.message
    assert "\n" not in report.message and not list(workspace.folder.glob("load-*"))


def table(*rows: str) -> bytes:
    return "\n".join(["date,platform,campaign,spend,clicks", *rows, ""]).encode()


def test_each_file_of_an_archive_is_a_load_of_its_own(workspace: Workspace, write: Any) -> None:
    files = {
        "june.csv": table("2026-06-01,Meta,A,1.5,3", "2026-06-02,Meta,B,2,4"),
        "july/google.csv": table("2026-07-01,Google,C,10,1", "2026-07-02,Google,C,wrong,1", "2026-07-03,Google,C,5,"),
        "readme.pdf": b"%PDF",
    }
    files["july/google.csv"] += b"2026-07-04,Google,C,5,1\n" * 8
    report = ingest.load(workspace, write(zipped(**files), "export.zip"))
    assert (report.status, report.rows_loaded, report.rows_rejected) == ("loaded_with_rejects", 12, 1), report.message
    assert report.totals["spend"] == 58.5 == spend(workspace)
    assert (report.format, report.platform, report.platforms) == ("canonical", None, ("Google", "Meta"))
    assert (str(report.period.start), str(report.period.end)) == ("2026-06-01", "2026-07-04")  # type: ignore[union-attr]
    assert [(part.file, part.batch_id) for part in report.parts] == [
        ("export.zip/google.csv", 1),
        ("export.zip/june.csv", 2),
    ]
    assert [batch.file for batch in ingest.list_batches(workspace)] == ["export.zip/june.csv", "export.zip/google.csv"]
    assert ingest.load(workspace, write(zipped(**files), "export.zip")).status == "duplicate"
    ingest.revert(workspace, 2)
    assert spend(workspace) == 55


def test_a_refused_file_of_an_archive_is_named_beside_the_loaded_ones(workspace: Workspace, write: Any) -> None:
    files = {"a.csv": table("2026-06-01,Meta,A,1.5,3"), "notes.txt": b"nothing\nto see\n"}
    report = ingest.load(workspace, write(zipped(**files), "export.zip"))
    assert (report.status, report.rows_loaded) == ("loaded_with_rejects", 1)
    assert "1 of 2" in report.message and "notes.txt" in report.message


def test_files_of_one_archive_do_not_replace_each_other_unasked(workspace: Workspace, write: Any) -> None:
    """A large report cut in two: the second half covers the same days and holds more money."""
    first, second = table("2026-06-01,Meta,A,1,3"), table("2026-06-01,Meta,A,100,3")
    report = ingest.load(workspace, write(zipped(a__dot__csv=first, b__dot__csv=second), "export.zip"))
    assert (report.status, spend(workspace)) == ("needs_confirmation", 1)
    assert "same archive" in report.parts[1].message


def test_a_preview_of_an_archive_shows_each_file(workspace: Workspace, write: Any) -> None:
    files = {"a.csv": table("2026-06-01,Meta,A,1.5,3"), "b.csv": table("2026-06-02,Google,A,2,3")}
    report = ingest.preview(workspace, write(zipped(**files), "export.zip"))
    assert (report.status, report.rows_loaded, report.totals["spend"]) == ("ready", 2, 3.5)
    assert [part.platform for part in report.parts] == ["Meta", "Google"]


def test_a_zip_bomb_is_stopped_by_what_really_comes_out(tmp_path: Path, settings: Settings, write: Any) -> None:
    small = Workspace.open(tmp_path / "small", settings.model_copy(update={"max_upload_mb": 1}))
    try:
        for bomb in (zipped(data__dot__csv=bytes(40 << 20)), gzip.compress(bytes(40 << 20))):
            assert len(bomb) < 1 << 20
            assert ingest.load(small, write(bomb)).reason == "too_large"
    finally:
        small.close()


def test_a_file_that_changes_while_it_is_read_is_refused(workspace: Workspace, write: Any) -> None:
    path = write("date,platform,spend\n" + "2026-06-01,Meta,1\n" * 200_000)  # 3.4 MB: several blocks

    def grow(step: str, share: float) -> None:
        if step == "reading" and share < 0.5:
            with path.open("ab") as file:
                file.write(b"2026-06-02,Meta,1\n")
            os.utime(path)

    report = ingest.load(workspace, path, progress=grow)
    assert (report.status, report.reason) == ("refused", "unreadable") and "changed" in report.message


@pytest.mark.slow
def test_a_line_of_two_gigabytes_takes_little_memory(tmp_path: Path, settings: Settings) -> None:
    """One line of 2 GB is read no further than a million characters."""
    import resource

    big = Workspace.open(tmp_path / "big", settings.model_copy(update={"max_upload_mb": 4096}))
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"date,platform,spend\n2026-06-01,Meta,")
        for _ in range(2048):
            file.write(b"9" * (1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        report = ingest.load(big, path)
    finally:
        big.close()
    assert report.reason == "unreadable" and "million characters" in report.message
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 300 << 10  # KiB


def test_a_second_sheet_with_data_is_told_of_not_dropped_in_silence(workspace: Workspace, write: Any) -> None:
    june: list[list[Any]] = [["date", "platform", "spend"], ["2026-06-01", "Meta", 5]]
    july: list[list[Any]] = [["date", "platform", "spend"], ["2026-07-01", "Meta", 7]]
    report = ingest.load(workspace, write(workbook(june, july, june), "export.xlsx"))
    assert (report.status, report.totals["spend"]) == ("loaded", 5)
    assert [line for line in report.warnings if "sheet" in line] == [
        "Only the sheet Sheet counts; Sheet1 holds a table too. Load it as a file of its own."
    ]
