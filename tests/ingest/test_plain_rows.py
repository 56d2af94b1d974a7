"""Plain rows are read in one pass; whatever stands beside them, the outcome is that of judging every row."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest import parsing
from ingest.plain import NotPlain
from kpi.settings import Settings
from kpi.workspace import Workspace

HEADER = "date,platform,account,campaign,country,device,spend,revenue,clicks,impressions,conversions"
PLAIN = [
    "2025-06-01,Meta,Main,Brand_Search,US,Mobile,100,300.5,50,1000,4",
    "2025-06-01,Google,Main,Retargeting,CA,Desktop,50.25,0,10,500,0.5",
    "2025-06-02,Meta,,Brand_Search,US,,200,300,60,2000,6",
    "2025-06-03,Meta,Main,Brand Search 2,MX,Tablet,0.1234,1,0,0,0",
]
# Each beside plain rows: rows that are judged, and rows or cells that could change how plain ones are read.
ODD = {
    "bad rows": ["2025-06-01,Meta,Main,B,US,Mobile,abc,1,1,1,1", "2025-13-01,Meta,Main,B,US,Mobile,1,1,1,1,1"],
    "too few cells": ["2025-06-01,Meta"],
    "too many cells": ["2025-06-01,Meta,Main,B,US,Mobile,1,1,1,1,1,1"],
    "an open quote": ['2025-06-01,Meta,"Main,B,US,Mobile,1,1,1,1,1'],
    "quoted cells": ['2025-06-01,"Meta","Main, Inc","B ""x""",US,Mobile,"1,234.50",1,1,1,1'],
    "blank lines": ["", "", "2025-06-04,Meta,Main,B,US,Mobile,1,1,1,1,1"],
    "the header again": [HEADER],
    "totals": ["Total,,,,,,350.3734,601.5,120,3500,10.5"],
    "a total with a day": ["2025-06-03,Meta,Main,Total,US,Mobile,0.1234,1,0,0,0"],
    "spaces and spellings": ["2025-06-04, facebook ,Main,  B ,united states,smart_phone,1,1,1,1,1"],
    "our spelling of a plain text": ["2025-06-04,facebook,Main,B,usa,mobile,1,1,1,1,1"],
    "placeholders": ["2025-06-04,Meta,--,B,n/a,Mobile,1,--,1,1,1"],
    "an empty platform": ["2025-06-04,,Main,B,US,Mobile,1,1,1,1,1"],
    "an apostrophe": ["2025-06-04,Meta,Main,'=SUM(A1),US,Mobile,1,1,1,1,1"],
    "empty measures": ["2025-06-04,Meta,Main,B,US,Mobile,1,,,,", "2025-06-04,Meta,Main,B,US,Mobile,,1,1,1,1"],
    "negative and huge": [
        "2025-06-04,Meta,Main,B,US,Mobile,-1,1,1,1,1",
        f"2025-06-04,Meta,M,B,US,Mobile,{'9' * 20},1,1,1,1",
    ],
    "counts with decimals": ["2025-06-04,Meta,Main,B,US,Mobile,1,1,1.0,2.5,1"],
    "other ways to write a day": [
        "06/25/2025,Meta,Main,B,US,Mobile,1,1,1,1,1",
        "2025-06-06 00:00:00,Meta,M,B,US,Mobile,1,1,1,1,1",
    ],
    "days out of range": ["2099-06-01,Meta,Main,B,US,Mobile,1,1,1,1,1", "1970-01-01,Meta,Main,B,US,Mobile,1,1,1,1,1"],
    "three decimals": ["2025-06-04,Meta,Main,B,US,Mobile,1.234,1,1,1,1"],
    "many decimals": ["2025-06-04,Meta,Main,B,US,Mobile,1.23456789,1,1,1,1"],
    "a decimal comma": ['2025-06-04,Meta,Main,B,US,Mobile,"1,5",1,1,1,1'],
    "more decimal commas than points": [
        f'2025-06-{d:02},Meta,Main,B,US,Mobile,"1,5","2,25",1,1,"0,5"' for d in range(4, 20)
    ],
    "hexadecimal and underscores": ["2025-06-04,Meta,Main,B,US,Mobile,0x1F,1_000,1,1,1"],
    "control characters": ["2025-06-04,Meta,Main,B\x1fC,US,Mobile,1,1,1,1,1"],
}
KEPT = "SELECT * EXCLUDE (batch_id) FROM facts ORDER BY ALL"
REJECTED = "SELECT * EXCLUDE (batch_id) FROM rejected_rows ORDER BY ALL"


def outcome(folder: Path, file: Path) -> tuple[Any, ...]:
    workspace = Workspace.open(folder, Settings(_env_file=None, currency="USD", max_reject_share=0.9))
    report = ingest.load(workspace, file).model_dump()
    found = report, workspace.warehouse.query(KEPT), workspace.warehouse.query(REJECTED)
    workspace.close()
    return found


def every_row_judged(*_: object, **__: object) -> Any:
    raise NotPlain


def both(tmp_path: Path, lines: list[str], header: str = HEADER) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    file = tmp_path / "data.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    fast = outcome(tmp_path / "fast", file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parsing, "read_plain", every_row_judged)
        return fast, outcome(tmp_path / "slow", file)


@pytest.mark.parametrize("odd", ODD)
def test_what_stands_beside_plain_rows_has_the_same_outcome(tmp_path: Path, odd: str) -> None:
    fast, slow = both(tmp_path, [*PLAIN, *PLAIN, *ODD[odd], *PLAIN, *PLAIN])
    assert fast == slow
    assert fast[0]["rows_loaded"] >= 4 * len(PLAIN)


def test_all_kinds_of_rows_in_any_order_have_the_same_outcome(tmp_path: Path) -> None:
    harmless = [name for name in ODD if name not in ("more decimal commas than points", "an open quote")]
    lines = [*PLAIN * 60, *(row for name in harmless for row in ODD[name])]
    random.Random(5).shuffle(lines)
    fast, slow = both(tmp_path, lines)
    assert fast == slow


def test_a_plain_file_is_not_judged_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = parsing.decide

    def counting(connection: Any, *arguments: Any) -> Any:
        seen.append(connection.execute("SELECT count(*) FROM cells").fetchone()[0])
        return real(connection, *arguments)

    monkeypatch.setattr(parsing, "decide", counting)
    file = tmp_path / "data.csv"
    file.write_text("\n".join([HEADER, *PLAIN * 5, *ODD["bad rows"]]) + "\n", encoding="utf-8")
    report, facts, rejected = outcome(tmp_path / "workspace", file)
    assert seen == [2]
    assert (len(facts), len(rejected), report["rows_read"]) == (20, 2, 22)


def test_money_in_millionths_is_none_of_plain_numbers(tmp_path: Path) -> None:
    header = "segments.date,campaign.name,metrics.cost_micros,metrics.clicks,metrics.impressions,metrics.conversions"
    lines = [f"2025-06-{day:02},Brand,{day}500000,5,100,1" for day in range(1, 20)]
    fast, slow = both(tmp_path, lines, header)
    assert fast == slow
    assert fast[0]["totals"]["spend"] == pytest.approx(sum(day + 0.5 for day in range(1, 20)))
