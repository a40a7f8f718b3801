-- The search index: one entry for each record that has a text, written in the transaction that writes the record. Title
-- and content are in the form in which texts are compared (package search).

CREATE TABLE IF NOT EXISTS search_entries (
  docid INTEGER PRIMARY KEY,
  record_id BLOB NOT NULL,
  record_type TEXT NOT NULL,
  public INTEGER NOT NULL,
  held_on TEXT,
  meeting_id BLOB,
  width INTEGER NOT NULL,
  title TEXT NOT NULL,
  CONSTRAINT search_entries_record_id_unique UNIQUE (record_id)
);

CREATE INDEX IF NOT EXISTS search_entries_meeting_id ON search_entries (meeting_id);

-- The tokens of the whole text, by docid. Phrases of tokens say exactly what the text says.
CREATE VIRTUAL TABLE IF NOT EXISTS search_tokens USING fts5 (
  tokens, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_'"
);

-- Which version of the form the entries are in; none yet.
CREATE TABLE IF NOT EXISTS search_state (
  one INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (one)
);
