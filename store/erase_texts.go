package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// documents covers the name in the texts of documents, within the stretches that mean the person, and in what quotes them.
func (e *eraser) documents() error {
	like, args := e.like("text")
	ids, err := e.tx.ids("SELECT id FROM documents WHERE "+like+" ORDER BY id", args...)
	if err != nil {
		return err
	}
	return e.oneByOne(&Schema.Documents.typing, ids, func(row any) error { return e.document(row.(*models.Document)) })
}

func (e *eraser) document(d *models.Document) error {
	if d.Text == nil {
		return nil
	}
	found := e.matcher.stretches(*d.Text)
	if len(found) == 0 {
		return nil
	}
	mine := make(marks, len(found))
	for i, s := range found {
		known := s.within(e.mine.close[d.ID]) || s.within(e.mine.wide[d.ID])
		mine[i] = e.also(d.ID) || known && !s.within(e.theirs.close[d.ID])
	}
	e.found[d.ID] = found
	text := e.covered(d.ID, "text", *d.Text, mine)
	e.told("documents.text", Schema.Documents, d.ID, mine)
	if text == *d.Text {
		return nil
	}
	if err := e.tx.exec("UPDATE documents SET text = ? WHERE id = ?", text, d.ID); err != nil {
		return err
	}
	return e.quotes(d.ID, []rune(text))
}

// covered covers what is the person's in a field of a record, and remembers what that is.
func (e *eraser) covered(id models.ID, field, text string, mine marks) string {
	if e.marked[id] == nil {
		e.marked[id] = map[string]marks{}
	}
	e.marked[id][field] = mine
	if mine.number() == 0 {
		return text
	}
	e.touched[id] = true
	return e.matcher.mask(text, mine)
}

// told counts what was covered and what was left in a place.
func (e *eraser) told(place string, owner *Entity, id models.ID, mine marks) {
	if n := mine.number(); n > 0 {
		e.count(place, n)
	}
	if n := len(mine) - mine.number(); n > 0 {
		name := id.String()
		if owner != nil {
			name = models.EncodeID(owner.Record, id)
		}
		e.leave(place, name, n)
	}
}

