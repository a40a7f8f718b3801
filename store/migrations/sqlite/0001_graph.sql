-- The graph: records, what ties them, where they are stated, and the log of their changes.

CREATE TABLE IF NOT EXISTS organizations (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent_id BLOB,
  PRIMARY KEY (id),
  CONSTRAINT organizations_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT organizations_parent_id_fk FOREIGN KEY (parent_id) REFERENCES organizations (id)
);

CREATE INDEX IF NOT EXISTS organizations_name_id ON organizations (name, id);

CREATE INDEX IF NOT EXISTS organizations_kind_id ON organizations (kind, id);

CREATE INDEX IF NOT EXISTS organizations_parent_id_name_id ON organizations (parent_id, name, id);

CREATE INDEX IF NOT EXISTS organizations_created_at_id ON organizations (created_at, id);

CREATE INDEX IF NOT EXISTS organizations_updated_at_id ON organizations (updated_at, id);

CREATE TABLE IF NOT EXISTS people (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  name TEXT NOT NULL,
  pinyin TEXT,
  PRIMARY KEY (id),
  CONSTRAINT people_natural_key_unique UNIQUE (natural_key)
);

CREATE INDEX IF NOT EXISTS people_name_id ON people (name, id);

CREATE INDEX IF NOT EXISTS people_pinyin_id ON people (pinyin, id);

CREATE INDEX IF NOT EXISTS people_created_at_id ON people (created_at, id);

CREATE INDEX IF NOT EXISTS people_updated_at_id ON people (updated_at, id);

CREATE TABLE IF NOT EXISTS documents (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT,
  issued_on TEXT,
  compiled_on TEXT,
  publication TEXT,
  text TEXT,
  issued_by_id BLOB,
  compiled_by_id BLOB,
  meeting_id BLOB,
  PRIMARY KEY (id),
  CONSTRAINT documents_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT documents_issued_by_id_fk FOREIGN KEY (issued_by_id) REFERENCES organizations (id),
  CONSTRAINT documents_compiled_by_id_fk FOREIGN KEY (compiled_by_id) REFERENCES organizations (id),
  CONSTRAINT documents_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id)
);

CREATE INDEX IF NOT EXISTS documents_title_id ON documents (title, id);

CREATE INDEX IF NOT EXISTS documents_kind_id ON documents (kind, id);

CREATE INDEX IF NOT EXISTS documents_number_id ON documents (number, id);

CREATE INDEX IF NOT EXISTS documents_issued_on_id ON documents (issued_on, id);

CREATE INDEX IF NOT EXISTS documents_issued_by_id_title_id ON documents (issued_by_id, title, id);

CREATE INDEX IF NOT EXISTS documents_meeting_id ON documents (meeting_id);

CREATE INDEX IF NOT EXISTS documents_created_at_id ON documents (created_at, id);

CREATE INDEX IF NOT EXISTS documents_updated_at_id ON documents (updated_at, id);

CREATE TABLE IF NOT EXISTS meetings (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  title TEXT NOT NULL,
  series TEXT,
  ordinal INTEGER,
  term TEXT,
  held_on TEXT NOT NULL,
  starts_at TEXT,
  ends_at TEXT,
  time_of_day TEXT,
  place TEXT,
  state TEXT NOT NULL,
  body_id BLOB NOT NULL,
  chair_id BLOB,
  minutes_id BLOB,
  PRIMARY KEY (id),
  CONSTRAINT meetings_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT meetings_body_id_fk FOREIGN KEY (body_id) REFERENCES organizations (id),
  CONSTRAINT meetings_chair_id_fk FOREIGN KEY (chair_id) REFERENCES people (id),
  CONSTRAINT meetings_minutes_id_fk FOREIGN KEY (minutes_id) REFERENCES documents (id)
);

CREATE INDEX IF NOT EXISTS meetings_held_on_id ON meetings (held_on, id);

CREATE INDEX IF NOT EXISTS meetings_title_id ON meetings (title, id);

CREATE INDEX IF NOT EXISTS meetings_series_id ON meetings (series, id);

CREATE INDEX IF NOT EXISTS meetings_ordinal_id ON meetings (ordinal, id);

CREATE INDEX IF NOT EXISTS meetings_term_id ON meetings (term, id);

CREATE INDEX IF NOT EXISTS meetings_state_id ON meetings (state, id);

CREATE INDEX IF NOT EXISTS meetings_body_id_held_on_id ON meetings (body_id, held_on, id);

CREATE INDEX IF NOT EXISTS meetings_chair_id_held_on_id ON meetings (chair_id, held_on, id);

