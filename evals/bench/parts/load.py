"""A validated, audited load of 1M rows into 10M, against DuckDB's plain typed read and pandas with the same rules."""

# ruff: noqa: S608  (the SQL is made of our own names and numbers)

from __future__ import annotations

import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from assistant import Assistant
from evals.bench.facts import LAST_DAY, Scale, facts_sql, filled_workspace
from evals.bench.measure import Row, Timer, interleaved, most_memory_mb
from kpi.settings import Settings

NEW = Scale(1_000_000, 500, 30)
HELD = Scale(10_000_000, 500, 730)
_BAD_EVERY = 1000  # a row in so many breaks a rule
TYPES = {
    "date": "DATE", "platform": "VARCHAR", "account": "VARCHAR", "campaign": "VARCHAR", "country": "VARCHAR",
    "device": "VARCHAR", "spend": "DECIMAL(18, 6)", "revenue": "DECIMAL(18, 6)", "clicks": "BIGINT",
    "impressions": "BIGINT", "conversions": "DECIMAL(18, 6)",
}  # fmt: skip


def run(folder: Path) -> dict[str, Any]:
    file, clean = export(folder, NEW, bad=True), export(folder, NEW, bad=False)
    held = folder / HELD.name
    filled_workspace(held, HELD).close()
    memory: list[float] = []
    taken = interleaved(3, plain=partial(plain_read, clean), ours=partial(_ours, held, file, memory))
    taken |= interleaved(2, pandas=partial(_pandas, file))
    ratio = taken["ours"] / taken["plain"]
    rows = [
        Row(
            "validated, audited load, 1M rows into 10M, CPU",
            f"plain typed read {taken['plain']:.2f} s; pandas, same rules {taken['pandas']:.2f} s",
            f"{taken['ours']:.2f} s = {ratio:.1f}× (pandas {taken['pandas'] / taken['plain']:.1f}×)",
            "1.5× (2.0×)",
            ratio <= 2.0,
        ),
        Row("its memory, beside 10M rows", "–", f"{memory[0]:.0f} MB", "≤ 600 MB", memory[0] <= 600),
    ]
    return {"rows": [row.as_json() for row in rows], "series": {}}


def export(folder: Path, scale: Scale, *, bad: bool) -> Path:
    """The rows as a CSV export of the days after those that are held; the bad ones have a word for their spend."""
    path = folder / f"{scale.name}{'-some-bad' if bad else ''}.csv"
    if not path.exists():
        spend = f"CASE WHEN row_number() OVER () % {_BAD_EVERY} = 7 THEN 'many' ELSE spend::DECIMAL(18, 2)::VARCHAR END"
        columns = f"""(date + {scale.days})::DATE AS date, platform, account, campaign, country, device,
            {spend if bad else "spend::DECIMAL(18, 2)"} AS spend, coalesce(revenue, 0)::DECIMAL(18, 2) AS revenue,
            clicks, impressions, conversions::DECIMAL(18, 1) AS conversions"""
        duckdb.execute(f"COPY (SELECT {columns} FROM ({facts_sql(scale)})) TO '{path}' (HEADER)")
    return path


def plain_read(file: Path) -> Timer:
    """The least that any loader has to do: the file as a typed table on disk."""
    target = file.with_suffix(".duckdb")
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    with duckdb.connect(str(target)) as connection, Timer() as timer:
        connection.execute(
            f"CREATE TABLE t AS SELECT * FROM read_csv('{file}', header = true, columns = {{{columns}}})"
        )
    target.unlink()
    return timer


def _ours(held: Path, file: Path, memory: list[float]) -> Timer:
    """Each time into a fresh copy of what is held."""
    with TemporaryDirectory(dir=file.parent) as folder:
        shutil.copytree(held, folder, dirs_exist_ok=True)
        assistant = Assistant.open(folder, Settings(_env_file=None, currency="USD"))
        with Timer() as timer:
            report = assistant.load_file(file)
        assistant.close()
    memory.append(most_memory_mb())
    expected = NEW.rows - NEW.rows // _BAD_EVERY
    if (report.status, report.rows_loaded) != ("loaded_with_rejects", expected):
        raise AssertionError(report.message)
    return timer


def _pandas(file: Path) -> Timer:
    """The same rules as pandas users write them: strict patterns, reasons by row, days in range, sums by day."""
    import pandas as pd

    with Timer() as timer:
        read = pd.read_csv(file, dtype=str, keep_default_na=False)
        reasons = pd.Series("", index=read.index)
        day = pd.to_datetime(read["date"], format="%Y-%m-%d", errors="coerce")
        last = pd.Timestamp(LAST_DAY + timedelta(days=NEW.days))
        reasons += ((day.isna()) | (day > last)).map({True: "date; ", False: ""})
        for name in ("spend", "revenue", "clicks", "impressions", "conversions"):
            text = read[name].str.strip()
            right = text.str.fullmatch(r"\d+" if name in ("clicks", "impressions") else r"\d+(\.\d+)?")
            reasons += (~right).map({True: f"{name}; ", False: ""})
            read[name] = pd.to_numeric(text.where(right), errors="coerce")
        for name in ("platform", "account", "campaign", "country", "device"):
            read[name] = read[name].str.strip().replace({"": "(not reported)", "--": "(not reported)"})
        good = read[reasons == ""].assign(date=day)
        good.groupby(["date", "platform", "account"])["spend"].sum()
    return timer
