package store

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/minutebook/minutebook/models"
)

// Merge makes several records of one person, or of one organization, into the one to keep: what named the others names it,
// their names become aliases, and their ids lead to it. Where both took part in the same meeting in the same way, one
// attendance is enough. It returns the record kept as it is then. Undo takes all of it back.
func (tx *Tx) Merge(e *Entity, keep models.ID, merge []models.ID, reason string) (models.Record, error) {
	if e != Schema.People && e != Schema.Organizations {
		return nil, fmt.Errorf("%s: %w", e.Name, errNoMerge)
	}
	if len(merge) == 0 {
		return nil, invalid("names nothing to merge", "merge")
	}
	if len([]rune(reason)) > maxReason {
		return nil, invalid(fmt.Sprintf("has more than %d characters", maxReason), "reason")
	}
	tx.begin()
	defer tx.begin()
	for i, id := range merge {
		if id == keep || slices.Contains(merge[:i], id) {
			return nil, invalid("stands there twice", "merge", strconv.Itoa(i))
		}
		if err := tx.mergeOne(e, keep, id, reason); err != nil {
			return nil, placed(err, strconv.Itoa(i))
		}
	}
	return tx.record(e, keep)
}

var errNoMerge = fmt.Errorf("%w: only people and organizations are merged", models.ErrBadInput)

const maxReason = 500

// placed says of a missing record which of those to merge it is.
func placed(err error, index string) error {
	if problems := UserErrors(err); len(problems) == 1 && problems[0].Code == models.CodeNotFound {
		return &models.UserError{Code: models.CodeNotFound, Message: problems[0].Message, Path: []string{"merge", index}}
	}
	return err
}

func (tx *Tx) mergeOne(e *Entity, keep, gone models.ID, reason string) error {
	kept, err := tx.draft(e, keep, nil)
	if err != nil {
		return &models.UserError{Code: models.CodeNotFound, Message: "there is no such " + e.Name, Path: []string{"keep"}}
	}
	merged, err := tx.record(e, gone)
	if err != nil {
		return err
	}
	if merged.Meta().ID != gone {
		return fmt.Errorf("%s %s: %w", e.Name, gone, models.ErrNotFound)
	}
	// The mark that a person once told the two apart falls: another, who merges them, knows better.
	low, high := ordered(keep, gone)
	if err := tx.exec("DELETE FROM not_same WHERE low_id = ? AND high_id = ?", low, high); err != nil {
		return err
	}
	if o, ok := merged.(*models.Organization); ok {
		if err := tx.stepUp(kept, o); err != nil {
			return err
		}
	}
	aliases, err := tx.takeNames(kept, gone)
	if err != nil {
		return err
	}
	if err := kept.save(); err != nil {
		return err
	}
	for _, m := range mentions[e] {
		if err := tx.move(m, e, gone, keep); err != nil {
			return err
		}
	}
	if o, ok := kept.record.(*models.Organization); ok {
		if err := tx.refuseCircle(o); err != nil {
			return err
		}
	}
	return tx.bury(e, merged, kept.record, aliases, reason)
}

// ordered returns two ids in the order in which not_same keeps them.
func ordered(a, b models.ID) (low, high models.ID) {
	ids := []models.ID{a, b}
	sortIDs(ids)
	return ids[0], ids[1]
}

// stepUp puts an organization that belongs to the one merged into it under that one's parent.
func (tx *Tx) stepUp(kept *draft, merged *models.Organization) error {
	o := kept.record.(*models.Organization)
	if o.ParentID == nil || *o.ParentID != merged.ID {
		return nil
	}
	parent, _ := Schema.Organizations.input("parent")
	kept.set(parent, Schema.Organizations.plain(merged, parent.column))
	return nil
}

// takeNames gives the record kept the names and identifiers of the one that goes. It returns the ids of the aliases by the
// ids of the names they were.
func (tx *Tx) takeNames(kept *draft, gone models.ID) (map[models.ID]models.ID, error) {
	keep := kept.record.Meta().ID
	names, err := tx.readParts(namesField, keep, gone)
	if err != nil {
		return nil, err
	}
	all, aliases := copies(namesField, names[keep]), map[models.ID]models.ID{}
	known := map[string]models.ID{}
	for _, p := range all {
		known[p.row.(*models.Name).Folded] = p.row.(*models.Name).ID
	}
	for _, p := range names[gone] {
		row := *p.row.(*models.Name)
		was := row.ID
		if _, ok := known[row.Folded]; !ok {
			row.ID, row.Kind = models.NewID(), models.NameKindAlias
			known[row.Folded] = row.ID
			all = append(all, &part{row: &row})
		}
		aliases[was] = known[row.Folded]
	}
	if err := kept.replace(namesField, all); err != nil {
		return nil, err
	}
	identifiers, err := tx.readParts(identifiersField, keep, gone)
	if err != nil {
		return nil, err
	}
	both := copies(identifiersField, identifiers[keep])
	for _, p := range copies(identifiersField, identifiers[gone]) {
		p.row.(*models.Identifier).ID = models.ID{}
		if identifiersField.repeated(append(both, p)) < 0 {
			both = append(both, p)
		}
	}
	return aliases, kept.replace(identifiersField, both)
}