CREATE INDEX IF NOT EXISTS meetings_minutes_id ON meetings (minutes_id);

CREATE INDEX IF NOT EXISTS meetings_created_at_id ON meetings (created_at, id);

CREATE INDEX IF NOT EXISTS meetings_updated_at_id ON meetings (updated_at, id);

CREATE TABLE IF NOT EXISTS agenda_items (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  number TEXT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT,
  meeting_id BLOB NOT NULL,
  held_on TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT agenda_items_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT agenda_items_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id)
);

CREATE INDEX IF NOT EXISTS agenda_items_meeting_id_position_id ON agenda_items (meeting_id, position, id);

CREATE INDEX IF NOT EXISTS agenda_items_kind_held_on_id ON agenda_items (kind, held_on, id);

CREATE INDEX IF NOT EXISTS agenda_items_held_on_id ON agenda_items (held_on, id);

CREATE INDEX IF NOT EXISTS agenda_items_position_id ON agenda_items (position, id);

CREATE INDEX IF NOT EXISTS agenda_items_created_at_id ON agenda_items (created_at, id);

CREATE INDEX IF NOT EXISTS agenda_items_updated_at_id ON agenda_items (updated_at, id);

CREATE TABLE IF NOT EXISTS decisions (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  outcome TEXT,
  agenda_item_id BLOB NOT NULL,
  meeting_id BLOB NOT NULL,
  held_on TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT decisions_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT decisions_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  CONSTRAINT decisions_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id)
);

CREATE INDEX IF NOT EXISTS decisions_agenda_item_id_position_id ON decisions (agenda_item_id, position, id);

CREATE INDEX IF NOT EXISTS decisions_meeting_id_position_id ON decisions (meeting_id, position, id);

CREATE INDEX IF NOT EXISTS decisions_outcome_held_on_id ON decisions (outcome, held_on, id);

CREATE INDEX IF NOT EXISTS decisions_held_on_id ON decisions (held_on, id);

CREATE INDEX IF NOT EXISTS decisions_position_id ON decisions (position, id);

CREATE INDEX IF NOT EXISTS decisions_created_at_id ON decisions (created_at, id);

CREATE INDEX IF NOT EXISTS decisions_updated_at_id ON decisions (updated_at, id);

CREATE TABLE IF NOT EXISTS directives (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT,
  text TEXT NOT NULL,
  agenda_item_id BLOB NOT NULL,
  held_on TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT directives_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT directives_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id)
);

CREATE INDEX IF NOT EXISTS directives_agenda_item_id_position_id ON directives (agenda_item_id, position, id);

CREATE INDEX IF NOT EXISTS directives_held_on_id ON directives (held_on, id);

CREATE INDEX IF NOT EXISTS directives_position_id ON directives (position, id);

CREATE INDEX IF NOT EXISTS directives_created_at_id ON directives (created_at, id);

CREATE INDEX IF NOT EXISTS directives_updated_at_id ON directives (updated_at, id);

CREATE TABLE IF NOT EXISTS attendances (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT,
  label TEXT NOT NULL,
  capacity TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  meeting_id BLOB NOT NULL,
  person_id BLOB,
  organization_id BLOB,
  held_on TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT attendances_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT attendances_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id),
  CONSTRAINT attendances_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id),
  CONSTRAINT attendances_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id)
);

CREATE INDEX IF NOT EXISTS attendances_meeting_id_position_id ON attendances (meeting_id, position, id);

CREATE INDEX IF NOT EXISTS attendances_person_id_held_on_id ON attendances (person_id, held_on, id);

CREATE INDEX IF NOT EXISTS attendances_organization_id_held_on_id ON attendances (organization_id, held_on, id);

CREATE INDEX IF NOT EXISTS attendances_capacity_held_on_id ON attendances (capacity, held_on, id);

CREATE INDEX IF NOT EXISTS attendances_status_held_on_id ON attendances (status, held_on, id);

CREATE INDEX IF NOT EXISTS attendances_held_on_id ON attendances (held_on, id);

CREATE INDEX IF NOT EXISTS attendances_position_id ON attendances (position, id);

CREATE INDEX IF NOT EXISTS attendances_label_id ON attendances (label, id);

CREATE INDEX IF NOT EXISTS attendances_created_at_id ON attendances (created_at, id);

CREATE INDEX IF NOT EXISTS attendances_updated_at_id ON attendances (updated_at, id);

CREATE TABLE IF NOT EXISTS memberships (
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  public INTEGER NOT NULL,
  natural_key BLOB,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  role TEXT,
  start_on TEXT,
  end_on TEXT,
  person_id BLOB NOT NULL,
  organization_id BLOB NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT memberships_natural_key_unique UNIQUE (natural_key),
  CONSTRAINT memberships_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id),
  CONSTRAINT memberships_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id)
);

