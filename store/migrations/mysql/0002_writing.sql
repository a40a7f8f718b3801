-- What writing needs beside the graph: what undo puts back, keys of requests that may be sent again, people who were said
-- not to be the same.

CREATE TABLE IF NOT EXISTS removed_rows (
  change_id BINARY(16) NOT NULL,
  content LONGTEXT NOT NULL,
  PRIMARY KEY (change_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS idempotency_keys (
  key_hash BINARY(32) NOT NULL,
  body_hash BINARY(32) NOT NULL,
  outcome VARCHAR(2000) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (key_hash),
  INDEX idempotency_keys_expires_at (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS not_same (
  low_id BINARY(16) NOT NULL,
  high_id BINARY(16) NOT NULL,
  actor VARCHAR(200) NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (low_id, high_id),
  INDEX not_same_high_id (high_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
