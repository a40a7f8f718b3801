-- What writing needs beside the graph: what undo puts back, keys of requests that may be sent again, records that were said
-- not to be the same, local accounts, and tokens that were taken back.

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

CREATE TABLE IF NOT EXISTS accounts (
  name VARCHAR(200) NOT NULL,
  role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  password_hash VARCHAR(500) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6),
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS revocations (
  id BINARY(16) NOT NULL,
  token_id VARCHAR(200) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  INDEX revocations_expires_at (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
