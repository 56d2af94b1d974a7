-- The warehouse of one workspace. `facts` holds the winning rows only, so that no question pays for history;
-- rows that lost to a newer batch wait in `lost_facts` until a revert lets them win again.
CREATE SEQUENCE IF NOT EXISTS batch_ids START 1;

CREATE TABLE IF NOT EXISTS batches (
  batch_id BIGINT PRIMARY KEY, loaded_at TIMESTAMP NOT NULL, loaded_by VARCHAR, via VARCHAR NOT NULL,
  file_name VARCHAR NOT NULL, file_sha256 VARCHAR NOT NULL, file_bytes BIGINT NOT NULL,
  format VARCHAR NOT NULL, rules_version VARCHAR NOT NULL, mode VARCHAR NOT NULL,
  status VARCHAR NOT NULL, currency VARCHAR, reverted_at TIMESTAMP, reverted_by VARCHAR,
  rows_read BIGINT NOT NULL, rows_loaded BIGINT NOT NULL, rows_rejected BIGINT NOT NULL, rows_skipped BIGINT NOT NULL,
  replaced_rows BIGINT NOT NULL, first_day DATE, last_day DATE,
  report JSON NOT NULL
);

-- What a batch speaks for: its own first to last day of each platform + account; where `campaigns` is set
-- (a load added beside another), only for these.
CREATE TABLE IF NOT EXISTS claims (
  batch_id BIGINT NOT NULL, platform VARCHAR NOT NULL, account VARCHAR NOT NULL,
  first_day DATE NOT NULL, last_day DATE NOT NULL, campaigns VARCHAR[]
);

CREATE TABLE IF NOT EXISTS facts (
  date DATE NOT NULL, platform VARCHAR NOT NULL, account VARCHAR NOT NULL, campaign VARCHAR NOT NULL,
  ad_group VARCHAR NOT NULL, ad VARCHAR NOT NULL, country VARCHAR NOT NULL, device VARCHAR NOT NULL,
  spend DECIMAL(18, 6), revenue DECIMAL(18, 6), clicks BIGINT, impressions BIGINT, conversions DECIMAL(18, 6),
  batch_id BIGINT NOT NULL, source_line BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS lost_facts AS FROM facts WITH NO DATA;

CREATE TABLE IF NOT EXISTS rejected_rows (
  batch_id BIGINT NOT NULL, source_line BIGINT NOT NULL, reason VARCHAR NOT NULL, raw VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS workspace_settings (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- Which version of these tables, of the rollups (kpi/rollups.py) and of the views (kpi/views.py) the file holds.
CREATE TABLE IF NOT EXISTS schema_state (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
DROP VIEW IF EXISTS kpi_revenue; -- an earlier name
