package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
)

// indexTexts brings the index up to date with what the transaction has done. The log names every record that was written;
// what these records say now is read from the database.
func (tx *Tx) indexTexts() error {
	touched := map[*indexed][]models.ID{}
	var created, meetings []models.ID // records that cannot be in the index yet; meetings whose documents may have to change
	for _, e := range tx.entries {
		t := indexedByType[e.change.Type]
		if t == nil {
			continue
		}
		touched[t] = append(touched[t], e.change.Record)
		if e.change.Operation == models.OperationCreate {
			created = append(created, e.change.Record)
		}
		if item, ok := e.record.(*models.AgendaItem); ok {
			meetings = append(meetings, item.MeetingID)
		}
		if e.changes("heldOn") && e.change.Type == models.TypeMeeting {
			meetings = append(meetings, e.change.Record)
			if err := tx.moveEntries(e.record.(*models.Meeting)); err != nil {
				return err
			}
		}
	}
	if len(touched) == 0 {
		return nil
	}
	if err := tx.touchBelow(touched, meetings); err != nil {
		return err
	}
	return tx.reindex(touched, created, "")
}

// changes reports whether the entry says that a field of a record has another value than before.
func (e *entry) changes(field string) bool {
	return e.record != nil && e.change.Operation == models.OperationUpdate &&
		slices.ContainsFunc(e.fields, func(c models.FieldChange) bool { return c.Field == field })
}

// moveEntries gives what belongs to a meeting its day. Documents have days of their own.
func (tx *Tx) moveEntries(m *models.Meeting) error {
	return tx.exec("UPDATE search_entries SET held_on = ? WHERE meeting_id = ? AND record_type <> 'DOCUMENT'", m.HeldOn, m.ID)
}

// touchBelow adds what the entries of other records depend on: documents of meetings that got their first item or lost
// their last, and what belongs to items that moved.
func (tx *Tx) touchBelow(touched map[*indexed][]models.ID, meetings []models.ID) error {
	items, documents := touched[indexedByType[models.TypeAgendaItem]], indexedByType[models.TypeDocument]
	if err := tx.collect("SELECT meeting_id FROM search_entries WHERE meeting_id IS NOT NULL AND record_id IN (", items, &meetings); err != nil {
		return err
	}
	below := touched[documents]
	if err := tx.collect("SELECT id FROM documents WHERE meeting_id IN (", meetings, &below); err != nil {
		return err
	}
	touched[documents] = below
	var moved []models.ID
	for _, e := range tx.entries {
		if e.change.Type == models.TypeAgendaItem && e.changes("meeting") {
			moved = append(moved, e.change.Record)
		}
	}
	for _, t := range []models.RecordType{models.TypeDecision, models.TypeDirective} {
		below := touched[indexedByType[t]]
		if err := tx.collect("SELECT id FROM "+indexedByType[t].entity.Table+" WHERE agenda_item_id IN (", moved, &below); err != nil {
			return err
		}
		touched[indexedByType[t]] = below
	}
	return nil
}

