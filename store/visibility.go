package store

import (
	"fmt"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// guards lists the edges behind which a closed record closes this one. Edges that the store derives from another are
// left out: they lead to the same place.
func (e *Entity) guards() []*Edge {
	var out []*Edge
	for i := range e.Edges {
		if edge := &e.Edges[i]; edge.Guards && edge.Local != "" && !edge.Derived {
			out = append(out, edge)
		}
	}
	return out
}

// guarded are the entities whose rows have a mark of what a guest may see, each after those that guard it.
var guarded = []*Entity{
	Schema.Organizations, Schema.People, Schema.Meetings, Schema.Documents, Schema.AgendaItems, Schema.Decisions, Schema.Directives,
	Schema.Attendances, Schema.Memberships, Schema.Presentations, Schema.Distributions,
}

// readPublic adds to known which of the records a guest may see, and keeps others from changing that before the
// transaction ends.
func (tx *Tx) readPublic(e *Entity, ids []models.ID, known map[models.ID]bool) error {
	for chunk := range chunks(unique(ids)) {
		b := (&builder{}).text("SELECT id, public FROM " + e.Table + " WHERE id IN (").ids(chunk).text(")" + tx.s.dialect.shared())
		err := tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var id models.ID
			var public bool
			err := scan(&id, &public)
			known[id] = public
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// refresh works out anew what a guest may see of these records and of everything they guard. The caller has written the
// records and so holds them against others.
func (tx *Tx) refresh(e *Entity, ids ...models.ID) error {
	changed := map[*Entity][]models.ID{}
	for _, at := range guarded {
		candidates := map[models.ID]*candidate{}
		if at == e {
			if err := tx.candidates(at, "id", ids, candidates); err != nil {
				return err
			}
		}
		for _, edge := range at.guards() {
			if err := tx.candidates(at, edge.Local, changed[edge.To], candidates); err != nil {
				return err
			}
		}
		if len(candidates) == 0 {
			continue
		}
		flipped, err := tx.reopen(at, candidates)
		if err != nil {
			return err
		}
		changed[at] = flipped
	}
	return nil
}

// candidate is a row whose mark may have to change.
type candidate struct {
	visible bool // by its own visibility
	guards  []models.ID
	public  bool
}

// candidates adds the rows of an entity whose column holds one of the ids.
func (tx *Tx) candidates(e *Entity, column string, ids []models.ID, into map[models.ID]*candidate) error {
	guards := e.guards()
	columns := []string{"id", "public"}
	if e.Record != "" {
		columns = append(columns, "visibility")
	}
	for _, edge := range guards {
		columns = append(columns, edge.Local)
	}
	for chunk := range chunks(ids) {
		b := (&builder{}).text(fmt.Sprintf("SELECT %s FROM %s WHERE %s IN (", strings.Join(columns, ", "), e.Table, column)).ids(chunk).text(")")
		err := tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var id models.ID
			c := &candidate{visible: true, guards: make([]models.ID, len(guards))}
			targets := []any{&id, &c.public}
			var visibility string
			if e.Record != "" {
				targets = append(targets, &visibility)
			}
			for i := range c.guards {
				targets = append(targets, &c.guards[i])
			}
			err := scan(targets...)
			c.visible = e.Record == "" || visibility == string(models.VisibilityPublic)
			into[id] = c
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reopen sets the mark of the candidates by their own visibility and their guards, and returns those that changed. The
// marks are written whether or not they seem to differ: another transaction may be about to change them, and this one
// then waits for it.
func (tx *Tx) reopen(e *Entity, candidates map[models.ID]*candidate) ([]models.ID, error) {
	known := map[models.ID]bool{}
	for i, edge := range e.guards() {
		var ids []models.ID
		for _, c := range candidates {
			if !c.guards[i].IsZero() {
				ids = append(ids, c.guards[i])
			}
		}
		if err := tx.readPublic(edge.To, ids, known); err != nil {
			return nil, err
		}
	}
	var open, closed, flipped []models.ID
	for id, c := range candidates {
		public := c.visible
		for _, guard := range c.guards {
			public = public && (guard.IsZero() || known[guard])
		}
		if public {
			open = append(open, id)
		} else {
			closed = append(closed, id)
		}
		if public != c.public {
			flipped = append(flipped, id)
			tx.publics[id] = public
		}
	}
	if err := tx.mark(e, open, 1); err != nil {
		return nil, err
	}
	if err := tx.mark(e, closed, 0); err != nil {
		return nil, err
	}
	return flipped, nil
}

// mark writes what a guest may see. What the log has said of a record so far is closed with it: a guest must not read
// there what the record said.
func (tx *Tx) mark(e *Entity, ids []models.ID, public int) error {
	sortIDs(ids) // always in the same order, so that two transactions do not wait for each other
	for chunk := range chunks(ids) {
		b := (&builder{}).text(fmt.Sprintf("UPDATE %s SET public = %d WHERE public <> %[2]d AND id IN (", e.Table, public)).ids(chunk).text(")")
		if err := tx.exec(b.sql.String(), b.args...); err != nil {
			return err
		}
		if err := tx.markEntries(e, chunk, public); err != nil {
			return err
		}
		if public == 1 || e.Record == "" {
			continue
		}
		b = (&builder{}).text("UPDATE changes SET public = 0 WHERE public <> 0 AND operation <> 'DELETE' AND record_id IN (").ids(chunk).text(")")
		if err := tx.exec(b.sql.String(), b.args...); err != nil {
			return err
		}
	}
	return nil
}

// SetVisibility opens or closes a record to everybody, and with it what belongs to it. It returns the record as it is
// then. ExpectedVersion, where given, must be the record's version.
func (tx *Tx) SetVisibility(e *Entity, id models.ID, visibility models.Visibility, expectedVersion *int) (models.Record, error) {
	d, err := tx.draft(e, id, expectedVersion)
	if err != nil {
		return nil, err
	}
	if !visibility.Valid() {
		return nil, invalid("must be PUBLIC or INTERNAL", "visibility")
	}
	meta := d.record.Meta()
	if meta.Visibility == visibility {
		return d.record, nil
	}
	d.operation = models.OperationPublish
	if visibility == models.VisibilityInternal {
		d.operation = models.OperationUnpublish
	}
	d.fields = append(d.fields, visibilityChange(meta.Visibility, visibility))
	d.columns["visibility"], d.guards = string(visibility), true
	meta.Visibility = visibility
	return d.record, d.save()
}

func visibilityChange(before, after models.Visibility) models.FieldChange {
	in := input{name: "visibility"}
	if before == "" {
		return in.difference(nil, string(after))
	}
	return in.difference(string(before), string(after))
}
