"""What table ``judged`` holds: the rows to load, the bad ones with their reasons, and the figures of a report."""

# ruff: noqa: S608  (the SQL is made of our own names)

from __future__ import annotations

from ingest.format import DIMENSIONS, MEASURES

GOOD = f"""SELECT date, {", ".join(DIMENSIONS)}, {", ".join(MEASURES)}, line AS source_line
    FROM judged WHERE kind = 'data' AND reason IS NULL"""
BY_DAY = "ORDER BY date, source_line"  # so that questions about some days read few of the facts
# Whether the rows come day by day anyway, looked at in blocks: sorting them would take a fifth of a load.
IS_BY_DAY = f"""SELECT coalesce(bool_and(first_day >= before), true) AS by_day FROM (
    SELECT first_day, lag(last_day) OVER (ORDER BY block) AS before FROM (
      SELECT source_line // 10000 AS block, min(date) AS first_day, max(date) AS last_day
      FROM ({GOOD}) GROUP BY block))"""
BAD = """SELECT line AS source_line, reason, replace(text, '"\ufdd1', '"') AS raw
    FROM judged JOIN lines USING (line) WHERE reason IS NOT NULL ORDER BY line"""
NO_BAD = "SELECT line AS source_line, reason, reason AS raw FROM judged WHERE false"
SUMMARY = f"""SELECT count(*) AS rows_read, count(*) FILTER (kind = 'data' AND reason IS NULL) AS rows_loaded,
    count(*) FILTER (reason IS NOT NULL) AS rows_rejected, count(*) FILTER (kind <> 'data') AS rows_skipped,
    min(date) FILTER (kind = 'data' AND reason IS NULL) AS first_day,
    max(date) FILTER (kind = 'data' AND reason IS NULL) AS last_day,
    {", ".join(f"sum({m}) FILTER (kind = 'data' AND reason IS NULL) AS {m}" for m in MEASURES)},
    list(DISTINCT platform ORDER BY platform) FILTER (kind = 'data' AND reason IS NULL) AS platforms,
    list(DISTINCT account ORDER BY account) FILTER (kind = 'data' AND reason IS NULL) AS accounts,
    count(*) FILTER (kind = 'data' AND reason IS NULL AND clicks > impressions) AS more_clicks_than_impressions
    FROM judged"""
SAMPLE = f"""SELECT * EXCLUDE (source_line) REPLACE (date::VARCHAR AS date, spend::DOUBLE AS spend,
    revenue::DOUBLE AS revenue, conversions::DOUBLE AS conversions) FROM ({GOOD}) ORDER BY source_line LIMIT 5"""
REASONS = """SELECT reason, count(*) AS rows, min(line) AS first_line FROM judged WHERE reason IS NOT NULL
    GROUP BY reason ORDER BY rows DESC, first_line LIMIT 20"""
