package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Hold makes other writers wait until this transaction has ended, and returns the number of the last change before it. What
// the transaction reads afterwards is what is there when it commits. A caller that remembers what it read, and the number
// of the last change it made itself, knows by the number whether anybody has written since.
func (tx *Tx) Hold() (int64, error) {
	var sequence int64
	err := tx.each("SELECT sequence FROM change_head WHERE one = 1"+tx.s.dialect.exclusive(), nil,
		func(scan func(...any) error) error { return scan(&sequence) })
	return sequence, err
}

// Noted returns how many changes the transaction has made so far.
func (tx *Tx) Noted() int { return len(tx.entries) }

// Find reads the rows of a table, named by its model, whose column holds one of the values: records, parts of records or
// links between them, in their own order. Values are texts, numbers or ids.
func Find[T any](tx *Tx, column string, values ...any) ([]*T, error) {
	t, err := tableOf(new(T))
	if err != nil {
		return nil, err
	}
	if t.paths[column] == nil {
		return nil, fmt.Errorf("%s has no column %s", t.name, column)
	}
	var out []*T
	for chunk := range slices.Chunk(values, maxParents) {
		rows, err := tx.find(&t.typing, nil, t.order, column+" IN ?", chunk)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			out = append(out, row.(*T))
		}
	}
	return out, nil
}

// MeetingsLike reads the meetings of a body that have the ordinal, where there is one, or were held on the day.
func (tx *Tx) MeetingsLike(body models.ID, ordinal *int, heldOn models.Date) ([]*models.Meeting, error) {
	rows, err := tx.find(&Schema.Meetings.typing, nil, "id", "body_id = ? AND (ordinal = ? OR held_on = ?)", body, ordinal, heldOn)
	if err != nil {
		return nil, err
	}
	out := make([]*models.Meeting, len(rows))
	for i, row := range rows {
		out[i] = row.(*models.Meeting)
	}
	return out, nil
}

// NamesStarting reads the names, in folded form, that begin with a text.
func (tx *Tx) NamesStarting(folded string) ([]*models.Name, error) {
	rows, err := tx.find(&Schema.Names.typing, nil, "id", "folded >= ? AND folded < ?", folded, folded+"\U0010FFFF")
	if err != nil {
		return nil, err
	}
	out := make([]*models.Name, len(rows))
	for i, row := range rows {
		out[i] = row.(*models.Name)
	}
	return out, nil
}

// Sighting is a person taking part in meetings of a body, or reporting there, for an organization or for none.
type Sighting struct {
	Person, Organization, Body models.ID // Organization is zero where none is written
	Capacity                   models.AttendanceCapacity
}

