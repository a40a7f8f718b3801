-- Imports that run apart from the request that asked for them, and what they are to import, in parts that fit into a packet.

CREATE TABLE IF NOT EXISTS import_jobs (
  id BINARY(16) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor VARCHAR(200) NOT NULL,
  actor_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name VARCHAR(300),
  bytes INT NOT NULL,
  step VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  server VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  started_at DATETIME(6),
  seen_at DATETIME(6),
  finished_at DATETIME(6),
  result LONGTEXT NOT NULL,
  PRIMARY KEY (id),
  INDEX import_jobs_state_id (state, id),
  INDEX import_jobs_actor_id (actor, id),
  INDEX import_jobs_finished_at (finished_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS import_inputs (
  job_id BINARY(16) NOT NULL,
  part INT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (job_id, part)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

-- The row that whoever adds a job locks, so that jobs are counted one after the other.
CREATE TABLE IF NOT EXISTS import_queue (
  one INT NOT NULL,
  PRIMARY KEY (one)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

INSERT IGNORE INTO import_queue (one) VALUES (1);
