-- What workflows were asked to do. A job is never deleted: the table is also the record of what happened.
CREATE TABLE IF NOT EXISTS jobs (
  number       INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,      -- idempotency key
  workflow     TEXT NOT NULL,             -- id of the workflow in n8n
  title        TEXT NOT NULL,
  parameters   TEXT NOT NULL,             -- JSON
  state        TEXT NOT NULL CHECK (state IN ('proposed', 'waiting', 'running', 'succeeded', 'failed', 'stopped')),
  attempts     INTEGER NOT NULL DEFAULT 0,
  execution    TEXT,                      -- n8n's execution of the newest attempt
  step         TEXT NOT NULL DEFAULT '',
  reason       TEXT NOT NULL DEFAULT '',
  result       TEXT,                      -- JSON
  parent       INTEGER REFERENCES jobs,   -- the job that asked for this one
  conversation TEXT,
  user         TEXT,
  created_at   REAL NOT NULL,             -- seconds since 1970, as all times
  changed_at   REAL NOT NULL,
  due_at       REAL NOT NULL,
  deadline     REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS jobs_due ON jobs (state, due_at);

-- Alerts that fired, by rule and period: each is posted once.
CREATE TABLE IF NOT EXISTS alerts (
  key           TEXT PRIMARY KEY,
  posted        INTEGER NOT NULL DEFAULT 0,
  claimed_until REAL NOT NULL
);