// Sightings tells where people have been seen.
func (tx *Tx) Sightings(people ...models.ID) ([]Sighting, error) {
	var out []Sighting
	for _, query := range []struct{ start, end string }{
		{"SELECT a.person_id, a.organization_id, m.body_id, a.capacity FROM attendances a JOIN meetings m ON m.id = a.meeting_id WHERE a.person_id IN (",
			") GROUP BY a.person_id, a.organization_id, m.body_id, a.capacity"},
		{"SELECT DISTINCT p.person_id, p.organization_id, m.body_id, 'REPRESENTATIVE' FROM presentations p" +
			" JOIN agenda_items i ON i.id = p.agenda_item_id JOIN meetings m ON m.id = i.meeting_id WHERE p.person_id IN (", ")"},
	} {
		for chunk := range chunks(unique(people)) {
			b := (&builder{}).text(query.start).ids(chunk).text(query.end)
			err := tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
				var s Sighting
				err := scan(&s.Person, &s.Organization, &s.Body, &s.Capacity)
				out = append(out, s)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Paper is a document that was before a meeting of a body, with the last day it was.
type Paper struct {
	ID, Body models.ID
	Title    string
	LastOn   models.Date
}

// Papers finds the documents, other than minutes, whose title begins with a text, with the bodies they were before.
func (tx *Tx) Papers(title string) ([]Paper, error) {
	const query = "SELECT d.id, d.title, m.body_id, MAX(m.held_on) FROM documents d" +
		" LEFT JOIN agenda_item_documents l ON l.document_id = d.id LEFT JOIN meetings m ON m.id = l.meeting_id" +
		" WHERE d.title >= ? AND d.title < ? AND d.kind <> 'MINUTES' GROUP BY d.id, d.title, m.body_id ORDER BY d.id"
	var out []Paper
	err := tx.each(query, []any{title, title + "\U0010FFFF"}, func(scan func(...any) error) error {
		var p Paper
		err := scan(&p.ID, &p.Title, &p.Body, &p.LastOn)
		out = append(out, p)
		return err
	})
	return out, err
}

// Edited tells which fields of the records a person has set.
func (tx *Tx) Edited(records ...models.ID) (map[models.ID]map[string]bool, error) {
	out := map[models.ID]map[string]bool{}
	for chunk := range chunks(records) {
		rows, err := tx.find(&editRows.typing, nil, "", "record_id IN ?", chunk)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			edit := row.(*fieldEdit)
			if out[edit.RecordID] == nil {
				out[edit.RecordID] = map[string]bool{}
			}
			out[edit.RecordID][edit.Field] = true
		}
	}
	return out, nil
}

// ClosedByHand tells which of the records were closed to the public by an act of its own.
func (tx *Tx) ClosedByHand(records ...models.ID) (map[models.ID]bool, error) {
	out := map[models.ID]bool{}
	for chunk := range chunks(records) {
		b := (&builder{}).text("SELECT DISTINCT record_id FROM changes WHERE operation = 'UNPUBLISH' AND record_id IN (").ids(chunk).text(")")
		err := tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var id models.ID
			err := scan(&id)
			out[id] = true
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Amend makes a stored record what the given one says: fields that differ are written, and the lists of parts that are
// named are replaced where they differ, all as one new version. Parts are rows as AddParts takes them; the actors of a step
// follow it. It returns whether anything changed.
func (tx *Tx) Amend(record models.Record, parts map[string][]any) (bool, error) {
	e := Schema.Records(record.RecordType())
	d, err := tx.draft(e, record.Meta().ID, nil)
	if err != nil {
		return false, err
	}
	if err := e.check(record); err != nil {
		return false, fmt.Errorf("%s: %w", e.Name, err)
	}
	for _, in := range e.inputs() {
		d.set(in, e.plain(record, in.column))
	}
	for _, name := range sortedKeys(parts) {
		f := e.partField(name)
		if f == nil {
			return false, fmt.Errorf("%s has no parts named %s", e.Name, name)
		}
		if err := d.replace(f, f.grouped(parts[name])); err != nil {
			return false, err
		}
	}
	changed := len(d.fields) > 0
	return changed, d.save()
}

// grouped makes parts of rows: those that follow the row of a part and are of another table hang on it.
func (f *partField) grouped(rows []any) []*part {
	var out []*part
	for _, row := range rows {
		if actor, ok := row.(*models.StepActor); ok && len(out) > 0 {
			out[len(out)-1].actors = append(out[len(out)-1].actors, actor)
			continue
		}
		if name, ok := row.(*models.Name); ok && name.Folded == "" {
			name.Folded = Fold(name.Text)
		}
		out = append(out, &part{row: row})
	}
	return out
}

// DropSpans deletes spans.
func (tx *Tx) DropSpans(ids ...models.ID) error { return tx.deleteRows(spanRows.name, "id", ids) }

// insertEach writes rows with one statement for each, prepared once. SQLite is in this process, so a statement costs no
// journey; and one of many rows that may fail half-way makes it keep a journal of that statement beside its own, which
// takes more time than the rows.
func (tx *Tx) insertEach(t *typing, rows []any) error {
	if len(rows) == 0 {
		return nil
	}
	columns := t.columnNames()
	table := rows[0].(interface{ TableName() string }).TableName()
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	query := "INSERT INTO " + table + " (" + quoted(columns) + ") VALUES (" + marks + ")"
	statement, err := tx.orm.Statement.ConnPool.PrepareContext(tx.ctx, query)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	defer func() { _ = statement.Close() }()
	values := make([]any, len(columns))
	for _, row := range rows {
		model := reflect.ValueOf(row).Elem()
		for i, column := range columns {
			values[i] = model.FieldByIndex(t.paths[column]).Interface()
		}
		if _, err := statement.ExecContext(tx.ctx, values...); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// quoted writes names of columns for a statement; some are words of SQL.
func quoted(columns []string) string {
	return "`" + strings.Join(columns, "`, `") + "`"
}