CREATE INDEX IF NOT EXISTS memberships_person_id_start_on_id ON memberships (person_id, start_on, id);

CREATE INDEX IF NOT EXISTS memberships_organization_id_start_on_id ON memberships (organization_id, start_on, id);

CREATE INDEX IF NOT EXISTS memberships_role_id ON memberships (role, id);

CREATE INDEX IF NOT EXISTS memberships_start_on_id ON memberships (start_on, id);

CREATE INDEX IF NOT EXISTS memberships_end_on_id ON memberships (end_on, id);

CREATE INDEX IF NOT EXISTS memberships_created_at_id ON memberships (created_at, id);

CREATE INDEX IF NOT EXISTS memberships_updated_at_id ON memberships (updated_at, id);

CREATE TABLE IF NOT EXISTS presentations (
  id BLOB NOT NULL,
  agenda_item_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  organization_id BLOB,
  person_id BLOB,
  role TEXT,
  held_on TEXT NOT NULL,
  public INTEGER NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT presentations_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  CONSTRAINT presentations_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  CONSTRAINT presentations_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id)
);

CREATE INDEX IF NOT EXISTS presentations_agenda_item_id_position_id ON presentations (agenda_item_id, position, id);

CREATE INDEX IF NOT EXISTS presentations_organization_id_held_on_id ON presentations (organization_id, held_on, id);

CREATE INDEX IF NOT EXISTS presentations_person_id_held_on_id ON presentations (person_id, held_on, id);

CREATE INDEX IF NOT EXISTS presentations_role_id ON presentations (role, id);

CREATE TABLE IF NOT EXISTS decision_steps (
  id BLOB NOT NULL,
  decision_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target_id BLOB,
  document_id BLOB,
  condition_text TEXT,
  actor_labels TEXT NOT NULL,
  status TEXT NOT NULL,
  due_on TEXT,
  done_on TEXT,
  PRIMARY KEY (id),
  CONSTRAINT decision_steps_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decisions (id),
  CONSTRAINT decision_steps_target_id_fk FOREIGN KEY (target_id) REFERENCES organizations (id),
  CONSTRAINT decision_steps_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id)
);

CREATE INDEX IF NOT EXISTS decision_steps_decision_id_position_id ON decision_steps (decision_id, position, id);

CREATE INDEX IF NOT EXISTS decision_steps_target_id ON decision_steps (target_id);

CREATE INDEX IF NOT EXISTS decision_steps_document_id ON decision_steps (document_id);

CREATE INDEX IF NOT EXISTS decision_steps_status_due_on_id ON decision_steps (status, due_on, id);

CREATE TABLE IF NOT EXISTS step_actors (
  step_id BLOB NOT NULL,
  decision_id BLOB NOT NULL,
  role TEXT NOT NULL,
  position INTEGER NOT NULL,
  organization_id BLOB,
  person_id BLOB,
  PRIMARY KEY (step_id, role, position),
  CONSTRAINT step_actors_step_id_fk FOREIGN KEY (step_id) REFERENCES decision_steps (id),
  CONSTRAINT step_actors_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decisions (id),
  CONSTRAINT step_actors_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
  CONSTRAINT step_actors_person_id_fk FOREIGN KEY (person_id) REFERENCES people (id)
);

CREATE INDEX IF NOT EXISTS step_actors_organization_id_role_decision_id ON step_actors (organization_id, role, decision_id);

CREATE INDEX IF NOT EXISTS step_actors_person_id_role_decision_id ON step_actors (person_id, role, decision_id);

CREATE INDEX IF NOT EXISTS step_actors_decision_id ON step_actors (decision_id);

CREATE TABLE IF NOT EXISTS distributions (
  id BLOB NOT NULL,
  document_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  organization_id BLOB,
  collective INTEGER NOT NULL,
  public INTEGER NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT distributions_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  CONSTRAINT distributions_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id)
);

CREATE INDEX IF NOT EXISTS distributions_document_id_position_id ON distributions (document_id, position, id);

CREATE INDEX IF NOT EXISTS distributions_organization_id_document_id ON distributions (organization_id, document_id);

CREATE TABLE IF NOT EXISTS agenda_item_documents (
  agenda_item_id BLOB NOT NULL,
  document_id BLOB NOT NULL,
  meeting_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  short_title TEXT,
  PRIMARY KEY (agenda_item_id, document_id),
  CONSTRAINT agenda_item_documents_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id),
  CONSTRAINT agenda_item_documents_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id),
  CONSTRAINT agenda_item_documents_meeting_id_fk FOREIGN KEY (meeting_id) REFERENCES meetings (id)
);

