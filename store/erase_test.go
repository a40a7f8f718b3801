package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// crowd is a town whose minutes speak of two people of one name and of one with a longer name.
type crowd struct {
	*town
	minutes, twin, twinSeat, longer models.Record
}

const crowdText = "出席：单　芬奇、单芬奇伟。\n市科技局单芬奇汇报，单芬奇（记者）到场。"

func (w writer) crowd() *crowd {
	w.Helper()
	c := &crowd{town: w.town("PUBLIC")}
	c.minutes = w.create(Schema.Documents, map[string]any{"title": "纪要", "kind": "MINUTES", "meeting": c.meeting.NodeID(), "text": crowdText, "visibility": "PUBLIC"})
	w.update(Schema.Meetings, c.meeting, map[string]any{"minutes": c.minutes.NodeID()})
	c.twin = w.create(Schema.People, map[string]any{"name": "单芬奇", "visibility": "PUBLIC"})
	c.longer = w.create(Schema.People, map[string]any{"name": "单芬奇伟"})
	c.twinSeat = w.create(Schema.Attendances, map[string]any{
		"meeting": c.meeting.NodeID(), "person": c.twin.NodeID(), "label": "单芬奇（记者）", "capacity": "OBSERVING", "position": 2,
	})
	w.update(Schema.AgendaItems, c.item, map[string]any{"text": "市科技局单芬奇汇报，单芬奇（记者）到场。"})
	w.update(Schema.People, c.person, map[string]any{
		"names":       []any{map[string]any{"text": "单工", "kind": "ALIAS"}},
		"identifiers": []any{map[string]any{"scheme": "staff", "value": "A-17-单"}},
	})
	gone := w.create(Schema.Attendances, map[string]any{
		"meeting": c.meeting.NodeID(), "person": c.person.NodeID(), "label": "单工（会后离场）", "capacity": "OBSERVING", "position": 3,
	})
	w.delete(Schema.Attendances, gone)
	w.state(c.seat, c.minutes, "", "单　芬奇")
	w.state(c.item, c.minutes, "text", "市科技局单芬奇汇报，单芬奇（记者）到场。")
	w.state(c.twinSeat, c.minutes, "", "单芬奇（记者）")
	return c
}

// state notes that a stretch of a text states a record.
func (w writer) state(owner, document models.Record, field, quote string) {
	w.Helper()
	before, _, _ := strings.Cut(crowdText, quote)
	start := len([]rune(before))
	span := &models.SourceSpan{OwnerID: owner.Meta().ID, DocumentID: document.Meta().ID, Start: start, End: start + len([]rune(quote)), Quote: quote, Method: models.MethodRule}
	if field != "" {
		span.Field = &field
	}
	w.do("a span", func(tx *Tx) error { return tx.AddParts(span) })
}

func (w writer) erase(e Erasure) *ErasureReport {
	w.Helper()
	report, err := w.s.Erase(w.Context(), admin, e)
	if err != nil {
		w.Fatal(err)
	}
	return report
}

// dump reads every value of every table as text, by table.
func (w writer) dump() map[string][]string {
	w.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_tokens_%' AND name NOT LIKE 'sqlite%'"
	if w.s.dialect == MySQL {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
	}
	out := map[string][]string{}
	var tables []string
	w.do("tables", func(tx *Tx) error {
		tables = nil
		return tx.each(query, nil, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			tables = append(tables, name)
			return err
		})
	})
	for _, table := range tables {
		rows, err := w.s.write.QueryContext(w.Context(), "SELECT * FROM "+table)
		if err != nil {
			w.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			w.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				w.Fatal(err)
			}
			var line strings.Builder
			for i, value := range values {
				if raw, ok := value.([]byte); ok {
					value = string(raw)
				}
				fmt.Fprintf(&line, "%s=%v ", columns[i], value)
			}
			out[table] = append(out[table], line.String())
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			w.Fatal(err)
		}
		slices.Sort(out[table])
	}
	return out
}

// holds lists the tables that hold one of the texts.
func holds(dump map[string][]string, texts ...string) []string {
	var out []string
	for _, table := range slices.Sorted(maps.Keys(dump)) {
		for _, row := range dump[table] {
			if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(row, text) }) {
				out = append(out, table+": "+row)
			}
		}
	}
	return out
}

