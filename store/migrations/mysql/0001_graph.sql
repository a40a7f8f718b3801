-- The graph: records, what ties them, where they are stated, and the log of their changes.

CREATE TABLE IF NOT EXISTS organizations (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  name VARCHAR(200) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_id BINARY(16),
  PRIMARY KEY (id),
  CONSTRAINT organizations_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT organizations_parent_id_fk FOREIGN KEY (parent_id) REFERENCES organizations (id),
  INDEX organizations_name_id (name, id),
  INDEX organizations_kind_id (kind, id),
  INDEX organizations_parent_id_name_id (parent_id, name, id),
  INDEX organizations_created_at_id (created_at, id),
  INDEX organizations_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS people (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  name VARCHAR(200) NOT NULL,
  pinyin VARCHAR(200),
  PRIMARY KEY (id),
  CONSTRAINT people_natural_key_unique UNIQUE (natural_key),
  INDEX people_name_id (name, id),
  INDEX people_pinyin_id (pinyin, id),
  INDEX people_created_at_id (created_at, id),
  INDEX people_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS documents (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  title VARCHAR(500) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number VARCHAR(100),
  issued_on DATE,
  compiled_on DATE,
  publication VARCHAR(200),
  text LONGTEXT,
  issued_by_id BINARY(16),
  compiled_by_id BINARY(16),
  meeting_id BINARY(16),
  PRIMARY KEY (id),
  CONSTRAINT documents_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT documents_issued_by_id_fk FOREIGN KEY (issued_by_id) REFERENCES organizations (id),
  CONSTRAINT documents_compiled_by_id_fk FOREIGN KEY (compiled_by_id) REFERENCES organizations (id),
  INDEX documents_title_id (title, id),
  INDEX documents_kind_id (kind, id),
  INDEX documents_number_id (number, id),
  INDEX documents_issued_on_id (issued_on, id),
  INDEX documents_issued_by_id_title_id (issued_by_id, title, id),
  INDEX documents_meeting_id (meeting_id),
  INDEX documents_created_at_id (created_at, id),
  INDEX documents_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS meetings (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  title VARCHAR(500) NOT NULL,
  series VARCHAR(200),
  ordinal INT,
  term VARCHAR(100),
  held_on DATE NOT NULL,
  starts_at DATETIME(6),
  ends_at DATETIME(6),
  time_of_day VARCHAR(50),
  place VARCHAR(300),
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_id BINARY(16) NOT NULL,
  chair_id BINARY(16),
  minutes_id BINARY(16),
  PRIMARY KEY (id),
  CONSTRAINT meetings_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT meetings_body_id_fk FOREIGN KEY (body_id) REFERENCES organizations (id),
  CONSTRAINT meetings_chair_id_fk FOREIGN KEY (chair_id) REFERENCES people (id),
  CONSTRAINT meetings_minutes_id_fk FOREIGN KEY (minutes_id) REFERENCES documents (id),
  INDEX meetings_held_on_id (held_on, id),
  INDEX meetings_title_id (title, id),
  INDEX meetings_series_id (series, id),
  INDEX meetings_ordinal_id (ordinal, id),
  INDEX meetings_term_id (term, id),
  INDEX meetings_state_id (state, id),
  INDEX meetings_body_id_held_on_id (body_id, held_on, id),
  INDEX meetings_chair_id_held_on_id (chair_id, held_on, id),
  INDEX meetings_minutes_id (minutes_id),
  INDEX meetings_created_at_id (created_at, id),
  INDEX meetings_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS agenda_items (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  position INT NOT NULL,
  number VARCHAR(50),
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title MEDIUMTEXT NOT NULL,
  text MEDIUMTEXT,
  meeting_id BINARY(16) NOT NULL,
  held_on DATE NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT agenda_items_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT agenda_items_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id),
  INDEX agenda_items_meeting_id_position_id (meeting_id, position, id),
  INDEX agenda_items_kind_held_on_id (kind, held_on, id),
  INDEX agenda_items_held_on_id (held_on, id),
  INDEX agenda_items_position_id (position, id),
  INDEX agenda_items_created_at_id (created_at, id),
  INDEX agenda_items_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS decisions (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  position INT NOT NULL,
  text MEDIUMTEXT NOT NULL,
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin,
  agenda_item_id BINARY(16) NOT NULL,
  meeting_id BINARY(16) NOT NULL,
  held_on DATE NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT decisions_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT decisions_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  CONSTRAINT decisions_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id),
  INDEX decisions_agenda_item_id_position_id (agenda_item_id, position, id),
  INDEX decisions_meeting_id_position_id (meeting_id, position, id),
  INDEX decisions_outcome_held_on_id (outcome, held_on, id),
  INDEX decisions_held_on_id (held_on, id),
  INDEX decisions_position_id (position, id),
  INDEX decisions_created_at_id (created_at, id),
  INDEX decisions_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS directives (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  position INT NOT NULL,
  label VARCHAR(50),
  text MEDIUMTEXT NOT NULL,
  agenda_item_id BINARY(16) NOT NULL,
  held_on DATE NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT directives_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT directives_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  INDEX directives_agenda_item_id_position_id (agenda_item_id, position, id),
  INDEX directives_held_on_id (held_on, id),
  INDEX directives_position_id (position, id),
  INDEX directives_created_at_id (created_at, id),
  INDEX directives_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS attendances (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  position INT NOT NULL,
  title VARCHAR(300),
  label VARCHAR(300) NOT NULL,
  capacity VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(300),
  meeting_id BINARY(16) NOT NULL,
  person_id BINARY(16),
  organization_id BINARY(16),
  held_on DATE NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT attendances_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT attendances_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id),
  CONSTRAINT attendances_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id),
  CONSTRAINT attendances_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  INDEX attendances_meeting_id_position_id (meeting_id, position, id),
  INDEX attendances_person_id_held_on_id (person_id, held_on, id),
  INDEX attendances_organization_id_held_on_id (organization_id, held_on, id),
  INDEX attendances_capacity_held_on_id (capacity, held_on, id),
  INDEX attendances_status_held_on_id (status, held_on, id),
  INDEX attendances_held_on_id (held_on, id),
  INDEX attendances_position_id (position, id),
  INDEX attendances_label_id (label, id),
  INDEX attendances_created_at_id (created_at, id),
  INDEX attendances_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS memberships (
  id BINARY(16) NOT NULL,
  version INT NOT NULL,
  visibility VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public TINYINT(1) NOT NULL,
  natural_key VARBINARY(32),
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  role VARCHAR(200),
  start_on DATE,
  end_on DATE,
  person_id BINARY(16) NOT NULL,
  organization_id BINARY(16) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT memberships_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT memberships_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id),
  CONSTRAINT memberships_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  INDEX memberships_person_id_start_on_id (person_id, start_on, id),
  INDEX memberships_organization_id_start_on_id (organization_id, start_on, id),
  INDEX memberships_role_id (role, id),
  INDEX memberships_start_on_id (start_on, id),
  INDEX memberships_end_on_id (end_on, id),
  INDEX memberships_created_at_id (created_at, id),
  INDEX memberships_updated_at_id (updated_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS presentations (
  id BINARY(16) NOT NULL,
  agenda_item_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  organization_id BINARY(16),
  person_id BINARY(16),
  role VARCHAR(200),
  held_on DATE NOT NULL,
  public TINYINT(1) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT presentations_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  CONSTRAINT presentations_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  CONSTRAINT presentations_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id),
  INDEX presentations_agenda_item_id_position_id (agenda_item_id, position, id),
  INDEX presentations_organization_id_held_on_id (organization_id, held_on, id),
  INDEX presentations_person_id_held_on_id (person_id, held_on, id),
  INDEX presentations_role_id (role, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS decision_steps (
  id BINARY(16) NOT NULL,
  decision_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  target_id BINARY(16),
  document_id BINARY(16),
  condition_text VARCHAR(500),
  actor_labels VARCHAR(1000) NOT NULL,
  status VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_on DATE,
  done_on DATE,
  PRIMARY KEY (id),
  CONSTRAINT decision_steps_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decisions (id),
  CONSTRAINT decision_steps_target_id_fk FOREIGN KEY (target_id) REFERENCES organizations (id),
  CONSTRAINT decision_steps_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  INDEX decision_steps_decision_id_position_id (decision_id, position, id),
  INDEX decision_steps_target_id (target_id),
  INDEX decision_steps_document_id (document_id),
  INDEX decision_steps_status_due_on_id (status, due_on, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS step_actors (
  step_id BINARY(16) NOT NULL,
  decision_id BINARY(16) NOT NULL,
  role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  organization_id BINARY(16),
  person_id BINARY(16),
  PRIMARY KEY (step_id, role, position),
  CONSTRAINT step_actors_step_id_fk FOREIGN KEY (step_id) REFERENCES decision_steps (id),
  CONSTRAINT step_actors_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decisions (id),
  CONSTRAINT step_actors_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  CONSTRAINT step_actors_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id),
  INDEX step_actors_organization_id_role_decision_id (organization_id, role, decision_id),
  INDEX step_actors_person_id_role_decision_id (person_id, role, decision_id),
  INDEX step_actors_decision_id (decision_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS distributions (
  id BINARY(16) NOT NULL,
  document_id BINARY(16) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  label VARCHAR(300) NOT NULL,
  organization_id BINARY(16),
  collective TINYINT(1) NOT NULL,
  public TINYINT(1) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT distributions_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  CONSTRAINT distributions_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  INDEX distributions_document_id_position_id (document_id, position, id),
  INDEX distributions_organization_id_document_id (organization_id, document_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS agenda_item_documents (
  agenda_item_id BINARY(16) NOT NULL,
  document_id BINARY(16) NOT NULL,
  meeting_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  short_title VARCHAR(300),
  PRIMARY KEY (agenda_item_id, document_id),
  CONSTRAINT agenda_item_documents_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  CONSTRAINT agenda_item_documents_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  CONSTRAINT agenda_item_documents_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id),
  INDEX agenda_item_documents_document_id_agenda_item_id (document_id, agenda_item_id),
  INDEX agenda_item_documents_meeting_id_document_id (meeting_id, document_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS decision_documents (
  decision_id BINARY(16) NOT NULL,
  document_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (decision_id, document_id),
  CONSTRAINT decision_documents_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decisions (id),
  CONSTRAINT decision_documents_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  INDEX decision_documents_document_id_decision_id (document_id, decision_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS directive_addressees (
  directive_id BINARY(16) NOT NULL,
  organization_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (directive_id, organization_id),
  CONSTRAINT directive_addressees_directive_id_fk FOREIGN KEY (directive_id) REFERENCES directives (id),
  CONSTRAINT directive_addressees_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  INDEX directive_addressees_organization_id_directive_id (organization_id, directive_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS attendance_items (
  attendance_id BINARY(16) NOT NULL,
  agenda_item_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (attendance_id, agenda_item_id),
  CONSTRAINT attendance_items_attendance_id_fk FOREIGN KEY (attendance_id) REFERENCES attendances (id),
  CONSTRAINT attendance_items_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  INDEX attendance_items_agenda_item_id_attendance_id (agenda_item_id, attendance_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS names (
  id BINARY(16) NOT NULL,
  owner_id BINARY(16) NOT NULL,
  position INT NOT NULL,
  text VARCHAR(300) NOT NULL,
  folded VARCHAR(300) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  INDEX names_owner_id_position_id (owner_id, position, id),
  INDEX names_folded_owner_id (folded, owner_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS identifiers (
  id BINARY(16) NOT NULL,
  owner_id BINARY(16) NOT NULL,
  scheme VARCHAR(100) NOT NULL,
  value VARCHAR(400) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT identifiers_scheme_value_owner_id_unique UNIQUE (scheme, value, owner_id),
  INDEX identifiers_owner_id_scheme (owner_id, scheme)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS source_spans (
  id BINARY(16) NOT NULL,
  owner_id BINARY(16) NOT NULL,
  field VARCHAR(64),
  document_id BINARY(16) NOT NULL,
  start_at INT NOT NULL,
  end_at INT NOT NULL,
  quote MEDIUMTEXT NOT NULL,
  method VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  confirmed TINYINT(1) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT source_spans_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  INDEX source_spans_owner_id_start_at_id (owner_id, start_at, id),
  INDEX source_spans_document_id_start_at_id (document_id, start_at, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS field_edits (
  record_id BINARY(16) NOT NULL,
  field VARCHAR(64) NOT NULL,
  actor VARCHAR(200) NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (record_id, field)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS redirects (
  from_id BINARY(16) NOT NULL,
  record_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_id BINARY(16) NOT NULL,
  PRIMARY KEY (from_id),
  INDEX redirects_to_id (to_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS changes (
  id BINARY(16) NOT NULL,
  sequence BIGINT NOT NULL,
  operation VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record_id BINARY(16) NOT NULL,
  version INT NOT NULL,
  actor VARCHAR(200) NOT NULL,
  actor_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(6) NOT NULL,
  fields LONGTEXT NOT NULL,
  reason VARCHAR(500),
  merged_into BINARY(16),
  public TINYINT(1) NOT NULL,
  batch BINARY(16) NOT NULL,
  hash VARBINARY(32) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT changes_sequence_unique UNIQUE (sequence),
  INDEX changes_record_id_sequence (record_id, sequence),
  INDEX changes_record_type_sequence (record_type, sequence),
  INDEX changes_batch (batch)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS change_head (
  one INT NOT NULL,
  sequence BIGINT NOT NULL,
  hash VARBINARY(32) NOT NULL,
  PRIMARY KEY (one)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

-- MySQL does not know FOREIGN KEY IF NOT EXISTS, which MariaDB does.
-- unless: SELECT 1 FROM information_schema.table_constraints WHERE constraint_schema = DATABASE() AND table_name = 'documents' AND constraint_name = 'documents_meeting_id_fk'
ALTER TABLE documents ADD CONSTRAINT documents_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id);

INSERT IGNORE INTO change_head (one, sequence, hash) VALUES (1, 0, '');
