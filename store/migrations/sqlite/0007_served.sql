-- Indexes for orders and filters that had none, and for filters by values that many records share in the order in which
-- the records usually come: without the second column all that have the value would be sorted for a page of twenty.

CREATE INDEX IF NOT EXISTS agenda_items_kind_id ON agenda_items (kind, id);
CREATE INDEX IF NOT EXISTS agenda_items_title ON agenda_items (title);
CREATE INDEX IF NOT EXISTS decisions_outcome_id ON decisions (outcome, id);
CREATE INDEX IF NOT EXISTS decisions_text ON decisions (text);
CREATE INDEX IF NOT EXISTS directives_text ON directives (text);
CREATE INDEX IF NOT EXISTS attendances_capacity_id ON attendances (capacity, id);
CREATE INDEX IF NOT EXISTS attendances_status_id ON attendances (status, id);
CREATE INDEX IF NOT EXISTS attendances_title_id ON attendances (title, id);
CREATE INDEX IF NOT EXISTS organizations_kind_name_id ON organizations (kind, name, id);
CREATE INDEX IF NOT EXISTS documents_kind_title_id ON documents (kind, title, id);
CREATE INDEX IF NOT EXISTS meetings_series_held_on_id ON meetings (series, held_on, id);
CREATE INDEX IF NOT EXISTS meetings_state_held_on_id ON meetings (state, held_on, id);
CREATE INDEX IF NOT EXISTS meetings_term_held_on_id ON meetings (term, held_on, id);
CREATE INDEX IF NOT EXISTS decision_steps_due_on ON decision_steps (due_on);
DROP INDEX IF EXISTS meetings_state_id;
DROP INDEX IF EXISTS meetings_term_id;
