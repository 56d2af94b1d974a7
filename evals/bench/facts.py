"""Facts made up inside DuckDB, as many as asked for, without a file: years of advertising on five platforms."""

# ruff: noqa: S608  (the SQL is made of our own names and numbers)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kpi import rollups
from kpi.settings import Settings
from kpi.workspace import Workspace

LAST_DAY = date(2025, 6, 30)
PLATFORMS = ("Meta", "Google", "TikTok", "LinkedIn", "Pinterest")
COUNTRIES = ("US", "CA", "MX", "BR", "GB", "DE", "FR", "ES", "IT", "NL", "SE", "PL", "JP", "AU", "IN")
DEVICES = ("Mobile", "Desktop", "Tablet")


@dataclass(frozen=True)
class Scale:
    """So many facts over so many days, spread evenly over so many campaigns; two accounts a platform."""

    rows: int
    campaigns: int
    days: int

    @property
    def first_day(self) -> date:
        return LAST_DAY - timedelta(days=self.days - 1)

    @property
    def name(self) -> str:
        return f"{self.rows // 1_000_000}m-{self.campaigns}"


def filled_workspace(folder: Path, scale: Scale) -> Workspace:
    """A workspace in the folder with these facts loaded as one batch; made once, opened again later."""
    workspace = Workspace.open(folder, Settings(_env_file=None, currency="USD", query_timeout_seconds=600))
    if not workspace.warehouse.query("SELECT 1 FROM batches LIMIT 1"):
        with workspace.warehouse.writing() as cursor:
            cursor.execute(_BATCH)
            cursor.execute(f"INSERT INTO facts BY NAME {facts_sql(scale)}")
            cursor.execute(_CLAIMS)
            rollups.rebuild(cursor)
        workspace.close()
        workspace = Workspace.open(folder, workspace.settings)
    return workspace


def facts_sql(scale: Scale) -> str:
    """A SELECT of the rows, day by day; LinkedIn's hold no revenue."""
    per_day = -(-scale.rows // scale.days)
    platform = f"{list(PLATFORMS)}[1 + campaign_no % {len(PLATFORMS)}]"
    return f"""
        WITH numbered AS (
          SELECT i // {per_day} AS day_no, i % {scale.campaigns} AS campaign_no,
                 i // {scale.campaigns} + campaign_no AS place, hash(i) AS random
          FROM range({scale.rows}) AS all_rows(i))
        SELECT DATE '{scale.first_day}' + day_no::INT AS date, {platform} AS platform,
               'Account ' || (1 + campaign_no // {len(PLATFORMS)} % 2) AS account,
               'Campaign ' || lpad(campaign_no::VARCHAR, 5, '0') AS campaign,
               '(not reported)' AS ad_group, '(not reported)' AS ad,
               {list(COUNTRIES)}[1 + place % {len(COUNTRIES)}] AS country,
               {list(DEVICES)}[1 + place // {len(COUNTRIES)} % {len(DEVICES)}] AS device,
               (100 + random % 9000)::DECIMAL(18, 6) / 100 AS spend,
               CASE WHEN platform <> 'LinkedIn' THEN (random % 29000)::DECIMAL(18, 6) / 100 END AS revenue,
               (random % 150)::BIGINT AS clicks, (random % 5000 + 150)::BIGINT AS impressions,
               (random % 7)::DECIMAL(18, 6) AS conversions, 1 AS batch_id, day_no AS source_line
        FROM numbered"""


_BATCH = """
    INSERT INTO batches (batch_id, loaded_at, via, file_name, file_sha256, file_bytes, format, rules_version, mode,
                         status, rows_read, rows_loaded, rows_rejected, rows_skipped, replaced_rows, report)
    VALUES (nextval('batch_ids'), now()::TIMESTAMP, 'bench', 'made up', 'none', 0, 'canonical', '0', 'normal',
            'loaded', 0, 0, 0, 0, 0, '{}')"""
_CLAIMS = """
    INSERT INTO claims
    SELECT 1, platform, account, min(date), max(date), NULL FROM facts GROUP BY platform, account"""
