package store

import (
	"maps"
	"slices"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// Create makes a record from the input of a request: values as GraphQL hands them over, by the names of the API. What is
// wrong with the input is returned as Problems; see UserErrors.
func (tx *Tx) Create(e *Entity, values map[string]any) (models.Record, error) {
	record := e.fresh().(models.Record)
	record.Meta().ID = models.NewID()
	r := &reader{tx: tx}
	values = withDefaults(e, given(values).(map[string]any))
	if text, ok := values["visibility"].(string); ok && models.Visibility(text).Valid() {
		record.Meta().Visibility = models.Visibility(text)
	} else {
		r.fail([]string{"visibility"}, "must be PUBLIC or INTERNAL")
	}
	for _, in := range e.inputs() {
		tx.readInput(r, record, in, values[in.name])
	}
	parts := map[*partField][]*part{}
	for _, f := range e.partFields() {
		parts[f] = f.read(r, values[f.name], []string{f.name})
	}
	r.unknown(e, values)
	if err := r.err(); err != nil {
		return nil, err
	}
	if err := r.lookUp(); err != nil {
		return nil, err
	}
	return record, tx.create(e, record, parts)
}

// defaults are values of fields that requests may leave out, as the schema says.
var defaults = map[*Entity]map[string]any{
	Schema.Meetings:      {"state": string(models.MeetingStateHeld)},
	Schema.Attendances:   {"status": string(models.AttendanceStatusPresent)},
	Schema.Organizations: {"kind": string(models.OrganizationKindOther)},
	Schema.Decisions:     {"position": 0}, // replaced by the next of the meeting
}

func withDefaults(e *Entity, values map[string]any) map[string]any {
	out := map[string]any{"visibility": string(models.VisibilityInternal)}
	maps.Copy(out, defaults[e])
	for name, value := range values {
		if value != nil || out[name] == nil {
			out[name] = value
		}
	}
	return out
}

// readInput reads one field of a request into a record.
func (tx *Tx) readInput(r *reader, record models.Record, in input, value any) {
	t := &Schema.Records(record.RecordType()).typing
	if in.to != nil {
		r.reference(in.to, in.null, value, []string{in.name}, func(id models.ID) { t.set(record, in.column, id) })
		return
	}
	if plain := r.column(in.field, in.null, value, []string{in.name}); plain != nil {
		t.set(record, in.column, plain)
	}
}

// unknown reports names that are no fields of the entity.
func (r *reader) unknown(e *Entity, values map[string]any) {
	for _, name := range sortedKeys(values) {
		_, known := e.input(name)
		if !known && e.partField(name) == nil && !slices.Contains(beside, name) {
			r.fail([]string{name}, "is not a field of "+article(e.Name))
		}
	}
}

// beside are names in inputs and patches that are not fields of the record.
var beside = []string{"visibility", "idempotencyKey", "clientMutationId"}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// create derives what a request does not give, and writes the record with its parts.
func (tx *Tx) create(e *Entity, record models.Record, parts map[*partField][]*part) error {
	if err := tx.derive(record); err != nil {
		return err
	}
	if problem := consistent(record); problem != nil {
		return problem
	}
	record.Meta().NaturalKey = naturalKey(record)
	if err := tx.refuseDuplicate(e, record); err != nil {
		return err
	}
	if name, ok := ownName(record); ok {
		parts[namesField] = withOwnName(parts[namesField], name)
	}
	var fields []models.FieldChange
	var rows []any
	for _, f := range e.partFields() {
		if i := f.repeated(parts[f]); i >= 0 {
			return invalid("stands there twice", f.name, strconv.Itoa(i))
		}
		if text := f.showAll(parts[f]); text != nil {
			fields = append(fields, models.FieldChange{Field: f.name, After: text})
			rows = append(rows, f.place(record, parts[f])...)
		}
	}
	if err := tx.Add(record); err != nil {
		return err
	}
	tx.queue.parts = map[models.ID][]models.FieldChange{record.Meta().ID: fields}
	if err := tx.AddParts(rows...); err != nil {
		return err
	}
	if err := tx.Flush(); err != nil {
		return err
	}
	return tx.markEdited(record.Meta().ID, written(e, record, fields))
}

// written lists the fields of a new record that have a value.
func written(e *Entity, record models.Record, parts []models.FieldChange) []string {
	var names []string
	for _, in := range e.inputs() {
		if e.plain(record, in.column) != nil {
			names = append(names, in.name)
		}
	}
	for _, change := range parts {
		names = append(names, change.Field)
	}
	return names
}

// derive fills in what follows from other fields: the meeting of a decision, the day, the next position, the reading of a
// name.
func (tx *Tx) derive(record models.Record) error {
	switch r := record.(type) {
	case *models.AgendaItem:
		return tx.one("SELECT held_on FROM meetings WHERE id = ?", r.MeetingID, &r.HeldOn)
	case *models.Attendance:
		return tx.one("SELECT held_on FROM meetings WHERE id = ?", r.MeetingID, &r.HeldOn)
	case *models.Directive:
		return tx.one("SELECT held_on FROM agenda_items WHERE id = ?", r.AgendaItemID, &r.HeldOn)
	case *models.Decision:
		if err := tx.one("SELECT held_on, meeting_id FROM agenda_items WHERE id = ?", r.AgendaItemID, &r.HeldOn, &r.MeetingID); err != nil {
			return err
		}
		if r.Position == 0 {
			return tx.one("SELECT COALESCE(MAX(position), 0) + 1 FROM decisions WHERE meeting_id = ?", r.MeetingID, &r.Position)
		}
	case *models.Person:
		if r.Pinyin == nil {
			if reading := Pinyin(r.Name); reading != "" {
				r.Pinyin = &reading
			}
		}
	}
	return nil
}

// one reads one row by an id.
func (tx *Tx) one(query string, id models.ID, into ...any) error {
	return tx.each(query, []any{id}, func(scan func(...any) error) error { return scan(into...) })
}

// ownName returns the name of a person or an organization.
func ownName(record models.Record) (string, bool) {
	switch r := record.(type) {
	case *models.Person:
		return r.Name, true
	case *models.Organization:
		return r.Name, true
	}
	return "", false
}

// withOwnName makes sure that a record's name is among its names: as its official one, before the others.
func withOwnName(parts []*part, name string) []*part {
	for _, p := range parts {
		row := p.row.(*models.Name)
		row.Folded = Fold(row.Text)
		if row.Text == name {
			return parts
		}
	}
	own := &models.Name{Text: name, Folded: Fold(name), Kind: models.NameKindOfficial}
	return append([]*part{{row: own}}, parts...)
}
