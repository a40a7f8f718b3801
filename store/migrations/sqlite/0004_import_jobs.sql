-- Imports that run apart from the request that asked for them, and what they are to import.

CREATE TABLE IF NOT EXISTS import_jobs (
  id BLOB NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  file_name TEXT,
  bytes INTEGER NOT NULL,
  step TEXT,
  server TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  seen_at TEXT,
  finished_at TEXT,
  result TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS import_jobs_state_id ON import_jobs (state, id);

CREATE INDEX IF NOT EXISTS import_jobs_actor_id ON import_jobs (actor, id);

CREATE INDEX IF NOT EXISTS import_jobs_finished_at ON import_jobs (finished_at);

CREATE TABLE IF NOT EXISTS import_inputs (
  job_id BLOB NOT NULL,
  part INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (job_id, part)
);

CREATE TABLE IF NOT EXISTS import_queue (
  one INTEGER NOT NULL,
  PRIMARY KEY (one)
);

INSERT OR IGNORE INTO import_queue (one) VALUES (1);
