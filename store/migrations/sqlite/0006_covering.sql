-- Indexes that hold all that walks, counts and networks read of a row, so that a person of a hundred meetings or a body of
-- ten thousand documents is counted without reading the rows themselves, which lie scattered.

CREATE INDEX IF NOT EXISTS attendances_meeting_id_status_public_person_id ON attendances (meeting_id, status, public, person_id);

CREATE INDEX IF NOT EXISTS attendances_person_id_status_public_meeting_id ON attendances (person_id, status, public, meeting_id, held_on);

CREATE INDEX IF NOT EXISTS attendances_organization_id_status_public_person_id ON attendances (organization_id, status, public, person_id);

CREATE INDEX IF NOT EXISTS documents_issued_by_id_public_id ON documents (issued_by_id, public, id);

CREATE INDEX IF NOT EXISTS meetings_body_id_public_id ON meetings (body_id, public, id);