// move makes what names one record name another. Every record changed by it gets a new version and an entry.
func (tx *Tx) move(m mention, e *Entity, from, to models.ID) error {
	owners, err := tx.ownersOf(m, []models.ID{from}, nil)
	if err != nil || len(owners) == 0 {
		return err
	}
	var field *partField
	var parts map[models.ID][]*part
	if m.table.owner != "" {
		field = m.owners.partField(m.part)
		if parts, err = tx.readParts(field, owners...); err != nil {
			return err
		}
	}
	for _, owner := range owners {
		d, err := tx.draft(m.owners, owner, nil)
		if err != nil {
			return err
		}
		if field != nil {
			err = d.replace(field, field.moved(parts[owner], e, from, to))
		} else {
			err = tx.moveRecord(d, m, to)
		}
		if err != nil {
			return err
		}
		if err := d.save(); err != nil {
			return err
		}
	}
	return nil
}

// moveRecord makes a record name another by one of its edges. A record that would become the same as one that is there
// goes where it can, with its reason; a meeting, a paper or an organization cannot, and keeps the merge from happening.
func (tx *Tx) moveRecord(d *draft, m mention, to models.ID) error {
	for _, in := range d.e.inputs() {
		if in.column == m.column {
			before := copyRecord(d.e, d.record).(models.Record)
			d.set(in, to)
			key := naturalKey(d.record)
			d.record.Meta().NaturalKey = key
			err := tx.refuseDuplicate(d.e, d.record)
			d.record.Meta().NaturalKey = before.Meta().NaturalKey
			if err == nil {
				return nil
			}
			if d.e != Schema.Attendances && d.e != Schema.Memberships {
				problem := &models.UserError{Code: models.CodeDuplicate, Path: []string{"merge"}, Message: models.EncodeID(d.e.Record, before.Meta().ID) +
					" would become the same as another of what is kept: merge, change or delete these first"}
				if found := UserErrors(err); len(found) == 1 {
					problem.Existing = found[0].Existing
				}
				return problem
			}
			d.fields = nil // nothing to save: the record goes instead
			return tx.remove(&doomed{
				records: map[*Entity][]models.Record{d.e: {before}}, ids: map[models.ID]bool{before.Meta().ID: true},
			}, string(models.DeletedDuplicate))
		}
	}
	return fmt.Errorf("%s has no edge in %s", d.e.Name, m.column)
}

// moved copies parts with one id in the place of another. Where the other is there already, one part is enough.
func (f *partField) moved(parts []*part, e *Entity, from, to models.ID) []*part {
	var out []*part
	for _, p := range copies(f, parts) {
		for _, c := range f.columns {
			if c.to == e && f.table.plain(p.row, c.column) == from {
				f.table.set(p.row, c.column, to)
			}
		}
		for _, list := range f.lists {
			seen := false
			p.actors = slices.DeleteFunc(p.actors, func(actor *models.StepActor) bool {
				id := actorRows.plain(actor, list.column)
				if actor.Role != list.role || list.to != e || id != from && id != to {
					return false
				}
				actorRows.set(actor, list.column, to)
				again := seen
				seen = true
				return again
			})
		}
		if f.unique == "" || f.repeated(append(out, p)) < 0 {
			out = append(out, p)
		}
	}
	return out
}

// bury removes the row of a merged record, and makes its id lead to the one kept.
func (tx *Tx) bury(e *Entity, merged, kept models.Record, aliases map[models.ID]models.ID, reason string) error {
	gone, keep := merged.Meta().ID, kept.Meta().ID
	noted := entry{before: merged.Meta().Public && kept.Meta().Public, fields: lastFields(e, merged)}
	noted.keep(tableNamed(e.Table), []any{copyRecord(e, merged)})
	noted.change.MergedID = &keep
	if reason != "" {
		noted.change.Reason = &reason
	}
	merged.Meta().Version++
	written := tx.note(models.OperationMerge, merged, noted)
	aliases[gone] = keep
	if err := tx.moveSpans(written, aliases); err != nil {
		return err
	}
	older, err := tx.find(&redirectRows.typing, nil, "", "to_id = ?", gone)
	if err != nil {
		return err
	}
	written.keep(redirectRows, older)
	if err := tx.exec("UPDATE redirects SET to_id = ? WHERE to_id = ?", keep, gone); err != nil {
		return err
	}
	if err := tx.removeBelongings(e, []models.ID{gone}, map[models.ID]*entry{gone: written}); err != nil {
		return err
	}
	if err := tx.deleteRows(e.Table, "id", []models.ID{gone}); err != nil {
		return err
	}
	return tx.insert(&redirectRows.typing, []any{&redirect{gone, e.Record, keep}})
}

// moveSpans makes the spans that stated one thing state another. The entry keeps them as they were.
func (tx *Tx) moveSpans(e *entry, owners map[models.ID]models.ID) error {
	for from, to := range owners {
		spans, err := tx.find(&spanRows.typing, nil, "", "owner_id = ?", from)
		if err != nil {
			return err
		}
		e.keep(spanRows, spans)
		if err := tx.exec("UPDATE source_spans SET owner_id = ? WHERE owner_id = ?", to, from); err != nil {
			return err
		}
	}
	return nil
}
