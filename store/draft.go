package store

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// draft is a record that is being changed: what will be written, and what the log will say of it.
type draft struct {
	entry
	tx        *Tx
	e         *Entity
	operation models.ChangeOperation
	columns   map[string]any // to write: values for the driver
	replaced  []*replacement
	spans     []*models.SourceSpan // to put back with the parts they state
	guards    bool                 // what a guest may see can change
	heldOn    bool                 // the day of a meeting changes
}

// replacement is a list of parts that takes the place of another.
type replacement struct {
	field    *partField
	old, new []*part
}

// draft begins to change a record, which is locked until the transaction ends.
func (tx *Tx) draft(e *Entity, id models.ID, expectedVersion *int) (*draft, error) {
	record, err := tx.record(e, id)
	if err != nil {
		return nil, err
	}
	if now := record.Meta().Version; expectedVersion != nil && *expectedVersion != now {
		return nil, conflict(now)
	}
	return tx.draftOf(e, record), nil
}

func (tx *Tx) draftOf(e *Entity, record models.Record) *draft {
	return &draft{
		entry: entry{record: record, before: record.Meta().Public}, tx: tx, e: e,
		operation: models.OperationUpdate, columns: map[string]any{},
	}
}

func conflict(now int) *models.UserError {
	return &models.UserError{
		Code: models.CodeConflict, Path: []string{"expectedVersion"}, CurrentVersion: &now,
		Message: fmt.Sprintf("somebody changed the record meanwhile: it has version %d; read it again", now),
	}
}

// set gives a field a plain value. It does nothing where the field has that value already.
func (d *draft) set(in input, value any) {
	before := d.e.plain(d.record, in.column)
	if shown(before, in.to) == shown(value, in.to) {
		return
	}
	d.fields = append(d.fields, in.difference(before, value))
	d.e.set(d.record, in.column, value)
	d.columns[in.column] = value
	d.guards = d.guards || in.guards
	d.heldOn = d.heldOn || d.e == Schema.Meetings && in.name == "heldOn"
}

// replace gives a field other parts. Parts that stay as they are keep their rows, and with them the spans that state them.
func (d *draft) replace(f *partField, parts []*part) error {
	all, err := d.tx.readParts(f, d.record.Meta().ID)
	if err != nil {
		return err
	}
	old := all[d.record.Meta().ID]
	f.recognise(old, parts)
	before, after := f.showAll(old), f.showAll(parts)
	if same(before, after) {
		return nil
	}
	d.fields = append(d.fields, models.FieldChange{Field: f.name, Before: before, After: after})
	d.replaced = append(d.replaced, &replacement{f, old, parts})
	return nil
}