// collect adds the ids that a statement finds for others.
func (tx *Tx) collect(statement string, ids []models.ID, into *[]models.ID) error {
	for chunk := range chunks(unique(ids)) {
		b := (&builder{}).text(statement).ids(chunk).text(")")
		err := tx.each(b.sql.String(), b.args, func(scan func(...any) error) error {
			var id models.ID
			err := scan(&id)
			*into = append(*into, id)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reindex writes the entries of records anew. Lock ends the statements that read the records.
func (tx *Tx) reindex(touched map[*indexed][]models.ID, created []models.ID, lock string) error {
	fresh := map[models.ID]bool{}
	for _, id := range created {
		fresh[id] = true
	}
	w := &entryWriter{tx: tx}
	for _, t := range indexedTypes {
		ids := unique(touched[t])
		if err := w.remove(slices.DeleteFunc(slices.Clone(ids), func(id models.ID) bool { return fresh[id] })); err != nil {
			return err
		}
		for chunk := range slices.Chunk(ids, maxRows) {
			rows, err := t.read(chunk, lock, tx.each)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if err := w.add(t, row); err != nil {
					return err
				}
			}
		}
	}
	return w.flush()
}

// markEntries sets what a guest may find, with the marks of the records themselves.
func (tx *Tx) markEntries(e *Entity, ids []models.ID, public int) error {
	if indexedByType[e.Record] == nil {
		return nil
	}
	b := (&builder{}).text(fmt.Sprintf("UPDATE search_entries SET public = %d WHERE public <> %[1]d AND record_id IN (", public)).ids(ids).text(")")
	return tx.exec(b.sql.String(), b.args...)
}

// entryWriter writes entries, many with one statement.
type entryWriter struct {
	tx      *Tx
	rows    int
	size    int
	entries builder
	tokens  builder
	next    int64 // SQLite only: docid of the next entry
}

// remove deletes the entries of records.
func (w *entryWriter) remove(ids []models.ID) error {
	tokens := "DELETE FROM search_tokens WHERE record_id IN ("
	if w.tx.s.dialect == SQLite {
		tokens = "DELETE FROM search_tokens WHERE rowid IN (SELECT docid FROM search_entries WHERE record_id IN ("
	}
	for chunk := range chunks(ids) {
		for _, statement := range []string{tokens, "DELETE FROM search_entries WHERE record_id IN ("} {
			b := (&builder{}).text(statement).ids(chunk).text(strings.Repeat(")", strings.Count(statement, "(")))
			if err := w.tx.exec(b.sql.String(), b.args...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *entryWriter) add(t *indexed, row *texts) error {
	title, content, width := t.forms(row)
	tokens := search.Tokens(content)
	if tokens == "" {
		return nil
	}
	if w.rows > 0 {
		w.entries.text(", ")
		w.tokens.text(", ")
	} else if err := w.begin(); err != nil {
		return err
	}
	var day any
	if row.heldOn != "" {
		day = row.heldOn
	}
	w.entries.text("(").marks(8).text(")").bind(row.id, string(t.entity.Record), row.public, day, row.meeting, width, title)
	w.tokens.text("(?, ?)")
	if w.tx.s.dialect == SQLite {
		w.entries.bind(w.next)
		w.tokens.bind(w.next, tokens)
		w.next++
	} else {
		w.entries.bind(content)
		w.tokens.bind(row.id, tokens)
	}
	w.rows++
	w.size += len(content) + len(tokens)
	if w.rows < maxRows && w.size < maxBytes {
		return nil
	}
	return w.flush()
}

// begin begins the statements. SQLite ties entries and tokens by numbers and needs no copy of the text, as its index finds
// phrases exactly.
func (w *entryWriter) begin() error {
	const columns = "record_id, record_type, public, held_on, meeting_id, width, title"
	if w.tx.s.dialect != SQLite {
		w.entries.text("REPLACE INTO search_entries (" + columns + ", content) VALUES ")
		w.tokens.text("REPLACE INTO search_tokens (record_id, tokens) VALUES ")
		return nil
	}
	w.entries.text("INSERT INTO search_entries (" + columns + ", docid) VALUES ")
	w.tokens.text("INSERT INTO search_tokens (rowid, tokens) VALUES ")
	if w.next > 0 {
		return nil
	}
	// One transaction writes at a time, so the next number is free.
	return w.tx.each("SELECT COALESCE(MAX(docid), 0) + 1 FROM search_entries", nil, func(scan func(...any) error) error { return scan(&w.next) })
}

func (w *entryWriter) flush() error {
	if w.rows == 0 {
		return nil
	}
	for _, b := range []*builder{&w.entries, &w.tokens} {
		if err := w.tx.exec(b.sql.String(), b.args...); err != nil {
			return err
		}
	}
	*w = entryWriter{tx: w.tx, next: w.next}
	return nil
}

// Reindex makes the search index anew from the records. Others may read and write meanwhile.
func (s *Store) Reindex(ctx context.Context) error {
	records := 0
	for _, t := range indexedTypes {
		for last := (models.ID{}); ; {
			var ids []models.ID
			err := s.Write(ctx, models.Actor{}, func(tx *Tx) (err error) {
				query := fmt.Sprintf("SELECT id FROM %s WHERE id > ? ORDER BY id LIMIT %d", t.entity.Table, maxRows)
				if ids, err = tx.ids(query, last[:]); err != nil {
					return err
				}
				return tx.reindex(map[*indexed][]models.ID{t: ids}, nil, s.dialect.shared())
			})
			if err != nil {
				return fmt.Errorf("search index: %w", err)
			}
			if len(ids) == 0 {
				break
			}
			records, last = records+len(ids), ids[len(ids)-1]
		}
	}
	s.log.InfoContext(ctx, "search index made", "records", records)
	return s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		err := tx.exec("REPLACE INTO search_state (one, version) VALUES (1, ?)", search.Version)
		return err
	})
}

// indexIfNeeded makes the index where there is none of this version: in a database whose records were written before it
// had one, or by a program that folded texts otherwise.
func (s *Store) indexIfNeeded(ctx context.Context) error {
	version := 0
	err := s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		return tx.each("SELECT version FROM search_state WHERE one = 1", nil, func(scan func(...any) error) error { return scan(&version) })
	})
	if err != nil || version == search.Version {
		return err
	}
	return s.Reindex(ctx)
}
