-- The search index: one entry for each record that has a text, written in the transaction that writes the record. Title
-- and content are in the form in which texts are compared (package search).

CREATE TABLE IF NOT EXISTS search_entries (
  record_id BINARY(16) NOT NULL,
  record_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT NOT NULL,
  held_on DATE,
  meeting_id BINARY(16),
  width INT NOT NULL,
  title MEDIUMTEXT NOT NULL,
  content LONGTEXT NOT NULL,
  PRIMARY KEY (record_id),
  INDEX search_entries_meeting_id (meeting_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

-- What the full-text index takes of the content. It is four times as long, and apart from it the entries are short enough
-- to be read through for words that stand everywhere, for which a full-text index of InnoDB takes far longer.
CREATE TABLE IF NOT EXISTS search_tokens (
  record_id BINARY(16) NOT NULL,
  tokens LONGTEXT NOT NULL,
  PRIMARY KEY (record_id),
  FULLTEXT INDEX search_tokens_tokens (tokens)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin ROW_FORMAT=DYNAMIC;

-- Which version of the form the entries are in; none yet.
CREATE TABLE IF NOT EXISTS search_state (
  one INT NOT NULL,
  version INT NOT NULL,
  PRIMARY KEY (one)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