// TestErase erases one of two people of the same name: the other keeps it wherever a text speaks of her, and what nobody
// can know is left and told.
func TestErase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		c := w.crowd()
		w.verify()
		before := w.dump()
		dry := w.erase(Erasure{Person: c.person.Meta().ID, DryRun: true})
		if after := w.dump(); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Error("a dry run changed something")
		}
		report := w.erase(Erasure{Person: c.person.Meta().ID})
		if fmt.Sprint(dry) != fmt.Sprint(report) {
			t.Errorf("a dry run said\n%+v, and what was done is\n%+v", dry, report)
		}
		w.verify()
		for _, check := range []struct{ what, got, want string }{
			{"the minutes", *w.row(Schema.Documents, c.minutes.Meta().ID).(*models.Document).Text, "出席：■　■■、单芬奇伟。\n市科技局■■■汇报，单芬奇（记者）到场。"},
			{"the item", *w.row(Schema.AgendaItems, c.item.Meta().ID).(*models.AgendaItem).Text, "市科技局■■■汇报，单芬奇（记者）到场。"},
			{"her seat", w.row(Schema.Attendances, c.seat.Meta().ID).(*models.Attendance).Label, "市科技局■■■"},
			{"the other's seat", w.row(Schema.Attendances, c.twinSeat.Meta().ID).(*models.Attendance).Label, "单芬奇（记者）"},
			{"the person", w.row(Schema.People, c.person.Meta().ID).(*models.Person).Name, "■■■"},
			{"the other", w.row(Schema.People, c.twin.Meta().ID).(*models.Person).Name, "单芬奇"},
		} {
			if check.got != check.want {
				t.Errorf("%s: %q, want %q", check.what, check.got, check.want)
			}
		}
		if len(report.SameNamed) != 1 || report.SameNamed[0] != c.twin.Meta().ID || report.Entries == 0 || report.Removed == 0 {
			t.Errorf("%+v", report)
		}
		rest := holds(w.dump(), "单工", "A-17")
		if len(rest) > 0 {
			t.Errorf("still there:\n%s", strings.Join(rest, "\n"))
		}
		if _, err := w.s.Erase(t.Context(), admin, Erasure{Person: c.person.Meta().ID}); UserErrors(err) == nil {
			t.Errorf("erased twice: %v", err)
		}
	})
}

// TestEraseEverything erases somebody whose name nobody else bears, out of every column of every table.
func TestEraseEverything(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		c := w.crowd()
		report, err := w.s.Erase(t.Context(), admin, Erasure{Person: c.person.Meta().ID, Everywhere: true})
		if UserErrors(err) == nil {
			t.Fatalf("another bears the name, and it was erased everywhere: %+v %v", report, err)
		}
		w.do("merge", func(tx *Tx) error {
			_, err := tx.Merge(Schema.People, c.person.Meta().ID, []models.ID{c.twin.Meta().ID}, "")
			return err
		})
		if _, err := w.s.AddImportJob(t.Context(), admin, "单芬奇.txt", []byte("单芬奇"), 9, JobLimits{5, 5}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.Erase(t.Context(), admin, Erasure{Person: c.person.Meta().ID, Everywhere: true}); UserErrors(err) == nil {
			t.Fatalf("while an import waits: %v", err)
		}
		if _, err := w.s.InterruptImportJobs(t.Context(), "", models.Now()); err != nil {
			t.Fatal(err)
		}
		job, _, err := w.s.ClaimImportJob(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.s.FailImportJob(t.Context(), job.ID, "a", models.StepMatch, &models.ImportJobError{Code: "X", Message: "who is 单芬奇?", Path: []string{}}); err != nil {
			t.Fatal(err)
		}
		before := w.dump()
		crash := errors.New("crash")
		err = w.s.Write(t.Context(), admin, func(tx *Tx) error {
			if _, err := tx.Erase(Erasure{Person: c.person.Meta().ID, Everywhere: true}); err != nil {
				return err
			}
			return errors.Join(crash, tx.finish())
		})
		if !errors.Is(err, crash) || fmt.Sprint(w.dump()) != fmt.Sprint(before) {
			t.Fatalf("a crash before the commit left something behind: %v", err)
		}
		report = w.erase(Erasure{Person: c.person.Meta().ID, Everywhere: true})
		if len(report.Left) > 0 {
			t.Errorf("left: %+v", report.Left)
		}
		w.verify()
		rest := slices.DeleteFunc(holds(w.dump(), "单芬奇", "单　芬奇", "单工", "A-17", "shan fen qi", "shanfenqi"), func(row string) bool {
			return strings.Contains(row, "单芬奇伟") || strings.Contains(row, "shan fen qi wei") || strings.Contains(row, "shanfenqiwei") // somebody else
		})
		if len(rest) > 0 {
			t.Errorf("still there:\n%s", strings.Join(rest, "\n"))
		}
		if path, ok := strings.CutPrefix(database, "sqlite:"); ok {
			for _, file := range []string{path, path + "-wal"} {
				data, err := os.ReadFile(file)
				if err != nil && !errors.Is(err, os.ErrNotExist) {
					t.Fatal(err)
				}
				if strings.Contains(strings.ReplaceAll(string(data), "单芬奇伟", ""), "单芬奇") {
					t.Errorf("%s still holds the name", file)
				}
			}
		}
	})
}

