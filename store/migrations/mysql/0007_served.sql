-- Indexes for orders and filters that had none, and for filters by values that many records share in the order in which
-- the records usually come: without the second column all that have the value would be sorted for a page of twenty. Of long texts the
-- first characters are enough. MySQL does not know IF NOT EXISTS here, which MariaDB does.

-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'agenda_items' AND index_name = 'agenda_items_kind_id' LIMIT 1
CREATE INDEX agenda_items_kind_id ON agenda_items (kind, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'agenda_items' AND index_name = 'agenda_items_title' LIMIT 1
CREATE INDEX agenda_items_title ON agenda_items (title(100));
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'decisions' AND index_name = 'decisions_outcome_id' LIMIT 1
CREATE INDEX decisions_outcome_id ON decisions (outcome, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'decisions' AND index_name = 'decisions_text' LIMIT 1
CREATE INDEX decisions_text ON decisions (text(100));
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'directives' AND index_name = 'directives_text' LIMIT 1
CREATE INDEX directives_text ON directives (text(100));
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'attendances' AND index_name = 'attendances_capacity_id' LIMIT 1
CREATE INDEX attendances_capacity_id ON attendances (capacity, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'attendances' AND index_name = 'attendances_status_id' LIMIT 1
CREATE INDEX attendances_status_id ON attendances (status, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'attendances' AND index_name = 'attendances_title_id' LIMIT 1
CREATE INDEX attendances_title_id ON attendances (title, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'organizations' AND index_name = 'organizations_kind_name_id' LIMIT 1
CREATE INDEX organizations_kind_name_id ON organizations (kind, name, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'documents' AND index_name = 'documents_kind_title_id' LIMIT 1
CREATE INDEX documents_kind_title_id ON documents (kind, title, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'meetings' AND index_name = 'meetings_series_held_on_id' LIMIT 1
CREATE INDEX meetings_series_held_on_id ON meetings (series, held_on, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'meetings' AND index_name = 'meetings_state_held_on_id' LIMIT 1
CREATE INDEX meetings_state_held_on_id ON meetings (state, held_on, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'meetings' AND index_name = 'meetings_term_held_on_id' LIMIT 1
CREATE INDEX meetings_term_held_on_id ON meetings (term, held_on, id);
-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'decision_steps' AND index_name = 'decision_steps_due_on' LIMIT 1
CREATE INDEX decision_steps_due_on ON decision_steps (due_on);
-- unless: SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'meetings' AND index_name = 'meetings_state_id')
DROP INDEX meetings_state_id ON meetings;
-- unless: SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'meetings' AND index_name = 'meetings_term_id')
DROP INDEX meetings_term_id ON meetings;
