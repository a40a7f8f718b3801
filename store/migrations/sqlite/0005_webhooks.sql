-- Addresses that are told what is written to the change log, and what was sent to them.

CREATE TABLE IF NOT EXISTS webhooks (
  id BLOB NOT NULL,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  types TEXT NOT NULL,
  visibility TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  disabled_reason TEXT,
  position INTEGER NOT NULL,
  failing_since TEXT,
  next_at TEXT NOT NULL,
  lease_server TEXT NOT NULL,
  lease_until TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS webhook_deliveries (
  id BLOB NOT NULL,
  webhook_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  after_sequence INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  response_status INTEGER,
  error TEXT,
  milliseconds INTEGER,
  created_at TEXT NOT NULL,
  attempted_at TEXT,
  next_at TEXT,
  PRIMARY KEY (id),
  CONSTRAINT webhook_deliveries_webhook_id_fk FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS webhook_deliveries_webhook_id_state_id ON webhook_deliveries (webhook_id, state, id);

CREATE INDEX IF NOT EXISTS webhook_deliveries_state_created_at ON webhook_deliveries (state, created_at);
