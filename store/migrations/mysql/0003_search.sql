-- The search index: one entry for each record that has a text, written in the transaction that writes the record. Title
-- and content are in the form in which texts are compared (package search), tokens what the full-text index takes of it.

CREATE TABLE IF NOT EXISTS search_entries (
  record_id BINARY(16) NOT NULL,
  record_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT NOT NULL,
  held_on DATE,
  meeting_id BINARY(16),
  width INT NOT NULL,
  title MEDIUMTEXT NOT NULL,
  content LONGTEXT NOT NULL,
  tokens LONGTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (record_id),
  INDEX search_entries_meeting_id (meeting_id),
  FULLTEXT INDEX search_entries_tokens (tokens)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

-- Which version of the form the entries are in; none yet.
CREATE TABLE IF NOT EXISTS search_state (
  one INT NOT NULL,
  version INT NOT NULL,
  PRIMARY KEY (one)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
