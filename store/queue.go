package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// queue holds rows that will be written together.
type queue struct {
	rows  map[*stored][]any
	parts map[models.ID][]models.FieldChange // what the log says of the parts of new records
}

// Add queues new records. They need ids, made with models.NewID, so that parts and other records can refer to them; what
// they refer to must be in the database or in the queue. Version, times, natural key and what a guest may see are filled
// in; a record without a visibility is INTERNAL.
func (tx *Tx) Add(records ...models.Record) error {
	for _, record := range records {
		t, err := tableOf(record)
		if err != nil {
			return err
		}
		if err := t.entity.check(record); err != nil {
			return fmt.Errorf("%s: %w", t.entity.Name, err)
		}
		meta := record.Meta()
		if meta.ID.IsZero() {
			meta.ID = models.NewID()
		}
		if meta.Visibility == "" {
			meta.Visibility = models.VisibilityInternal
		}
		if meta.Version == 0 {
			meta.Version = 1
		}
		meta.CreatedAt, meta.UpdatedAt = tx.now, tx.now
		meta.NaturalKey, meta.Public = naturalKey(record), false
		tx.enqueue(t, record)
	}
	return nil
}

// AddParts queues parts of records and links between them: pointers to models.SourceSpan, Presentation, DecisionStep,
// StepActor, Distribution, Name, Identifier, AgendaItemDocument, DecisionDocument, DirectiveAddressee or AttendanceItem. A
// part without an id gets one.
func (tx *Tx) AddParts(parts ...any) error {
	for _, part := range parts {
		t, err := tableOf(part)
		if err != nil {
			return err
		}
		if t.entity != nil && t.entity.Record != "" {
			return fmt.Errorf("a %s is a record, not a part: use Add", t.entity.Name)
		}
		if t.paths["id"] != nil && t.plain(part, "id") == nil {
			t.set(part, "id", models.NewID())
		}
		if name, ok := part.(*models.Name); ok && name.Folded == "" {
			name.Folded = Fold(name.Text)
		}
		tx.enqueue(t, part)
	}
	return nil
}

func (tx *Tx) enqueue(t *stored, row any) {
	if tx.queue.rows == nil {
		tx.queue.rows = map[*stored][]any{}
	}
	tx.queue.rows[t] = append(tx.queue.rows[t], row)
}

// Flush writes what is queued, in the order in which tables refer to each other, and puts the creation of records into
// the log. A record whose natural key another transaction has taken meanwhile makes the whole transaction run again, so
// that it finds that record; see naturalKey.
func (tx *Tx) Flush() error {
	queued := tx.queue
	tx.queue = queue{}
	if len(queued.rows) == 0 {
		return nil
	}
	if err := tx.open(queued.rows); err != nil {
		return err
	}
	parentsFirst(queued.rows[tableNamed(Schema.Organizations.Table)])
	meetings, minutes := withoutMinutes(queued.rows)
	for _, t := range storedTables {
		rows, written := queued.rows[t], queued.rows[t]
		if t.entity == Schema.Meetings {
			written = meetings
		}
		if err := tx.insert(&t.typing, written); err != nil {
			if strings.Contains(duplicate(err), "natural_key") {
				return fmt.Errorf("a %s that is there already: %w", t.entity.Name, errAgain)
			}
			return err
		}
		if t.entity != nil && t.entity.Record != "" {
			for _, row := range rows {
				tx.noteCreation(t.entity, row.(models.Record), queued.parts[row.(models.Record).Meta().ID])
			}
		}
	}
	for meeting, document := range minutes {
		if err := tx.exec("UPDATE meetings SET minutes_id = ? WHERE id = ?", document, meeting); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) noteCreation(e *Entity, record models.Record, parts []models.FieldChange) {
	var fields []models.FieldChange
	for _, in := range e.inputs() {
		if value := e.plain(record, in.column); value != nil {
			fields = append(fields, in.difference(nil, value))
		}
	}
	fields = append(fields, visibilityChange("", record.Meta().Visibility))
	tx.note(models.OperationCreate, record, entry{fields: append(fields, parts...)})
}

// withoutMinutes returns the queued meetings as they can be written before the documents: without those minutes that are
// queued as well, which come second in the result.
func withoutMinutes(rows map[*stored][]any) (meetings []any, later map[models.ID]models.ID) {
	documents := map[models.ID]bool{}
	for _, row := range rows[tableNamed(Schema.Documents.Table)] {
		documents[row.(*models.Document).ID] = true
	}
	later = map[models.ID]models.ID{}
	for _, row := range rows[tableNamed(Schema.Meetings.Table)] {
		meeting := row.(*models.Meeting)
		if meeting.MinutesID != nil && documents[*meeting.MinutesID] {
			later[meeting.ID] = *meeting.MinutesID
			first := *meeting
			first.MinutesID, meeting = nil, &first
		}
		meetings = append(meetings, meeting)
	}
	return meetings, later
}

// parentsFirst orders queued organizations so that each stands after the one it belongs to.
func parentsFirst(rows []any) {
	byID := make(map[models.ID]*models.Organization, len(rows))
	for _, row := range rows {
		byID[row.(*models.Organization).ID] = row.(*models.Organization)
	}
	depth := func(row any) int {
		n := 0
		for o := row.(*models.Organization); o != nil && o.ParentID != nil && n <= len(rows); n++ {
			o = byID[*o.ParentID]
		}
		return n
	}
	slices.SortStableFunc(rows, func(a, b any) int { return depth(a) - depth(b) })
}

// open works out which queued records and parts a guest may see.
func (tx *Tx) open(rows map[*stored][]any) error {
	known := map[models.ID]bool{}
	for _, t := range storedTables {
		if t.entity == nil || t.paths["public"] == nil {
			continue
		}
		var wanted []any
		for _, row := range rows[t] {
			if record, ok := row.(models.Record); ok {
				known[record.Meta().ID] = false
				if record.Meta().Visibility != models.VisibilityPublic {
					continue
				}
			}
			wanted = append(wanted, row)
		}
		if err := tx.openRows(t.entity, wanted, known); err != nil {
			return err
		}
	}
	return nil
}

// openRows marks the rows whose guards are all open. Known holds what is queued; the rest is read and held until the
// transaction ends, so that nobody closes a guard meanwhile.
func (tx *Tx) openRows(e *Entity, rows []any, known map[models.ID]bool) error {
	for _, edge := range e.guards() {
		var missing []models.ID
		for _, row := range rows {
			if id, ok := e.plain(row, edge.Local).(models.ID); ok {
				if _, there := known[id]; !there {
					missing = append(missing, id)
				}
			}
		}
		if err := tx.readPublic(edge.To, missing, known); err != nil {
			return err
		}
	}
	for _, row := range rows {
		open := true
		for _, edge := range e.guards() {
			if id, ok := e.plain(row, edge.Local).(models.ID); ok {
				open = open && known[id]
			}
		}
		e.set(row, "public", open)
		if record, ok := row.(models.Record); ok {
			known[record.Meta().ID] = open
		}
	}
	return nil
}
