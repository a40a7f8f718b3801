package store

import (
	"github.com/minutebook/minutebook/models"
)

// meaning is what the database knows to mean one of some people: records and parts that name them, the stretches of texts
// that state these, and records that did and are gone.
type meaning struct {
	records map[models.ID]bool // as a whole: a seat, a membership, an item they present, a decision they carry out
	parts   map[models.ID]bool // presentations and steps
	close   map[models.ID][]stretch
	wide    map[models.ID][]stretch // by document: what states the records as a whole; others may be named there as well
	gone    map[models.ID]bool      // deleted records
	batches map[models.ID]bool      // what was deleted with them
}

// tie finds what means the person, and what means others of the same name.
func (e *eraser) tie() (err error) {
	if e.mine, err = e.tiesOf(e.self); err != nil {
		return err
	}
	if e.theirs, err = e.tiesOf(e.namesakes); err != nil {
		return err
	}
	// What was deleted with a record of the person spoke of the same meeting, unless a namesake was there, too.
	for batch := range e.mine.batches {
		if e.theirs.batches[batch] {
			continue
		}
		err := e.tx.each("SELECT record_id FROM changes WHERE batch = ? AND operation = 'DELETE'", []any{batch}, func(scan func(...any) error) error {
			var id models.ID
			err := scan(&id)
			e.mine.gone[id] = true
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) tiesOf(people map[models.ID]bool) (*meaning, error) {
	t := &meaning{
		records: map[models.ID]bool{}, parts: map[models.ID]bool{}, close: map[models.ID][]stretch{}, wide: map[models.ID][]stretch{},
		gone: map[models.ID]bool{}, batches: map[models.ID]bool{},
	}
	ids := make([]models.ID, 0, len(people))
	for id := range people {
		ids = append(ids, id)
	}
	sortIDs(ids)
	near, wide := append([]models.ID{}, ids...), []models.ID{}
	for _, r := range mentions[Schema.People] {
		for chunk := range chunks(ids) {
			rows, err := e.tx.find(&r.table.typing, nil, "", r.column+" IN ?", chunk)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				record := r.table.plain(row, r.owner()).(models.ID)
				t.records[record] = true
				switch part, ok := partOf(row); {
				case ok:
					t.parts[part] = true
					near, wide = append(near, part), append(wide, record)
				case r.owners == Schema.Meetings:
					wide = append(wide, record)
				default:
					near = append(near, record)
				}
			}
		}
	}
	if err := e.stretches(near, "", t.close); err != nil {
		return nil, err
	}
	if err := e.stretches(wide, " AND field = 'chair'", t.close); err != nil {
		return nil, err
	}
	if err := e.stretches(wide, "", t.wide); err != nil {
		return nil, err
	}
	return t, e.deleted(ids, t)
}

// partOf returns the part that names a person.
func partOf(row any) (models.ID, bool) {
	switch r := row.(type) {
	case *models.Presentation:
		return r.ID, true
	case *models.StepActor:
		return r.StepID, true
	}
	return models.ID{}, false
}

// stretches adds the spans that state what has the ids.
func (e *eraser) stretches(owners []models.ID, and string, into map[models.ID][]stretch) error {
	for chunk := range chunks(unique(owners)) {
		b := (&builder{}).text("SELECT document_id, start_at, end_at FROM source_spans WHERE owner_id IN (").ids(chunk).text(")" + and)
		err := e.tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var document models.ID
			var s stretch
			err := scan(&document, &s.start, &s.end)
			into[document] = append(into[document], s)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// deleted finds records that named one of the people when they were deleted, and are still gone.
func (e *eraser) deleted(people []models.ID, t *meaning) error {
	for _, id := range people {
		named := "%" + likePlain(models.EncodeID(models.TypePerson, id)) + "%"
		err := e.tx.each("SELECT c.record_id, c.batch FROM changes c WHERE c.operation = 'DELETE' AND c.fields LIKE ? ESCAPE '!'"+
			" AND NOT EXISTS (SELECT 1 FROM changes l WHERE l.record_id = c.record_id AND l.sequence > c.sequence)", []any{named}, func(scan func(...any) error) error {
			var record, batch models.ID
			err := scan(&record, &batch)
			t.gone[record], t.batches[batch] = true, true
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// means reports whether all that a record says means the person, as far as the graph knows.
func (e *eraser) means(id models.ID) bool {
	return e.also(id) || (e.mine.records[id] || e.mine.gone[id]) && !e.theirs.records[id] && !e.theirs.gone[id]
}
