package store

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// LinkEdit is a change of one part or link of a record, by which the others stay as they are.
type LinkEdit struct {
	Field    string // the list that holds the part
	Argument string // under which the request gives it
	Value    any    // the part, as a list of parts takes it; nil to remove by Position
	Position *int   // from 1: where to put it, or which to remove; nil for the end
	Version  *int   // that the record must have
}

// AddLink puts a part into a list of a record: last, or before the one at a position. One that is there in the same words
// stays as it is, and nothing changes.
func (tx *Tx) AddLink(e *Entity, id models.ID, edit LinkEdit) (models.Record, error) {
	d, f, old, err := tx.linked(e, id, edit)
	if err != nil {
		return nil, err
	}
	added, err := tx.readLink(f, edit)
	if err != nil {
		return nil, err
	}
	at := len(old)
	if edit.Position != nil {
		if at = *edit.Position - 1; at < 0 || at > len(old) {
			return nil, invalid(fmt.Sprintf("must be from 1 to %d", len(old)+1), "position")
		}
	}
	for _, p := range old {
		if (f.unique != "" || f == identifiersField) && f.show(p, true) == f.show(added, true) {
			return d.record, nil
		}
	}
	parts := slices.Insert(copies(f, old), at, added)
	if len(parts) > maxParts {
		return nil, invalid(fmt.Sprintf("would be more than %d", maxParts), edit.Argument)
	}
	if f.repeated(parts) >= 0 {
		return nil, &models.UserError{
			Code: models.CodeDuplicate, Path: []string{edit.Argument}, Message: "stands there already with other values: remove that first",
		}
	}
	return tx.relink(d, f, parts)
}

// RemoveLink takes a part out of a list of a record: the one at a position, or the one that the value names.
func (tx *Tx) RemoveLink(e *Entity, id models.ID, edit LinkEdit) (models.Record, error) {
	d, f, old, err := tx.linked(e, id, edit)
	if err != nil {
		return nil, err
	}
	var at int
	if edit.Value != nil {
		if at, err = tx.findLink(f, old, edit); err != nil {
			return nil, err
		}
	} else if at = *edit.Position - 1; at < 0 || at >= len(old) {
		return nil, absent("position", fmt.Sprintf("the list has %d entries", len(old)))
	}
	if name, named := ownName(d.record); named && f == namesField && old[at].row.(*models.Name).Text == name {
		return nil, &models.UserError{
			Code: models.CodeInUse, Path: []string{edit.Argument}, Message: "is the name it goes by: update the name instead",
		}
	}
	return tx.relink(d, f, slices.Delete(copies(f, old), at, at+1))
}

func absent(argument, message string) *models.UserError {
	return &models.UserError{Code: models.CodeNotFound, Path: []string{argument}, Message: message}
}

// linked begins to change a list of a record.
func (tx *Tx) linked(e *Entity, id models.ID, edit LinkEdit) (*draft, *partField, []*part, error) {
	f := e.partField(edit.Field)
	if f == nil {
		return nil, nil, nil, invalid("is not the id of a record that has "+edit.Field, "id")
	}
	d, err := tx.draft(e, id, edit.Version)
	if err != nil {
		return nil, nil, nil, err
	}
	all, err := tx.readParts(f, d.record.Meta().ID)
	return d, f, all[d.record.Meta().ID], err
}

// readLink reads the part that a request gives, and finds the records it names.
func (tx *Tx) readLink(f *partField, edit LinkEdit) (*part, error) {
	r := &reader{tx: tx}
	parts := f.read(r, []any{given(edit.Value)}, []string{edit.Argument})
	if err := r.err(); err != nil {
		return nil, unindexed(err)
	}
	if err := r.lookUp(); err != nil {
		return nil, unindexed(err)
	}
	if f == namesField {
		name := parts[0].row.(*models.Name)
		name.Folded = Fold(name.Text)
	}
	return parts[0], nil
}

// unindexed takes the index of the only part out of the paths of problems.
func unindexed(err error) error {
	problems := UserErrors(err)
	if problems == nil {
		return err
	}
	out := make(Problems, len(problems))
	for i, problem := range problems {
		placed := *problem
		if len(placed.Path) > 1 && placed.Path[1] == "0" {
			placed.Path = slices.Delete(slices.Clone(placed.Path), 1, 2)
		}
		out[i] = &placed
	}
	return out
}

// findLink finds the part that a value names. The record it leads to need not be there any more.
func (tx *Tx) findLink(f *partField, old []*part, edit LinkEdit) (int, error) {
	column := f.unique
	wanted := given(edit.Value)
	for i, p := range old {
		if column != "" {
			if shown(f.table.plain(p.row, column), f.columnOf(column).to) == jsonOf(wanted) {
				return i, nil
			}
			continue
		}
		if f.matches(p, wanted) {
			return i, nil
		}
	}
	// An id that leads to a record by way of a merge names that record's link.
	if text, ok := wanted.(string); ok && column != "" && f.columnOf(column).to != nil {
		recordType, id, err := models.DecodeID(text)
		if err != nil || recordType != f.columnOf(column).to.Record {
			return 0, invalid("must be the id of "+article(f.columnOf(column).to.Name), edit.Argument)
		}
		kept, err := tx.resolve(id)
		if err != nil {
			return 0, err
		}
		for i, p := range old {
			if kept != id && f.table.plain(p.row, column) == kept {
				return i, nil
			}
		}
	}
	return 0, absent(edit.Argument, "is not among them")
}

func (f *partField) columnOf(column string) *partColumn {
	for i := range f.columns {
		if f.columns[i].column == column {
			return &f.columns[i]
		}
	}
	return nil
}

// matches reports whether a part has all the values.
func (f *partField) matches(p *part, wanted any) bool {
	values, ok := wanted.(map[string]any)
	for _, c := range f.columns {
		value, given := values[c.name]
		if ok = ok && (!given || shown(f.table.plain(p.row, c.column), c.to) == jsonOf(value)); !ok {
			return false
		}
	}
	return ok
}

// relink writes the list as it shall be.
func (tx *Tx) relink(d *draft, f *partField, parts []*part) (models.Record, error) {
	if i := f.repeated(parts); i >= 0 {
		return nil, invalid("stands there twice", f.name, strconv.Itoa(i))
	}
	if err := d.replace(f, parts); err != nil {
		return nil, err
	}
	return d.record, d.save()
}
