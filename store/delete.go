package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Delete withdraws a record and what belongs to it: a meeting goes with its items, decisions, directives, attendances and
// minutes, a person with their memberships. A record that others need stays, with a UserError that says which. Each
// record leaves a tombstone in the log, and everything is kept for undo.
func (tx *Tx) Delete(e *Entity, id models.ID, reason models.DeletedReason, expectedVersion *int) error {
	d, err := tx.draft(e, id, expectedVersion)
	if err != nil {
		return err
	}
	tx.begin()
	defer tx.begin()
	doomed, err := tx.doom(e, d.record)
	if err != nil {
		return err
	}
	if err := tx.refuseNeeded(doomed); err != nil {
		return err
	}
	if err := tx.letGo(doomed); err != nil {
		return err
	}
	return tx.remove(doomed, string(reason))
}

// doomed are records that go together.
type doomed struct {
	records map[*Entity][]models.Record
	ids     map[models.ID]bool
}

func (d *doomed) of(e *Entity) []models.ID {
	ids := make([]models.ID, len(d.records[e]))
	for i, record := range d.records[e] {
		ids[i] = record.Meta().ID
	}
	return ids
}

// doom collects what belongs to a record, and locks it.
func (tx *Tx) doom(e *Entity, record models.Record) (*doomed, error) {
	d := &doomed{records: map[*Entity][]models.Record{e: {record}}, ids: map[models.ID]bool{record.Meta().ID: true}}
	for _, parent := range guarded {
		for _, r := range owned[parent] {
			for chunk := range chunks(d.of(parent)) {
				rows, err := tx.find(&r.table.typing, &exclusively, "id", r.column+" IN ?", chunk)
				if err != nil {
					return nil, err
				}
				for _, row := range rows {
					child := row.(models.Record)
					if !d.ids[child.Meta().ID] {
						d.ids[child.Meta().ID] = true
						d.records[r.owners] = append(d.records[r.owners], child)
					}
				}
			}
		}
	}
	return d, nil
}

// refuseNeeded reports the records that need one of the doomed. A meeting does without its minutes, and an attendance
// without one of several items.
func (tx *Tx) refuseNeeded(d *doomed) error {
	var needs []string
	for _, e := range guarded {
		for _, r := range mentions[e] {
			owners, err := tx.ownersOf(r, d.of(e), d.ids)
			if err != nil {
				return err
			}
			if r.column == "minutes_id" {
				continue
			}
			if r.table == seatItems {
				if owners, err = tx.onlyFor(owners, d); err != nil {
					return err
				}
			}
			if len(owners) > 0 {
				needs = append(needs, fmt.Sprintf("%d %s (%s)", len(owners), plural(r.owners), models.EncodeID(r.owners.Record, owners[0])))
			}
		}
	}
	if len(needs) == 0 {
		return nil
	}
	return &models.UserError{
		Code: models.CodeInUse, Path: []string{"id"},
		Message: "it is needed by " + strings.Join(needs, ", ") + ": change or delete these first, or merge it into another",
	}
}

func plural(e *Entity) string { return strings.ReplaceAll(e.Table, "_", " ") }

