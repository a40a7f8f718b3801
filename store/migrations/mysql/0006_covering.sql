-- Indexes that hold all that walks, counts and networks read of a row, so that a person of a hundred meetings or a body of
-- ten thousand documents is counted without reading the rows themselves, which lie scattered.

-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'attendances' AND index_name = 'attendances_meeting_id_status_public_person_id'
ALTER TABLE attendances ADD INDEX attendances_meeting_id_status_public_person_id (meeting_id, status, public, person_id);

-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'attendances' AND index_name = 'attendances_person_id_status_public_meeting_id'
ALTER TABLE attendances ADD INDEX attendances_person_id_status_public_meeting_id (person_id, status, public, meeting_id, held_on);

-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'attendances' AND index_name = 'attendances_organization_id_status_public_person_id'
ALTER TABLE attendances ADD INDEX attendances_organization_id_status_public_person_id (organization_id, status, public, person_id);

-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'documents' AND index_name = 'documents_issued_by_id_public_id'
ALTER TABLE documents ADD INDEX documents_issued_by_id_public_id (issued_by_id, public, id);

-- unless: SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'meetings' AND index_name = 'meetings_body_id_public_id'
ALTER TABLE meetings ADD INDEX meetings_body_id_public_id (body_id, public, id);
