"""The sample data: the same bytes every time, the promised shape, and each story visible by plain SQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.sample_data import write
from ingest.sample_data.calendar import black_friday, first_day

END = date(2025, 6, 30)
HEADER = "date,platform,account,campaign,country,device,spend,revenue,clicks,impressions,conversions,currency"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("sample"), END)


@pytest.fixture(scope="module")
def sample(files: list[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE sample AS FROM read_csv('{files[0].parent}/*.csv')")
        yield connection


def row(sample: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    found = sample.execute(sql).fetchone()
    assert found is not None
    return found


def test_the_same_end_gives_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = write(tmp_path, END)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in files]


def test_another_end_moves_the_last_day(tmp_path: Path) -> None:
    write(tmp_path, date(2025, 3, 31))
    with duckdb.connect() as connection:
        span = f"SELECT min(date)::VARCHAR, max(date)::VARCHAR FROM read_csv('{tmp_path}/*.csv')"
        days = connection.execute(span).fetchone()
    assert days == ("2023-10-01", "2025-03-31")


def test_one_canonical_file_a_platform(files: list[Path]) -> None:
    assert [p.name for p in files] == ["meta.csv", "google.csv", "tiktok.csv", "linkedin.csv", "microsoft.csv"]
    assert {p.open(encoding="utf-8").readline().strip() for p in files} == {HEADER}


def test_shape(sample: duckdb.DuckDBPyConnection) -> None:
    rows, *distinct = row(
        sample,
        """SELECT count(*), count(DISTINCT platform), count(DISTINCT account), count(DISTINCT country),
                  count(DISTINCT device), count(DISTINCT campaign), count(DISTINCT date) FROM sample""",
    )
    assert 80_000 < rows < 200_000
    assert distinct == [5, 3, 8, 3, 23, 547]  # 547 = 366 days of 2024 + 181 of the first half of 2025


def test_no_row_is_impossible(sample: duckdb.DuckDBPyConnection) -> None:
    bad = "clicks > impressions OR conversions > clicks OR spend <= 0 OR (conversions = 0 AND revenue > 0)"
    assert row(sample, f"SELECT count(*) FROM sample WHERE {bad}") == (0,)


def test_story_growth_over_a_year(sample: duckdb.DuckDBPyConnection) -> None:
    (ratio,) = row(
        sample,
        """SELECT sum(spend) FILTER (date BETWEEN '2025-03-01' AND '2025-03-31')
                / sum(spend) FILTER (date BETWEEN '2024-03-01' AND '2024-03-31') FROM sample""",
    )
    assert 1.1 < ratio < 1.3  # 1.5 % a month for 12 months = 1.196


def test_story_business_platforms_rest_at_weekends(sample: duckdb.DuckDBPyConnection) -> None:
    weekend = "sum(spend) FILTER (isodow(date) = 6) / sum(spend) FILTER (isodow(date) = 2)"
    (linkedin,) = row(sample, f"SELECT {weekend} FROM sample WHERE platform = 'LinkedIn'")
    (tiktok,) = row(sample, f"SELECT {weekend} FROM sample WHERE platform = 'TikTok'")
    assert linkedin < 0.6
    assert tiktok > 1.1


def test_story_sale_peak_in_black_friday_week(sample: duckdb.DuckDBPyConnection) -> None:
    peak, before = row(
        sample,
        """SELECT sum(conversions) FILTER (date BETWEEN '2024-11-25' AND '2024-12-01'),
                  sum(conversions) FILTER (date BETWEEN '2024-11-11' AND '2024-11-17') FROM sample""",
    )
    assert peak > 2 * before
    best_day = row(sample, "SELECT date::VARCHAR FROM sample GROUP BY date ORDER BY sum(revenue) DESC LIMIT 1")
    assert "2024-11-25" <= best_day[0] <= "2024-12-02"


def test_story_tracking_outage_on_tiktok_only(sample: duckdb.DuckDBPyConnection) -> None:
    by_platform = """SELECT sum(conversions) FILTER (platform = 'TikTok'), sum(conversions) FILTER (platform = 'Meta'),
                            sum(spend) FILTER (platform = 'TikTok') FROM sample WHERE date BETWEEN '{}' AND '{}'"""
    tiktok, meta, spend = row(sample, by_platform.format("2025-05-21", "2025-05-25"))
    tiktok_before, meta_before, spend_before = row(sample, by_platform.format("2025-05-14", "2025-05-18"))
    assert tiktok < 0.1 * tiktok_before
    assert meta > 0.8 * meta_before
    assert spend > 0.8 * spend_before


def test_story_lookalike_campaign_goes_bad(sample: duckdb.DuckDBPyConnection) -> None:
    cac = """SELECT sum(spend) / sum(conversions) FROM sample
             WHERE campaign = '{}' AND date BETWEEN '{}' AND '{}'"""
    (bad_before,) = row(sample, cac.format("Prospecting_Lookalike", "2025-05-05", "2025-05-18"))
    (bad,) = row(sample, cac.format("Prospecting_Lookalike", "2025-06-17", "2025-06-30"))
    (good_before,) = row(sample, cac.format("Prospecting", "2025-05-05", "2025-05-18"))
    (good,) = row(sample, cac.format("Prospecting", "2025-06-17", "2025-06-30"))
    assert bad > 2.5 * bad_before
    assert good < 1.2 * good_before


def test_story_a_launch_and_an_end(sample: duckdb.DuckDBPyConnection) -> None:
    first = row(sample, "SELECT min(date)::VARCHAR FROM sample WHERE campaign = 'Creator_Collab'")
    last = row(sample, "SELECT max(date)::VARCHAR FROM sample WHERE campaign = 'Message_Ads'")
    assert (first, last) == (("2025-04-01",), ("2025-03-02",))  # 90 and 120 days before 30 June 2025


def test_first_day_counts_whole_months() -> None:
    assert first_day(date(2025, 6, 30), 18) == date(2024, 1, 1)
    assert first_day(date(2025, 8, 30), 18) == date(2024, 2, 29)  # 31 August less 18 months: February's last day


def test_black_friday_follows_the_fourth_thursday() -> None:
    assert black_friday(2024) == date(2024, 11, 29)
    assert black_friday(2023) == date(2023, 11, 24)


def test_command_refuses_a_wrong_date_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ingest.sample_data", "--out", str(tmp_path), "--end", "30.6."]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not a date like 2025-06-30" in done.stderr
    assert "Traceback" not in done.stderr
