-- Addresses that are told what is written to the change log, and what was sent to them.

CREATE TABLE IF NOT EXISTS webhooks (
  id BINARY(16) NOT NULL,
  url VARCHAR(1000) NOT NULL,
  secret VARCHAR(200) NOT NULL,
  types VARCHAR(500) NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  enabled TINYINT(1) NOT NULL,
  disabled_reason VARCHAR(500),
  position BIGINT NOT NULL,
  failing_since DATETIME(6),
  next_at DATETIME(6) NOT NULL,
  lease_server VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lease_until DATETIME(6),
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS webhook_deliveries (
  id BINARY(16) NOT NULL,
  webhook_id BINARY(16) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  after_sequence BIGINT NOT NULL,
  last_sequence BIGINT NOT NULL,
  changes INT NOT NULL,
  attempts INT NOT NULL,
  response_status INT,
  error VARCHAR(500),
  milliseconds INT,
  created_at DATETIME(6) NOT NULL,
  attempted_at DATETIME(6),
  next_at DATETIME(6),
  PRIMARY KEY (id),
  CONSTRAINT webhook_deliveries_webhook_id_fk FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE,
  INDEX webhook_deliveries_webhook_id_state_id (webhook_id, state, id),
  INDEX webhook_deliveries_state_created_at (state, created_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