CREATE INDEX IF NOT EXISTS agenda_item_documents_document_id_agenda_item_id ON agenda_item_documents (document_id, agenda_item_id);

CREATE INDEX IF NOT EXISTS agenda_item_documents_meeting_id_document_id ON agenda_item_documents (meeting_id, document_id);

CREATE TABLE IF NOT EXISTS decision_documents (
  decision_id BLOB NOT NULL,
  document_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (decision_id, document_id),
  CONSTRAINT decision_documents_decision_id_fk FOREIGN KEY (decision_id) REFERENCES decisions (id),
  CONSTRAINT decision_documents_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id)
);

CREATE INDEX IF NOT EXISTS decision_documents_document_id_decision_id ON decision_documents (document_id, decision_id);

CREATE TABLE IF NOT EXISTS directive_addressees (
  directive_id BLOB NOT NULL,
  organization_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (directive_id, organization_id),
  CONSTRAINT directive_addressees_directive_id_fk FOREIGN KEY (directive_id) REFERENCES directives (id),
  CONSTRAINT directive_addressees_organization_id_fk FOREIGN KEY (organization_id) REFERENCES organizations (id)
);

CREATE INDEX IF NOT EXISTS directive_addressees_organization_id_directive_id ON directive_addressees (organization_id, directive_id);

CREATE TABLE IF NOT EXISTS attendance_items (
  attendance_id BLOB NOT NULL,
  agenda_item_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (attendance_id, agenda_item_id),
  CONSTRAINT attendance_items_attendance_id_fk FOREIGN KEY (attendance_id) REFERENCES attendances (id),
  CONSTRAINT attendance_items_agenda_item_id_fk FOREIGN KEY (agenda_item_id) REFERENCES agenda_items (id)
);

CREATE INDEX IF NOT EXISTS attendance_items_agenda_item_id_attendance_id ON attendance_items (agenda_item_id, attendance_id);

CREATE TABLE IF NOT EXISTS names (
  id BLOB NOT NULL,
  owner_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS names_owner_id_position_id ON names (owner_id, position, id);

CREATE INDEX IF NOT EXISTS names_folded_owner_id ON names (folded, owner_id);

CREATE TABLE IF NOT EXISTS identifiers (
  id BLOB NOT NULL,
  owner_id BLOB NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT identifiers_scheme_value_owner_id_unique UNIQUE (scheme, value, owner_id)
);

CREATE INDEX IF NOT EXISTS identifiers_owner_id_scheme ON identifiers (owner_id, scheme);

CREATE TABLE IF NOT EXISTS source_spans (
  id BLOB NOT NULL,
  owner_id BLOB NOT NULL,
  field TEXT,
  document_id BLOB NOT NULL,
  start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL,
  quote TEXT NOT NULL,
  method TEXT NOT NULL,
  confirmed INTEGER NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT source_spans_document_id_fk FOREIGN KEY (document_id) REFERENCES documents (id)
);

CREATE INDEX IF NOT EXISTS source_spans_owner_id_start_at_id ON source_spans (owner_id, start_at, id);

CREATE INDEX IF NOT EXISTS source_spans_document_id_start_at_id ON source_spans (document_id, start_at, id);

CREATE TABLE IF NOT EXISTS field_edits (
  record_id BLOB NOT NULL,
  field TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record_id, field)
);

CREATE TABLE IF NOT EXISTS redirects (
  from_id BLOB NOT NULL,
  record_type TEXT NOT NULL,
  to_id BLOB NOT NULL,
  PRIMARY KEY (from_id)
);

CREATE INDEX IF NOT EXISTS redirects_to_id ON redirects (to_id);

CREATE TABLE IF NOT EXISTS changes (
  id BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  operation TEXT NOT NULL,
  record_type TEXT NOT NULL,
  record_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  at TEXT NOT NULL,
  fields TEXT NOT NULL,
  reason TEXT,
  merged_into BLOB,
  public INTEGER NOT NULL,
  batch BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT changes_sequence_unique UNIQUE (sequence)
);

CREATE INDEX IF NOT EXISTS changes_record_id_sequence ON changes (record_id, sequence);

CREATE INDEX IF NOT EXISTS changes_record_type_sequence ON changes (record_type, sequence);

CREATE INDEX IF NOT EXISTS changes_batch ON changes (batch);

CREATE TABLE IF NOT EXISTS change_head (
  one INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (one)
);

INSERT OR IGNORE INTO change_head (one, sequence, hash) VALUES (1, 0, x'');
