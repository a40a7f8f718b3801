package store

import (
	"fmt"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// Update changes the fields of a record that the patch of a request names: a null clears, what is absent stays. It returns
// the record as it is then. ExpectedVersion, where given, must be the record's version: otherwise somebody has changed it
// since the caller read it. A patch that changes nothing leaves the version as it is.
func (tx *Tx) Update(e *Entity, id models.ID, patch map[string]any, expectedVersion *int) (models.Record, error) {
	d, err := tx.draft(e, id, expectedVersion)
	if err != nil {
		return nil, err
	}
	changes, err := tx.readPatch(d, patch)
	if err != nil {
		return nil, err
	}
	was, named := ownName(d.record)
	for _, in := range e.inputs() {
		if value, ok := changes.values[in.column]; ok {
			d.set(in, value)
		}
	}
	if named {
		if err := d.rename(was, changes); err != nil {
			return nil, err
		}
	}
	if d.guards && e == Schema.Organizations {
		if err := tx.refuseCircle(d.record.(*models.Organization)); err != nil {
			return nil, err
		}
	}
	for _, f := range e.partFields() {
		parts, ok := changes.parts[f]
		if !ok {
			continue
		}
		if i := f.repeated(parts); i >= 0 {
			return nil, invalid("stands there twice", f.name, strconv.Itoa(i))
		}
		if err := d.replace(f, parts); err != nil {
			return nil, err
		}
	}
	return d.record, d.save()
}

// changes are the values of a patch: plain values by column, and parts.
type changes struct {
	values map[string]any
	parts  map[*partField][]*part
}

func (tx *Tx) readPatch(d *draft, patch map[string]any) (*changes, error) {
	r := &reader{tx: tx}
	patch = given(patch).(map[string]any)
	c := &changes{values: map[string]any{}, parts: map[*partField][]*part{}}
	for _, in := range d.e.inputs() {
		value, ok := patch[in.name]
		if !ok {
			continue
		}
		if in.to != nil {
			c.values[in.column] = nil
			r.reference(in.to, in.null, value, []string{in.name}, func(id models.ID) { c.values[in.column] = id })
			continue
		}
		c.values[in.column] = r.column(in.field, in.null, value, []string{in.name})
	}
	for _, f := range d.e.partFields() {
		if value, ok := patch[f.name]; ok {
			c.parts[f] = f.read(r, value, []string{f.name})
		}
	}
	if _, ok := patch["visibility"]; ok {
		r.fail([]string{"visibility"}, "is changed by setVisibility")
	}
	r.unknown(d.e, patch)
	if err := r.err(); err != nil {
		return nil, err
	}
	return c, r.lookUp()
}

// rename keeps the names of a person or an organization in step with its name. A name it had before stays as an alias, so
// that texts that use it are still understood; a reading that followed from the old name follows the new one.
func (d *draft) rename(was string, c *changes) error {
	name, _ := ownName(d.record)
	parts, given := c.parts[namesField]
	if name == was && !given {
		return nil
	}
	if !given {
		all, err := d.tx.readParts(namesField, d.record.Meta().ID)
		if err != nil {
			return err
		}
		parts = renamed(all[d.record.Meta().ID], was, name)
	}
	c.parts[namesField] = withOwnName(parts, name)
	person, ok := d.record.(*models.Person)
	if _, given := c.values["pinyin"]; ok && !given && (person.Pinyin == nil || *person.Pinyin == Pinyin(was)) {
		in, _ := d.e.input("pinyin")
		if reading := Pinyin(name); reading != "" {
			d.set(in, reading)
		} else {
			d.set(in, nil)
		}
	}
	return nil
}

// renamed copies names, with the old official name as an alias, and without it where only the spelling differs.
func renamed(parts []*part, was, name string) []*part {
	var out []*part
	for _, p := range parts {
		row := *p.row.(*models.Name)
		if row.Text == was && row.Kind == models.NameKindOfficial {
			if Fold(was) == Fold(name) {
				continue
			}
			row.Kind = models.NameKindAlias
		}
		if row.Text == name {
			row.Kind = models.NameKindOfficial
		}
		row.ID = models.ID{}
		out = append(out, &part{row: &row})
	}
	return out
}

// refuseCircle refuses an organization that would belong to itself by way of others.
func (tx *Tx) refuseCircle(o *models.Organization) error {
	seen := map[models.ID]bool{o.ID: true}
	for at := o.ParentID; at != nil; {
		if seen[*at] {
			return invalid("belongs to this organization already", "parent")
		}
		seen[*at] = true
		var next models.ID
		if err := tx.one("SELECT parent_id FROM organizations WHERE id = ?", *at, &next); err != nil {
			return err
		}
		at = nil
		if !next.IsZero() {
			at = &next
		}
	}
	return nil
}

// CompleteStep notes that a step of a decision was done on a day. Order is the place of the step, from 1.
func (tx *Tx) CompleteStep(decision models.ID, order int, doneOn models.Date, expectedVersion *int) (models.Record, error) {
	d, err := tx.draft(Schema.Decisions, decision, expectedVersion)
	if err != nil {
		return nil, err
	}
	if _, err := models.ParseDate(string(doneOn)); err != nil {
		return nil, invalid("must be a day of the form 2022-06-01", "doneOn")
	}
	field := Schema.Decisions.partField("steps")
	all, err := tx.readParts(field, d.record.Meta().ID)
	if err != nil {
		return nil, err
	}
	old := all[d.record.Meta().ID]
	if order < 1 || order > len(old) {
		return nil, &models.UserError{
			Code: models.CodeNotFound, Path: []string{"order"}, Message: fmt.Sprintf("the decision has %d steps", len(old)),
		}
	}
	step := *old[order-1].row.(*models.DecisionStep)
	if step.Status == models.StepStatusDone && step.DoneOn != nil && *step.DoneOn == doneOn {
		return d.record, nil
	}
	step.Status, step.DoneOn = models.StepStatusDone, &doneOn
	steps := append([]*part{}, old...)
	steps[order-1] = &part{row: &step, actors: old[order-1].actors}
	d.fields = append(d.fields, models.FieldChange{Field: field.name, Before: field.showAll(old), After: field.showAll(steps)})
	d.replaced = append(d.replaced, &replacement{field, old, steps})
	return d.record, d.save()
}
