package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Undone is what came of an undo: the record as it is then, nil where it is gone again, and the fields that were left as
// they are because somebody has changed them since.
type Undone struct {
	Record models.Record
	Kept   []string
}

// Undo takes back a change in one transaction, as Tx.Undo does. For a request that was sent before it changes nothing and
// returns what came of it then, with the record as it is now.
func (s *Store) Undo(ctx context.Context, actor models.Actor, once Once, change models.ID) (*Undone, error) {
	undone := &Undone{}
	ran := false
	outcome, err := s.writeOnce(ctx, actor, once, func(tx *Tx) (_ string, err error) {
		if undone, err = tx.Undo(change); err != nil {
			return "", err
		}
		ran = true
		return undone.encode(), nil
	})
	if err != nil || ran {
		return undone, err
	}
	return s.decodeUndone(ctx, actor, outcome)
}

// undoneText is what is remembered of an undo under its key.
type undoneText struct {
	Record string   `json:"record"`
	Kept   []string `json:"kept"`
}

func (u *Undone) encode() string {
	text := undoneText{Kept: u.Kept}
	if u.Record != nil {
		text.Record = u.Record.NodeID()
	}
	return jsonOf(text)
}

func (s *Store) decodeUndone(ctx context.Context, actor models.Actor, outcome string) (*Undone, error) {
	var text undoneText
	if err := json.Unmarshal([]byte(outcome), &text); err != nil {
		return nil, fmt.Errorf("what is remembered of an undo: %w", err)
	}
	undone := &Undone{Kept: text.Kept}
	if text.Record == "" {
		return undone, nil
	}
	recordType, id, err := models.DecodeID(text.Record)
	if err != nil {
		return nil, fmt.Errorf("what is remembered of an undo: %w", err)
	}
	undone.Record, err = s.Record(ctx, actor, Schema.Records(recordType), id)
	if errors.Is(err, models.ErrNotFound) {
		return undone, nil
	}
	return undone, err
}

// Undo takes back what an entry of the log tells: an edit, the opening or closing of a record, a creation, a deletion with
// all that went with it, or a merge. What later changes stand in the way of is left and named; where nothing is left to
// take back, the answer is a UserError.
func (tx *Tx) Undo(change models.ID) (*Undone, error) {
	tx.begin()
	defer tx.begin()
	entry, err := tx.change(change)
	if err != nil {
		return nil, err
	}
	switch entry.Operation {
	case models.OperationUpdate:
		return tx.undoUpdate(entry)
	case models.OperationPublish, models.OperationUnpublish:
		return tx.undoVisibility(entry)
	case models.OperationCreate:
		return tx.undoCreate(entry)
	case models.OperationDelete, models.OperationMerge:
		return tx.undoRemoval(entry)
	}
	return nil, invalid("cannot be undone", "change")
}

// change reads an entry of the log.
func (tx *Tx) change(id models.ID) (*models.Change, error) {
	rows, err := tx.find(&Schema.Changes.typing, nil, "", "id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !rows[0].(*models.Change).Public && !tx.actor.SeesInternal() {
		return nil, &models.UserError{Code: models.CodeNotFound, Message: "there is no such change", Path: []string{"change"}}
	}
	return rows[0].(*models.Change), nil
}

func tooLate(format string, args ...any) *models.UserError {
	return &models.UserError{Code: models.CodeConflict, Message: fmt.Sprintf(format, args...), Path: []string{"change"}}
}

func (tx *Tx) undoVisibility(c *models.Change) (*Undone, error) {
	before, after := models.VisibilityInternal, models.VisibilityPublic
	if c.Operation == models.OperationUnpublish {
		before, after = after, before
	}
	e := Schema.Records(c.Type)
	record, err := tx.record(e, c.Record)
	if err != nil {
		return nil, tooLate("the record is gone: undo its deletion first")
	}
	if record.Meta().Visibility != after {
		return nil, tooLate("the record is %s already", before)
	}
	record, err = tx.SetVisibility(e, c.Record, before, nil)
	return &Undone{Record: record}, err
}

func (tx *Tx) undoCreate(c *models.Change) (*Undone, error) {
	e := Schema.Records(c.Type)
	record, err := tx.record(e, c.Record)
	if err != nil {
		return nil, tooLate("the record is gone already")
	}
	if record.Meta().Version != c.Version {
		return nil, tooLate("the record has been changed since: undo the later changes first, or delete it")
	}
	return &Undone{}, tx.Delete(e, c.Record, models.DeletedError, nil)
}

func (tx *Tx) undoUpdate(c *models.Change) (*Undone, error) {
	out, changed, err := tx.reverse(c)
	if err != nil {
		return nil, err
	}
	if !changed {
		return nil, tooLate("nothing is left of this change: it was undone, or what it set has been changed since")
	}
	return out, nil
}