// TestEraseChain looks whether Verify takes what an erasure did for what it is, and nothing else for it.
func TestEraseChain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		for _, older := range []bool{false, true} {
			t.Run(fmt.Sprintf("older=%v", older), func(t *testing.T) {
				w := writer{t, openedAnew(t, database, map[bool]uint64{true: 1}[older])}
				c := w.crowd()
				if older {
					w.older()
				}
				w.verify()
				w.erase(Erasure{Person: c.person.Meta().ID})
				w.verify()
				w.update(Schema.Meetings, c.meeting, map[string]any{"title": "新"})
				w.verify()
				var listed []erasedEntry
				for _, entry := range w.log(c.person.Meta().ID) {
					if entry.Operation == models.OperationErase {
						listed, _ = erasedIn(entry)
						if entry.Public {
							t.Error("a guest may read which entries were erased")
						}
					}
				}
				if len(listed) == 0 {
					t.Fatal("nothing is listed")
				}
				first := listed[0].Change
				for _, tamper := range []string{
					fmt.Sprintf("UPDATE changes SET hash = X'%064d' WHERE sequence = %d", 7, first),
					fmt.Sprintf("UPDATE changes SET fields = '[]' WHERE sequence = %d", first),
					fmt.Sprintf("UPDATE changes SET actor = 'eve' WHERE sequence = %d", first),
					fmt.Sprintf("UPDATE changes SET reason = 'x' WHERE sequence = %d", first),
					"UPDATE changes SET fields = '[]', salt = NULL WHERE sequence = 1",
					"UPDATE changes SET fields = '[]' WHERE operation = 'ERASE'",
				} {
					w.within(tamper, func() {
						report, err := w.s.Verify(t.Context())
						if err != nil {
							t.Fatal(err)
						}
						if !strings.Contains(strings.Join(report.Problems, "\n"), "is not what was written") {
							t.Errorf("%s: not found:\n%s", tamper, strings.Join(report.Problems, "\n"))
						}
					})
				}
				w.verify()
			})
		}
	})
}

// within makes a change by hand, and takes it back afterwards.
func (w writer) within(statement string, look func()) {
	w.Helper()
	var rows []any
	w.do("keep", func(tx *Tx) (err error) {
		rows, err = tx.find(&Schema.Changes.typing, nil, "sequence", "1 = 1")
		return err
	})
	w.tamper(statement)
	look()
	w.do("take back", func(tx *Tx) error {
		for _, row := range rows {
			c := row.(*models.Change)
			var salt any
			if c.Salt != nil {
				salt = c.Salt
			}
			err := tx.exec("UPDATE changes SET fields = ?, reason = ?, actor = ?, hash = ?, salt = ? WHERE id = ?", c.FieldsJSON, c.Reason, c.ActorName, c.Hash, salt, c.ID)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TestEraseUnknown asks for somebody who is not there.
func TestEraseUnknown(t *testing.T) {
	s := opened(t, storetest.SQLite(t))
	if _, err := s.Erase(context.WithoutCancel(t.Context()), admin, Erasure{Person: models.NewID()}); !errors.Is(err, models.ErrNotFound) {
		t.Error(err)
	}
}

func TestNameMatcher(t *testing.T) {
	m := newNameMatcher([]string{"王芳", "Ann Lee", "O\"K%"}, []string{"王芳华", "小王芳"})
	for text, want := range map[string]string{
		"王芳、王　芳、王\n芳":           "■■、■　■、■\n■",
		"王芳华、小王芳、王芳。":           "王芳华、小王芳、■■。",
		"ANN  LEE, Ann Leeds":   "■■■  ■■■, Ann Leeds",
		"JoAnn Lee; ann\tlee's": "JoAnn Lee; ■■■\t■■■'s",
		"O\"K%":                 "■■■■",
		"无":                     "无",
	} {
		if got := m.mask(text, every(len(m.find(text)))); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	out, found, done := m.maskJSON(`{"text":"王芳\n说 \"王芳\"","n":1}`, every)
	if out != `{"text":"■■\n说 \"■■\"","n":1}` || found != 2 || done != 2 {
		t.Error(out, found, done)
	}
}
