package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestVerifyFindsTampering changes rows behind the store's back, one after the other, and looks for the words that name each.
func TestVerifyFindsTampering(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		w.update(Schema.Meetings, at.meeting, map[string]any{"title": "新"})
		w.verify()
		length := int64(0)
		report, err := w.s.VerifyTelling(t.Context(), func(what string, done, all int64) {
			if what == "entries of the log" && done == all {
				length = done
			}
		})
		if err != nil || report.Changes == 0 || length != report.Changes {
			t.Fatalf("%+v, told of %d: %v", report, length, err)
		}
		for _, c := range []struct{ statement, want string }{
			{"UPDATE organizations SET name = '改' WHERE id = (SELECT id FROM (SELECT MIN(id) AS id FROM organizations) o)", "name is not what the log says"},
			{"UPDATE people SET visibility = 'INTERNAL', public = 0 WHERE id = (SELECT id FROM (SELECT MIN(id) AS id FROM people) p)", "visibility is not what the log says"},
			{"UPDATE search_entries SET title = 'x' WHERE record_type = 'PERSON'", "its entry in the search index says something else"},
			{"DELETE FROM search_entries WHERE record_type = 'MEETING'", "the search index lacks it"},
			{"UPDATE search_entries SET record_id = X'01890000000070008000000000000001' WHERE record_type = 'ORGANIZATION' AND" +
				" record_id = (SELECT id FROM (SELECT MAX(record_id) AS id FROM search_entries WHERE record_type = 'ORGANIZATION') s)", "the search index has it, and it is not there"},
			{"UPDATE attendances SET public = 0", "what a guest may see of it does not follow"},
			{"UPDATE agenda_items SET held_on = '2000-01-01'", "its day is not its meeting's"},
			{"UPDATE agenda_items SET meeting_id = X'01890000000070008000000000000001'", "names in meeting_id a row of meetings that is not there"},
			{"UPDATE names SET owner_id = X'01890000000070008000000000000001'", "names: the row"},
			{"UPDATE names SET position = 0", "has the place of another"},
			{"DELETE FROM memberships", "the log says that it is there, and it is not"},
			{"UPDATE people SET version = 5", "its version is 5"},
			{"UPDATE changes SET fields = '[]' WHERE version = 2", "is not what was written, or not in its place"},
			{"UPDATE changes SET sequence = 1000 WHERE sequence = 3", "change 4 follows change 2"},
			{"UPDATE change_head SET sequence = 7", "its head says 7"},
			{"DELETE FROM changes WHERE operation = 'CREATE'", "its entries in the log are"},
		} {
			w.tamper(c.statement)
			report, err := w.s.Verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(report.Problems, "\n"), c.want) {
				t.Errorf("%s: not named among\n%s", c.statement, strings.Join(report.Problems, "\n"))
			}
		}
	})
}

// tamper runs a statement without foreign keys.
func (w writer) tamper(statement string) {
	w.Helper()
	off, on := "SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1"
	if w.s.dialect == SQLite {
		off, on = "PRAGMA foreign_keys = 0", "PRAGMA foreign_keys = 1"
	}
	conn, err := w.s.write.Conn(context.WithoutCancel(w.Context()))
	if err != nil {
		w.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, text := range []string{off, statement, on} {
		if _, failed := conn.ExecContext(w.Context(), text); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		w.Fatalf("%s: %v", statement, err)
	}
}

// TestVerifySpans quotes what is not there.
func TestVerifySpans(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		w.update(Schema.Documents, at.paper, map[string]any{"text": "会议审议了《办法》。"})
		insert := "INSERT INTO source_spans (id, owner_id, document_id, start_at, end_at, quote, method, confirmed) VALUES (?, ?, ?, ?, ?, ?, 'RULE', 0)"
		for _, c := range []struct {
			start, end int
			quote      string
			want       string
		}{
			{0, 4, "会议审议", ""},
			{2, 5, "会议审议", "its quote is not what stands there"},
			{8, 12, "》。", "it ends behind the text that it quotes"},
			{4, 2, "", "it ends before it begins"},
		} {
			if _, err := w.s.write.ExecContext(t.Context(), "DELETE FROM source_spans"); err != nil {
				t.Fatal(err)
			}
			if _, err := w.s.write.ExecContext(t.Context(), insert, models.NewID(), at.meeting.Meta().ID, at.paper.Meta().ID, c.start, c.end, c.quote); err != nil {
				t.Fatal(err)
			}
			report, err := w.s.Verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(report.Problems, "\n"); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
				t.Errorf("%+v: %s", c, got)
			}
		}
	})
}

// TestVerifyOlderEntries checks a log whose first entries have the form from before there was a salt.
func TestVerifyOlderEntries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		w.older()
		w.verify()
		w.update(Schema.People, at.person, map[string]any{"name": "单芬"})
		w.verify()
		for _, tamper := range []string{
			"UPDATE changes SET fields = '[]' WHERE sequence = 3",
			"UPDATE changes SET salt = NULL, content_hash = NULL WHERE sequence = (SELECT s FROM (SELECT MAX(sequence) AS s FROM changes) c)",
		} {
			w.tamper(tamper)
			if report, err := w.s.Verify(t.Context()); err != nil || len(report.Problems) == 0 {
				t.Errorf("%s: nothing is named, %v", tamper, err)
			}
		}
	})
}

// older gives all entries the form from before there was a salt.
func (w writer) older() {
	w.Helper()
	w.do("older entries", func(tx *Tx) error {
		rows, err := tx.find(&Schema.Changes.typing, nil, "sequence", "1 = 1")
		var hash []byte
		for _, row := range rows {
			c := row.(*models.Change)
			c.Salt, c.Content = nil, nil
			hash = chain(hash, c)
			if failed := tx.exec("UPDATE changes SET salt = NULL, content_hash = NULL, hash = ? WHERE id = ?", hash, c.ID); failed != nil {
				err = failed
			}
		}
		return errors.Join(err, tx.exec("UPDATE change_head SET hash = ?", hash))
	})
}
