-- What writing needs beside the graph: what undo puts back, keys of requests that may be sent again, records that were said
-- not to be the same, local accounts, and tokens that were taken back.

CREATE TABLE IF NOT EXISTS removed_rows (
  change_id BLOB NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (change_id)
);

CREATE TABLE IF NOT EXISTS idempotency_keys (
  key_hash BLOB NOT NULL,
  body_hash BLOB NOT NULL,
  outcome TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (key_hash)
);

CREATE INDEX IF NOT EXISTS idempotency_keys_expires_at ON idempotency_keys (expires_at);

CREATE TABLE IF NOT EXISTS not_same (
  low_id BLOB NOT NULL,
  high_id BLOB NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (low_id, high_id)
);

CREATE INDEX IF NOT EXISTS not_same_high_id ON not_same (high_id);

CREATE TABLE IF NOT EXISTS accounts (
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  closed_at TEXT,
  PRIMARY KEY (name)
);

CREATE TABLE IF NOT EXISTS revocations (
  id BLOB NOT NULL,
  token_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS revocations_expires_at ON revocations (expires_at);