func same(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// recognise gives new parts that say what an old one says that one's id and what the store keeps of it. Parts that have an
// id of their own already keep it.
func (f *partField) recognise(old, parts []*part) {
	if f.table.paths["id"] == nil {
		return
	}
	used := map[any]bool{}
	for _, p := range parts {
		used[f.table.plain(p.row, "id")] = true
	}
	byText := map[string][]*part{}
	for _, p := range old {
		if key := f.show(p, true); !used[f.table.plain(p.row, "id")] {
			byText[key] = append(byText[key], p)
		}
	}
	for _, p := range parts {
		key := f.show(p, true)
		if f.table.plain(p.row, "id") != nil || len(byText[key]) == 0 {
			continue
		}
		twin := byText[key][0]
		byText[key] = byText[key][1:]
		f.table.set(p.row, "id", f.table.plain(twin.row, "id"))
		if step, ok := p.row.(*models.DecisionStep); ok {
			known := twin.row.(*models.DecisionStep)
			step.Status, step.DoneOn, step.Labels = known.Status, known.DoneOn, known.Labels
		}
	}
}

// save writes what has changed, as one new version of the record with one entry in the log. Nothing changed: nothing
// written.
func (d *draft) save() error {
	if len(d.fields) == 0 {
		return nil
	}
	meta := d.record.Meta()
	if problem := consistent(d.record); problem != nil {
		return problem
	}
	if err := d.naturalKey(); err != nil {
		return err
	}
	was := meta.Version
	meta.Version, meta.UpdatedAt = was+1, d.tx.now
	d.columns["version"], d.columns["updated_at"] = meta.Version, meta.UpdatedAt
	if err := d.writeColumns(was); err != nil {
		return err
	}
	noted := d.tx.note(d.operation, d.record, d.entry)
	for _, r := range d.replaced {
		if err := d.tx.replaceParts(noted, d.record, r); err != nil {
			return err
		}
	}
	for _, span := range d.spans {
		if err := d.tx.putBack(spanRows, []any{span}); err != nil {
			return err
		}
	}
	if d.heldOn {
		if err := d.tx.moveDay(d.record.(*models.Meeting)); err != nil {
			return err
		}
	}
	if d.guards {
		if err := d.tx.refresh(d.e, meta.ID); err != nil {
			return err
		}
	}
	if public, known := d.tx.publics[meta.ID]; known {
		meta.Public = public
	}
	return d.markEdits()
}

// naturalKey works out the key anew and refuses to make two records the same.
func (d *draft) naturalKey() error {
	meta := d.record.Meta()
	key := naturalKey(d.record)
	if bytes.Equal(key, meta.NaturalKey) {
		return nil
	}
	meta.NaturalKey, d.columns["natural_key"] = key, key
	return d.tx.refuseDuplicate(d.e, d.record)
}

// refuseDuplicate reports a record that has the natural key of another.
func (tx *Tx) refuseDuplicate(e *Entity, record models.Record) error {
	meta := record.Meta()
	if meta.NaturalKey == nil {
		return nil
	}
	var other models.ID
	query := "SELECT id FROM " + e.Table + " WHERE natural_key = ? AND id <> ?"
	err := tx.each(query, []any{meta.NaturalKey, meta.ID}, func(scan func(...any) error) error { return scan(&other) })
	if err != nil || other.IsZero() {
		return err
	}
	existing := models.EncodeID(e.Record, other)
	return &models.UserError{
		Code: models.CodeDuplicate, Path: []string{naturalField(e)}, Existing: &existing,
		Message: fmt.Sprintf("there is such %s already: %s", article(e.Name), existing),
	}
}

// writeColumns updates the row, unless it has another version than the draft was made from.
func (d *draft) writeColumns(version int) error {
	meta := d.record.Meta()
	result := d.tx.orm.Table(d.e.Table).Where("id = ? AND version = ?", meta.ID, version).Updates(d.columns)
	if err := result.Error; err != nil {
		if strings.Contains(duplicate(err), "natural_key") {
			return fmt.Errorf("%s %s has become the same as another: %w", d.e.Name, meta.ID, errAgain)
		}
		return fmt.Errorf("write %s %s: %w", d.e.Name, meta.ID, err)
	}
	if result.RowsAffected != 1 {
		return fmt.Errorf("%s %s: %w", d.e.Name, meta.ID, errAgain)
	}
	return nil
}

// moveDay copies the day of a meeting to everything that is sorted by it.
func (tx *Tx) moveDay(m *models.Meeting) error {
	for _, statement := range []string{
		"UPDATE agenda_items SET held_on = ? WHERE meeting_id = ?",
		"UPDATE decisions SET held_on = ? WHERE meeting_id = ?",
		"UPDATE attendances SET held_on = ? WHERE meeting_id = ?",
		"UPDATE directives SET held_on = ? WHERE agenda_item_id IN (SELECT id FROM agenda_items WHERE meeting_id = ?)",
		"UPDATE presentations SET held_on = ? WHERE agenda_item_id IN (SELECT id FROM agenda_items WHERE meeting_id = ?)",
	} {
		if err := tx.exec(statement, m.HeldOn, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// fieldEdit is a row of field_edits: a field whose value a person has set.
type fieldEdit struct {
	RecordID models.ID       `gorm:"column:record_id;primaryKey"`
	Field    string          `gorm:"column:field;primaryKey"`
	Actor    string          `gorm:"column:actor"`
	At       models.DateTime `gorm:"column:at"`
}

// TableName names the table for gorm.
func (*fieldEdit) TableName() string { return "field_edits" }

// markEdits remembers which fields a person has set, so that no import overwrites them.
func (d *draft) markEdits() error {
	names := make([]string, 0, len(d.fields))
	for _, change := range d.fields {
		names = append(names, change.Field)
	}
	return d.tx.markEdited(d.record.Meta().ID, names)
}

// KeepEdited remembers fields of a record as set by a person, whatever the method of the transaction.
func (tx *Tx) KeepEdited(id models.ID, fields ...string) error {
	method := tx.Method
	tx.Method = models.MethodHuman
	defer func() { tx.Method = method }()
	return tx.markEdited(id, fields)
}

func (tx *Tx) markEdited(id models.ID, fields []string) error {
	if tx.Method != models.MethodHuman {
		return nil
	}
	var rows []*fieldEdit
	for _, field := range fields {
		if field != "visibility" && !slices.ContainsFunc(rows, func(row *fieldEdit) bool { return row.Field == field }) {
			rows = append(rows, &fieldEdit{id, field, actorName(tx.actor), tx.now})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.orm.Clauses(upsert).Create(&rows).Error; err != nil {
		return fmt.Errorf("write field_edits: %w", err)
	}
	return nil
}