// onlyFor returns the attendances that are for doomed items only: without them they would be for the whole meeting.
func (tx *Tx) onlyFor(attendances []models.ID, d *doomed) ([]models.ID, error) {
	all, err := tx.readParts(Schema.Attendances.partField("agendaItems"), attendances...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(attendances, func(id models.ID) bool {
		return slices.ContainsFunc(all[id], func(p *part) bool { return !d.ids[p.row.(*models.AttendanceItem).AgendaItemID] })
	}), nil
}

// letGo takes the doomed out of the records that do without them.
func (tx *Tx) letGo(d *doomed) error {
	minutes, _ := Schema.Meetings.input("minutes")
	meetings, err := tx.ownersOf(recordMention(Schema.Meetings, minutes.column), d.of(Schema.Documents), d.ids)
	if err != nil {
		return err
	}
	for _, id := range meetings {
		m, err := tx.draft(Schema.Meetings, id, nil)
		if err != nil {
			return err
		}
		m.set(minutes, nil)
		if err := m.save(); err != nil {
			return err
		}
	}
	items := Schema.Attendances.partField("agendaItems")
	seats, err := tx.ownersOf(mentions[Schema.AgendaItems][0], d.of(Schema.AgendaItems), d.ids)
	if err != nil {
		return err
	}
	all, err := tx.readParts(items, seats...)
	if err != nil {
		return err
	}
	for _, id := range seats {
		a, err := tx.draft(Schema.Attendances, id, nil)
		if err != nil {
			return err
		}
		rest := slices.DeleteFunc(slices.Clone(all[id]), func(p *part) bool { return d.ids[p.row.(*models.AttendanceItem).AgendaItemID] })
		if err := a.replace(items, copies(items, rest)); err != nil {
			return err
		}
		if err := a.save(); err != nil {
			return err
		}
	}
	return nil
}

// copies makes parts that can be changed without changing what they were read as.
func copies(f *partField, parts []*part) []*part {
	out := make([]*part, len(parts))
	for i, p := range parts {
		out[i] = &part{row: f.table.fresh()}
		for _, column := range f.table.columnNames() {
			f.table.set(out[i].row, column, f.table.plain(p.row, column))
		}
		for _, actor := range p.actors {
			twin := *actor
			out[i].actors = append(out[i].actors, &twin)
		}
	}
	return out
}

// remove writes the tombstones of the doomed and deletes their rows, last those that others refer to.
func (tx *Tx) remove(d *doomed, reason string) error {
	if err := tx.unhook(d); err != nil {
		return err
	}
	for _, e := range slices.Backward(guarded) {
		if len(d.records[e]) == 0 {
			continue
		}
		ids := d.of(e)
		entries := map[models.ID]*entry{}
		for _, record := range d.records[e] {
			noted := entry{before: record.Meta().Public, fields: lastFields(e, record)}
			row := copyRecord(e, record)
			noted.keep(tableNamed(e.Table), []any{row})
			noted.change.Reason = &reason
			record.Meta().Version++
			entries[record.Meta().ID] = tx.note(models.OperationDelete, record, noted)
		}
		if err := tx.removeBelongings(e, ids, entries); err != nil {
			return err
		}
		for chunk := range chunks(ids) {
			b := (&builder{}).text("UPDATE changes SET public = 0 WHERE public <> 0 AND operation <> 'DELETE' AND record_id IN (").ids(chunk).text(")")
			if err := tx.exec(b.sql.String(), b.args...); err != nil {
				return err
			}
		}
		if err := tx.deleteRows(e.Table, "id", ids); err != nil {
			return err
		}
	}
	return nil
}

// unhook unties doomed meetings from doomed minutes, which refer to each other. The rows are kept as they were.
func (tx *Tx) unhook(d *doomed) error {
	for chunk := range chunks(d.of(Schema.Meetings)) {
		b := (&builder{}).text("UPDATE meetings SET minutes_id = NULL WHERE id IN (").ids(chunk).text(")")
		if err := tx.exec(b.sql.String(), b.args...); err != nil {
			return err
		}
	}
	return nil
}

// copyRecord copies the columns of a record.
func copyRecord(e *Entity, record models.Record) any {
	row := e.fresh()
	for _, column := range e.columnNames() {
		e.set(row, column, e.plain(record, column))
	}
	return row
}

// lastFields are the values that a record had when it was deleted.
func lastFields(e *Entity, record models.Record) []models.FieldChange {
	var fields []models.FieldChange
	for _, in := range e.inputs() {
		if value := e.plain(record, in.column); value != nil {
			fields = append(fields, in.difference(value, nil))
		}
	}
	return append(fields, input{name: "visibility"}.difference(string(record.Meta().Visibility), nil))
}

// removeBelongings deletes the parts of records, their spans, the spans in documents, and who edited what. Each entry
// keeps what was its record's.
func (tx *Tx) removeBelongings(e *Entity, ids []models.ID, entries map[models.ID]*entry) error {
	owners := maps.Clone(entries) // of spans: records and their parts
	for _, f := range e.partFields() {
		all, err := tx.readParts(f, ids...)
		if err != nil {
			return err
		}
		for owner, parts := range all {
			for _, id := range entries[owner].keepParts(f, parts) {
				owners[id] = entries[owner]
			}
		}
		if len(f.lists) > 0 {
			if err := tx.deleteRows(actorRows.name, "decision_id", ids); err != nil {
				return err
			}
		}
		if err := tx.deleteRows(f.table.name, f.table.owner, ids); err != nil {
			return err
		}
	}
	if err := tx.take(spanRows, "owner_id", owners); err != nil {
		return err
	}
	if e == Schema.Documents {
		if err := tx.take(spanRows, "document_id", entries); err != nil {
			return err
		}
	}
	return tx.take(editRows, "record_id", entries)
}

// keepParts notes parts that go with their record, and returns the ids of those that have one.
func (e *entry) keepParts(f *partField, parts []*part) []models.ID {
	e.fields = append(e.fields, models.FieldChange{Field: f.name, Before: f.showAll(parts)})
	var rows, actors []any
	var ids []models.ID
	for _, p := range parts {
		rows = append(rows, p.row)
		for _, actor := range p.actors {
			actors = append(actors, actor)
		}
		if id, ok := f.table.plainOf(p.row, "id"); ok {
			ids = append(ids, id.(models.ID))
		}
	}
	e.keep(f.table, rows)
	e.keep(actorRows, actors)
	return ids
}

// take deletes the rows that hang on records or parts by a column; the entries keep them.
func (tx *Tx) take(t *stored, column string, entries map[models.ID]*entry) error {
	ids := make([]models.ID, 0, len(entries))
	for id := range entries {
		ids = append(ids, id)
	}
	sortIDs(ids)
	for chunk := range chunks(ids) {
		rows, err := tx.find(&t.typing, nil, "", column+" IN ?", chunk)
		if err != nil {
			return err
		}
		for _, row := range rows {
			entries[t.plain(row, column).(models.ID)].keep(t, []any{row})
		}
		if len(rows) > 0 {
			if err := tx.deleteRows(t.name, column, chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) deleteRows(table, column string, ids []models.ID) error {
	for chunk := range chunks(ids) {
		b := (&builder{}).text(fmt.Sprintf("DELETE FROM %s WHERE %s IN (", table, column)).ids(chunk).text(")")
		if err := tx.exec(b.sql.String(), b.args...); err != nil {
			return err
		}
	}
	return nil
}