// quotes writes the quotes of a text anew that changed with it.
func (e *eraser) quotes(document models.ID, text []rune) error {
	rows, err := e.tx.find(&spanRows.typing, &exclusively, "", "document_id = ?", document)
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := row.(*models.SourceSpan)
		if s.Start < 0 || s.End > len(text) || s.End < s.Start {
			continue
		}
		quote := string(text[s.Start:s.End])
		if quote == s.Quote {
			continue
		}
		e.count("source_spans.quote", 1)
		if err := e.tx.exec("UPDATE source_spans SET quote = ? WHERE id = ?", quote, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// rows covers the name in everything else that the graph says.
func (e *eraser) rows() error {
	for _, t := range storedTables {
		columns := textColumns(t)
		if len(columns) == 0 {
			continue
		}
		like, args := e.like(columns...)
		rows, err := e.tx.find(&t.typing, &exclusively, t.order, like, args...)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := e.row(t, columns, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// textColumns are the columns of a table in which a name may stand. Names of people have a step of their own.
func textColumns(t *stored) []string {
	if t.entity == Schema.People || t == editRows || t == redirectRows {
		return nil
	}
	var out []string
	for _, column := range t.columnNames() {
		if t == spanRows && column == "field" || t.entity == Schema.Documents && column == "text" {
			continue
		}
		switch reflect.TypeOf(t.fresh()).Elem().FieldByIndex(t.paths[column]).Type {
		case reflect.TypeFor[string](), reflect.TypeFor[*string](), reflect.TypeFor[models.Lines]():
			out = append(out, column)
		}
	}
	return out
}

// row covers the name in a row of the graph.
func (e *eraser) row(t *stored, columns []string, row any) error {
	if span, ok := row.(*models.SourceSpan); ok {
		return e.span(span)
	}
	owner, entity := t.recordOf(row), t.entity
	if t.owner != "" {
		record, err := e.tx.owner(owner)
		if err != nil || record == nil || t == nameRows && record.RecordType() == models.TypePerson || e.self[owner] {
			return err
		}
		entity = Schema.Records(record.RecordType())
	}
	for _, column := range columns {
		text := plainText(t.plain(row, column))
		n := len(e.matcher.find(text))
		if n == 0 {
			continue
		}
		mine, err := e.decide(t, row, column, owner, n)
		if err != nil {
			return err
		}
		covered := text
		if t.owner == "" {
			covered = e.covered(owner, fieldOf(t, column), text, mine)
		} else if mine.number() > 0 {
			e.touched[owner] = true
			covered = e.matcher.mask(text, mine)
		}
		e.told(t.name+"."+column, entity, owner, mine)
		if covered == text {
			continue
		}
		if err := e.tx.writeText(t, row, column, covered); err != nil {
			return err
		}
	}
	return nil
}

// span covers quotes of texts that are not kept themselves. What quotes a kept text follows it.
func (e *eraser) span(s *models.SourceSpan) error {
	kept := 0
	if err := e.tx.one("SELECT COUNT(*) FROM documents WHERE id = ? AND text IS NOT NULL", s.DocumentID, &kept); err != nil || kept > 0 {
		return err
	}
	mine := make(marks, len(e.matcher.find(s.Quote)))
	if e.means(s.OwnerID) || e.also(s.DocumentID) || e.self[s.OwnerID] || e.mine.parts[s.OwnerID] && !e.theirs.parts[s.OwnerID] {
		mine = every(len(mine))
	}
	e.told("source_spans.quote", Schema.Documents, s.DocumentID, mine)
	if mine.number() == 0 {
		return nil
	}
	return e.tx.writeText(spanRows, s, "quote", e.matcher.mask(s.Quote, mine))
}

// decide says which of the names in a column mean the person.
func (e *eraser) decide(t *stored, row any, column string, owner models.ID, n int) (marks, error) {
	if e.also(owner) {
		return every(n), nil
	}
	if part, ok := t.partID(row); ok && e.mine.parts[part] && !e.theirs.parts[part] {
		return every(n), nil
	}
	if t.owner == "" {
		known, err := e.stated(owner, fieldOf(t, column))
		if err != nil || len(known) == n || len(known) > 0 && !e.means(owner) {
			return known.fits(n), err
		}
	}
	if e.means(owner) {
		return every(n), nil
	}
	return make(marks, n), nil
}

// stated returns, for each time the names stand in the stretches that state a field of a record, whether it means the person.
func (e *eraser) stated(owner models.ID, field string) (marks, error) {
	rows, err := e.tx.find(&spanRows.typing, nil, "start_at, id", "owner_id = ?", owner)
	if err != nil {
		return nil, err
	}
	all := map[bool]map[models.ID][]stretch{true: {}, false: {}}
	for _, row := range rows {
		s := row.(*models.SourceSpan)
		own := s.Field != nil && *s.Field == field
		all[own][s.DocumentID] = append(all[own][s.DocumentID], stretch{s.Start, s.End})
	}
	chosen := all[true]
	if len(chosen) == 0 {
		chosen = all[false]
	}
	for document, stretches := range chosen {
		var out marks
		for i, s := range e.found[document] {
			if s.within(stretches) {
				out = append(out, e.marked[document]["text"][i])
			}
		}
		if len(out) > 0 {
			return out, nil // a record is stated by one text
		}
	}
	return nil, nil
}

// fieldOf is the name by which the log knows a column.
func fieldOf(t *stored, column string) string {
	for _, in := range t.entity.inputs() {
		if in.column == column {
			return in.name
		}
	}
	return column
}

// recordOf is the record that a row is or belongs to.
func (t *stored) recordOf(row any) models.ID {
	column := t.owner
	if column == "" {
		column = "id"
	}
	return t.plain(row, column).(models.ID)
}

// partID is the id of a row that is a part.
func (t *stored) partID(row any) (models.ID, bool) {
	if t.owner == "" || t.paths["id"] == nil {
		return models.ID{}, false
	}
	id, ok := t.plain(row, "id").(models.ID)
	return id, ok
}

// owner finds the record of an id, of whichever type; nil where a part or nothing has it.
func (tx *Tx) owner(id models.ID) (models.Record, error) {
	for _, e := range Schema.RecordEntities() {
		rows, err := tx.find(&e.typing, &exclusively, "", "id = ?", id)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			return rows[0].(models.Record), nil
		}
	}
	return nil, nil
}

// plainText writes a plain value of a text column as the database keeps it.
func plainText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case models.Lines:
		return strings.Join(v, "\n")
	}
	return ""
}

// writeText writes one text of a row.
func (tx *Tx) writeText(t *stored, row any, column, text string) error {
	keys := []string{"id"}
	if t == itemPapers {
		keys = []string{"agenda_item_id", "document_id"}
	}
	args := []any{text}
	for _, key := range keys {
		args = append(args, t.plain(row, key))
	}
	if column == "text" && t == nameRows {
		if err := tx.exec("UPDATE names SET folded = ? WHERE id = ?", Fold(text), args[1]); err != nil {
			return err
		}
	}
	return tx.exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE %s = ?", t.name, column, strings.Join(slices.Clone(keys), " = ? AND ")), args...)
}