// reverse gives the fields of an update the values they had before, where they still have the values it gave them.
func (tx *Tx) reverse(c *models.Change) (out *Undone, changed bool, err error) {
	e := Schema.Records(c.Type)
	d, err := tx.draft(e, c.Record, nil)
	if errors.Is(err, models.ErrNotFound) {
		return nil, false, tooLate("the record is gone: undo its deletion first")
	} else if err != nil {
		return nil, false, err
	}
	d.change.Reason = undoReason(c)
	var fields []models.FieldChange
	if err := json.Unmarshal([]byte(c.FieldsJSON), &fields); err != nil {
		return nil, false, fmt.Errorf("fields of change %d: %w", c.Sequence, err)
	}
	out = &Undone{Record: d.record}
	for _, field := range fields {
		done, err := tx.reverseField(d, c, field)
		if err != nil {
			return nil, false, err
		}
		if !done {
			out.Kept = append(out.Kept, field.Field)
		}
	}
	return out, len(d.fields) > 0, d.save()
}

func undoReason(c *models.Change) *string {
	reason := "undo of change " + c.ID.String()
	return &reason
}

// reverseField puts one field back, and reports whether it could.
func (tx *Tx) reverseField(d *draft, c *models.Change, field models.FieldChange) (bool, error) {
	if f := d.e.partField(field.Field); f != nil {
		return tx.reverseParts(d, c, f, field)
	}
	in, ok := d.e.input(field.Field)
	if !ok {
		return false, nil
	}
	if now := in.difference(nil, d.e.plain(d.record, in.column)); !same(now.After, field.After) {
		return false, nil
	}
	value, err := tx.recalled(in, field.Before)
	if err != nil || value == nil && !in.null {
		return false, err
	}
	if (value == nil) != (field.Before == nil) {
		return false, nil // what it named is gone
	}
	d.set(in, value)
	return true, nil
}

// recalled reads a value of the log. A record that is gone is no value; of one that was merged, it is the one kept.
func (tx *Tx) recalled(in input, text *string) (any, error) {
	if text == nil {
		return nil, nil
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(*text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("%s in the log: %w", in.name, err)
	}
	r := &reader{tx: tx}
	if in.field != nil {
		return r.column(in.field, true, value, nil), nil
	}
	var id any
	r.reference(in.to, true, value, nil, func(found models.ID) { id = found })
	if err := r.lookUp(); err != nil && UserErrors(err) == nil {
		return nil, err
	}
	return id, nil
}

// reverseParts puts the parts of a record back, with their ids and the spans that state them.
func (tx *Tx) reverseParts(d *draft, c *models.Change, f *partField, field models.FieldChange) (bool, error) {
	owner := d.record.Meta().ID
	all, err := tx.readParts(f, owner)
	if err != nil {
		return false, err
	}
	if !same(f.showAll(all[owner]), field.After) {
		return false, nil
	}
	taken, err := tx.taken(c.ID)
	if err != nil {
		return false, err
	}
	parts := f.rebuilt(taken)
	if !same(f.showAll(parts), field.Before) {
		return false, nil // what the log says is not what was kept
	}
	whole, err := tx.standing(f, parts)
	if err != nil || !whole {
		return false, err
	}
	if err := d.replace(f, parts); err != nil {
		return false, err
	}
	for _, row := range taken[spanRows] {
		span := row.(*models.SourceSpan)
		if slices.ContainsFunc(parts, func(p *part) bool { return f.table.paths["id"] != nil && f.table.plain(p.row, "id") == span.OwnerID }) {
			d.spans = append(d.spans, span)
		}
	}
	return true, nil
}

// rebuilt makes parts of rows that were kept, in their order.
func (f *partField) rebuilt(taken map[*stored][]any) []*part {
	rows := taken[f.table]
	if f.table.paths["position"] != nil {
		slices.SortStableFunc(rows, func(a, b any) int {
			return f.table.plain(a, "position").(int) - f.table.plain(b, "position").(int)
		})
	}
	parts := make([]*part, len(rows))
	for i, row := range rows {
		parts[i] = &part{row: row}
		if len(f.lists) == 0 {
			continue
		}
		for _, actor := range taken[actorRows] {
			if actor.(*models.StepActor).StepID == f.table.plain(row, "id") {
				parts[i].actors = append(parts[i].actors, actor.(*models.StepActor))
			}
		}
	}
	return parts
}

// standing reports whether all records that parts name are there.
func (tx *Tx) standing(f *partField, parts []*part) (bool, error) {
	named := map[*Entity][]models.ID{}
	note := func(to *Entity, value any) {
		if id, ok := value.(models.ID); ok && to != nil {
			named[to] = append(named[to], id)
		}
	}
	for _, p := range parts {
		for _, c := range f.columns {
			note(c.to, f.table.plain(p.row, c.column))
		}
		for _, list := range f.lists {
			for _, actor := range p.actors {
				if actor.Role == list.role {
					note(list.to, actorRows.plain(actor, list.column))
				}
			}
		}
	}
	for to, ids := range named {
		found := map[models.ID]bool{}
		if err := tx.readPublic(to, ids, found); err != nil || len(found) < len(unique(ids)) {
			return false, err
		}
	}
	return true, nil
}
