package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// undoRemoval brings back what a deletion or a merge took away, and takes back what it changed in other records.
func (tx *Tx) undoRemoval(c *models.Change) (*Undone, error) {
	rows, err := tx.find(&Schema.Changes.typing, nil, "sequence", "batch = ?", c.Batch)
	if err != nil {
		return nil, err
	}
	var removals, updates []*models.Change
	for _, row := range rows {
		switch e := row.(*models.Change); e.Operation {
		case models.OperationDelete, models.OperationMerge:
			removals = append(removals, e)
		case models.OperationUpdate:
			updates = append(updates, e)
		}
	}
	if err := tx.restore(removals); err != nil {
		return nil, err
	}
	out := &Undone{}
	for _, update := range slices.Backward(updates) {
		reversed, _, err := tx.reverse(update)
		if _, expected := errors.AsType[*models.UserError](err); expected {
			out.Kept = append(out.Kept, models.EncodeID(update.Type, update.Record))
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, field := range reversed.Kept {
			out.Kept = append(out.Kept, models.EncodeID(update.Type, update.Record)+" "+field)
		}
	}
	out.Record, err = tx.record(Schema.Records(c.Type), c.Record)
	return out, err
}

// restore writes the rows of removed records again.
func (tx *Tx) restore(removals []*models.Change) error {
	rows := map[*stored][]any{}
	for _, c := range removals {
		if err := tx.refuseRestored(c); err != nil {
			return err
		}
		taken, err := tx.taken(c.ID)
		if err != nil {
			return err
		}
		if len(taken) == 0 {
			return tooLate("what was removed has been erased for good")
		}
		for t, some := range taken {
			rows[t] = append(rows[t], some...)
		}
		if c.Operation == models.OperationMerge {
			if err := tx.partAgain(c); err != nil {
				return err
			}
		}
	}
	revived, err := tx.reviveRecords(rows, removals)
	if err != nil {
		return err
	}
	if err := tx.writeRestored(rows); err != nil {
		return err
	}
	for _, e := range guarded {
		if len(revived[e]) > 0 {
			if err := tx.refresh(e, revived[e]...); err != nil {
				return err
			}
		}
	}
	return nil
}

// refuseRestored refuses to bring back a record that is there.
func (tx *Tx) refuseRestored(c *models.Change) error {
	e := Schema.Records(c.Type)
	rows, err := tx.find(&e.typing, nil, "", "id = ?", c.Record)
	if err == nil && len(rows) > 0 {
		return tooLate("the record is there: the change has been undone already")
	}
	return err
}

// partAgain ends the redirect of a merged record, and remembers that the two are not the same.
func (tx *Tx) partAgain(c *models.Change) error {
	if err := tx.exec("DELETE FROM redirects WHERE from_id = ?", c.Record); err != nil {
		return err
	}
	low, high := ordered(c.Record, *c.MergedID)
	if err := tx.exec("DELETE FROM not_same WHERE low_id = ? AND high_id = ?", low, high); err != nil {
		return err
	}
	return tx.exec("INSERT INTO not_same (low_id, high_id, actor, at) VALUES (?, ?, ?, ?)", low, high, actorName(tx.actor), tx.now)
}

// reviveRecords makes records of removed rows into new versions, hidden until refresh has looked at what guards them.
func (tx *Tx) reviveRecords(rows map[*stored][]any, removals []*models.Change) (map[*Entity][]models.ID, error) {
	versions := map[models.ID]*models.Change{}
	for _, c := range removals {
		versions[c.Record] = c
	}
	revived := map[*Entity][]models.ID{}
	for _, t := range storedTables {
		for _, row := range rows[t] {
			record, ok := row.(models.Record)
			if !ok {
				if t.paths["public"] != nil {
					t.set(row, "public", false)
					revived[t.entity] = append(revived[t.entity], t.plain(row, "id").(models.ID))
				}
				continue
			}
			meta := record.Meta()
			c := versions[meta.ID]
			meta.Version, meta.UpdatedAt, meta.Public = c.Version+1, tx.now, false
			if err := tx.refuseDuplicate(t.entity, record); err != nil {
				return nil, err
			}
			fields := []models.FieldChange{}
			for _, in := range t.entity.inputs() {
				if value := t.plain(record, in.column); value != nil {
					fields = append(fields, in.difference(nil, value))
				}
			}
			noted := entry{fields: append(fields, visibilityChange("", meta.Visibility))}
			noted.change.Reason = undoReason(c)
			tx.note(models.OperationCreate, record, noted)
			revived[t.entity] = append(revived[t.entity], meta.ID)
		}
	}
	return revived, nil
}

// writeRestored writes rows in the order in which tables refer to each other. Spans and redirects that a merge had turned
// elsewhere are turned back.
func (tx *Tx) writeRestored(rows map[*stored][]any) error {
	if organizations := rows[tableNamed(Schema.Organizations.Table)]; len(organizations) > 0 {
		parentsFirst(organizations)
	}
	meetings, minutes := withoutMinutes(rows)
	for _, t := range storedTables {
		some := rows[t]
		switch {
		case t.entity == Schema.Meetings:
			some = meetings
		case t == spanRows || t == redirectRows || t == editRows:
			if err := tx.putBack(t, some); err != nil {
				return err
			}
			continue
		}
		if err := tx.insert(&t.typing, some); err != nil {
			if foreignKey(err) {
				return tooLate("a record that it needs is gone: undo that deletion first")
			}
			if key := duplicate(err); strings.Contains(key, "natural_key") {
				return tooLate("there is such %s already", article(t.entity.Name))
			}
			return err
		}
	}
	for meeting, document := range minutes {
		if err := tx.exec("UPDATE meetings SET minutes_id = ? WHERE id = ?", document, meeting); err != nil {
			return err
		}
	}
	return nil
}

// putBack writes rows over those with the same key.
func (tx *Tx) putBack(t *stored, rows []any) error {
	for _, row := range rows {
		if err := tx.orm.Clauses(upsert).Create(row).Error; err != nil {
			if foreignKey(err) {
				continue // the text that the span pointed into is gone
			}
			return fmt.Errorf("write %s: %w", t.name, err)
		}
	}
	return nil
}
