package store

import (
	"bytes"
	"fmt"
	"slices"

	"gorm.io/gorm/clause"

	"github.com/minutebook/minutebook/models"
)

// upsert writes a row over one with the same key.
var upsert = clause.OnConflict{UpdateAll: true}

func sortIDs(ids []models.ID) {
	slices.SortFunc(ids, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
}

// readParts reads the parts of records, by the id of the record and in their order.
func (tx *Tx) readParts(f *partField, owners ...models.ID) (map[models.ID][]*part, error) {
	out := map[models.ID][]*part{}
	byID := map[models.ID]*part{}
	for chunk := range chunks(owners) {
		rows, err := tx.find(&f.table.typing, nil, f.table.order, f.table.owner+" IN ?", chunk)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			owner := f.table.plain(row, f.table.owner).(models.ID)
			p := &part{row: row}
			out[owner] = append(out[owner], p)
			if len(f.lists) > 0 {
				byID[f.table.plain(row, "id").(models.ID)] = p
			}
		}
		if len(f.lists) == 0 {
			continue
		}
		actors, err := tx.find(&actorRows.typing, nil, "step_id, role, position", "decision_id IN ?", chunk)
		if err != nil {
			return nil, err
		}
		for _, row := range actors {
			actor := row.(*models.StepActor)
			if p := byID[actor.StepID]; p != nil {
				p.actors = append(p.actors, actor)
			}
		}
	}
	return out, nil
}

// replaceParts removes the old parts of a record, which the entry keeps for undo, and writes the new ones.
func (tx *Tx) replaceParts(e *entry, record models.Record, r *replacement) error {
	if err := tx.removeParts(e, r.field, r.old, r.new); err != nil {
		return err
	}
	if err := tx.AddParts(r.field.place(record, r.new)...); err != nil {
		return err
	}
	return tx.Flush()
}

// removeParts deletes parts. Spans of those that do not come back are deleted with them.
func (tx *Tx) removeParts(e *entry, f *partField, old, back []*part) error {
	if len(old) == 0 {
		return nil
	}
	staying := map[any]bool{}
	if f.table.paths["id"] != nil {
		for _, p := range back {
			staying[f.table.plain(p.row, "id")] = true
		}
	}
	var rows, actors []any
	var gone []models.ID
	for _, p := range old {
		rows = append(rows, p.row)
		for _, actor := range p.actors {
			actors = append(actors, actor)
		}
		if f.table.paths["id"] != nil && !staying[f.table.plain(p.row, "id")] {
			gone = append(gone, f.table.plain(p.row, "id").(models.ID))
		}
	}
	owner := f.table.plain(rows[0], f.table.owner)
	e.keep(f.table, rows)
	e.keep(actorRows, actors)
	if err := tx.removeSpans(e, gone); err != nil {
		return err
	}
	if len(f.lists) > 0 {
		if err := tx.exec("DELETE FROM step_actors WHERE decision_id = ?", owner); err != nil {
			return err
		}
	}
	return tx.exec(fmt.Sprintf("DELETE FROM %s WHERE %s = ?", f.table.name, f.table.owner), owner)
}

// removeSpans deletes the spans that state the owners.
func (tx *Tx) removeSpans(e *entry, owners []models.ID) error {
	for chunk := range chunks(owners) {
		rows, err := tx.find(&spanRows.typing, nil, "", "owner_id IN ?", chunk)
		if err != nil {
			return err
		}
		e.keep(spanRows, rows)
		b := (&builder{}).text("DELETE FROM source_spans WHERE owner_id IN (").ids(chunk).text(")")
		if err := tx.exec(b.sql.String(), b.args...); err != nil {
			return err
		}
	}
	return nil
}

// place gives parts their owner, their order and what they copy from the owner, and returns all their rows.
func (f *partField) place(record models.Record, parts []*part) []any {
	owner := record.Meta().ID
	var rows []any
	for i, p := range parts {
		f.table.set(p.row, f.table.owner, owner)
		if f.table.paths["position"] != nil {
			f.table.set(p.row, "position", i+1)
		}
		if f.table.paths["id"] != nil && f.table.plain(p.row, "id") == nil {
			f.table.set(p.row, "id", models.NewID())
		}
		switch row := p.row.(type) {
		case *models.Presentation:
			row.HeldOn = record.(*models.AgendaItem).HeldOn
		case *models.AgendaItemDocument:
			row.MeetingID = record.(*models.AgendaItem).MeetingID
		}
		rows = append(rows, p.row)
		places := map[models.StepActorRole]int{}
		for _, actor := range p.actors {
			places[actor.Role]++
			actor.Position, actor.DecisionID = places[actor.Role], owner
			actor.StepID = p.row.(*models.DecisionStep).ID
			rows = append(rows, actor)
		}
	}
	return rows
}
