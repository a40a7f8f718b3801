package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// do runs a step in a transaction and fails the test when that fails.
func (w writer) do(what string, fn func(tx *Tx) error) {
	w.Helper()
	if err := w.s.Write(w.Context(), admin, fn); err != nil {
		w.Fatalf("%s: %v", what, err)
	}
}

func (w writer) delete(e *Entity, record models.Record) {
	w.Helper()
	w.do("delete a "+e.Name, func(tx *Tx) error { return tx.Delete(e, record.Meta().ID, models.DeletedError, nil) })
}

func (w writer) undo(change models.ID) *Undone {
	w.Helper()
	var out *Undone
	w.do("undo", func(tx *Tx) (err error) {
		out, err = tx.Undo(change)
		return err
	})
	return out
}

// verify fails the test when the store does not keep its rules.
func (w writer) verify() {
	w.Helper()
	report, err := w.s.Verify(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	for _, problem := range report.Problems {
		w.Error(problem)
	}
}

// snapshot is everything in the tables of the graph but what changes with every version.
func (w writer) snapshot() map[string][]string {
	w.Helper()
	out := map[string][]string{}
	w.do("snapshot", func(tx *Tx) error {
		for _, t := range storedTables {
			rows, err := tx.find(&t.typing, nil, "", "1 = 1")
			if err != nil {
				return err
			}
			var texts []string
			for _, row := range rows {
				var parts []string
				for _, column := range t.columnNames() {
					if column != "version" && column != "updated_at" {
						parts = append(parts, column+"="+fmt.Sprint(t.plain(row, column)))
					}
				}
				texts = append(texts, strings.Join(parts, " "))
			}
			out[t.name] = texts
			sortTexts(texts)
		}
		return nil
	})
	return out
}

func sortTexts(texts []string) {
	for i := range texts {
		for j := i; j > 0 && texts[j] < texts[j-1]; j-- {
			texts[j], texts[j-1] = texts[j-1], texts[j]
		}
	}
}

func (w writer) sameAs(before map[string][]string, without ...string) {
	w.Helper()
	after := w.snapshot()
	for _, name := range without {
		delete(before, name)
	}
	for name, rows := range before {
		if !reflect.DeepEqual(rows, after[name]) {
			w.Errorf("%s:\n%s\nbefore:\n%s", name, strings.Join(after[name], "\n"), strings.Join(rows, "\n"))
		}
	}
}

// span states a record in the paper of a town.
func (w writer) span(at *town, owner models.ID) {
	w.do("a span", func(tx *Tx) error {
		return tx.AddParts(&models.SourceSpan{OwnerID: owner, DocumentID: at.paper.Meta().ID, End: 2, Quote: "会议", Method: models.MethodRule})
	})
}

func TestDeleteAndUndo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		w.span(at, at.item.Meta().ID)
		minutes := w.create(Schema.Documents, map[string]any{"title": "会议纪要", "kind": "MINUTES", "meeting": at.meeting.NodeID(), "text": "一、", "visibility": "PUBLIC"})
		w.update(Schema.Meetings, at.meeting, map[string]any{"minutes": minutes.NodeID()})
		before := w.snapshot()
		w.delete(Schema.Meetings, at.meeting)
		for e, record := range map[*Entity]models.Record{
			Schema.Meetings: at.meeting, Schema.AgendaItems: at.item, Schema.Decisions: at.decision, Schema.Directives: at.directive,
			Schema.Attendances: at.seat, Schema.Documents: minutes,
		} {
			if w.row(e, record.Meta().ID) != nil {
				t.Errorf("the %s is still there", e.Name)
			}
			entries := w.log(record.Meta().ID)
			last := entries[len(entries)-1]
			if last.Operation != models.OperationDelete || !last.Public || text(last.Reason) != "ERROR" {
				t.Errorf("tombstone of the %s: %+v", e.Name, last)
			}
			if entries[0].Public {
				t.Errorf("a guest may still read what the %s said", e.Name)
			}
		}
		if w.row(Schema.Documents, at.paper.Meta().ID) == nil || w.row(Schema.People, at.person.Meta().ID) == nil {
			t.Error("what does not belong to the meeting went with it")
		}
		w.verify()
		entries := w.log(at.meeting.Meta().ID)
		undone := w.undo(entries[len(entries)-1].ID)
		if undone.Record == nil || len(undone.Kept) > 0 {
			t.Errorf("undone: %+v", undone)
		}
		w.sameAs(before)
		w.verify()
		err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
			_, err := tx.Undo(entries[len(entries)-1].ID)
			return err
		})
		if problems := UserErrors(err); len(problems) != 1 || problems[0].Code != models.CodeConflict {
			t.Errorf("undone a second time: %v", err)
		}
	})
}

func TestDeleteRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		for e, record := range map[*Entity]models.Record{
			Schema.Organizations: at.office, Schema.People: at.person, Schema.Documents: at.paper, Schema.AgendaItems: at.item,
		} {
			err := w.s.Write(t.Context(), admin, func(tx *Tx) error { return tx.Delete(e, record.Meta().ID, models.DeletedError, nil) })
			if problems := UserErrors(err); len(problems) != 1 || problems[0].Code != models.CodeInUse {
				t.Errorf("delete the %s: %v", e.Name, err)
			}
		}
		old := 7
		err := w.s.Write(t.Context(), admin, func(tx *Tx) error { return tx.Delete(Schema.Meetings, at.meeting.Meta().ID, models.DeletedError, &old) })
		if problems := UserErrors(err); len(problems) != 1 || problems[0].Code != models.CodeConflict {
			t.Errorf("delete another version: %v", err)
		}
		w.verify()
	})
}

func TestUndoUpdate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("INTERNAL")
		before := w.snapshot()
		w.update(Schema.Decisions, at.decision, map[string]any{"text": "改", "steps": []any{}, "documents": nil, "outcome": nil})
		entries := w.log(at.decision.Meta().ID)
		if undone := w.undo(entries[1].ID); len(undone.Kept) > 0 {
			t.Errorf("kept: %v", undone.Kept)
		}
		w.sameAs(before, "field_edits")
		w.update(Schema.Decisions, at.decision, map[string]any{"text": "改", "outcome": "NOTED"})
		w.update(Schema.Decisions, at.decision, map[string]any{"text": "再改"})
		entries = w.log(at.decision.Meta().ID)
		undone := w.undo(entries[3].ID)
		if len(undone.Kept) != 1 || undone.Kept[0] != "text" {
			t.Errorf("kept: %v", undone.Kept)
		}
		decision := w.row(Schema.Decisions, at.decision.Meta().ID).(*models.Decision)
		if decision.Text != "再改" || text(decision.Outcome) != "APPROVED_IN_PRINCIPLE" {
			t.Errorf("after the undo: %+v", decision)
		}
		w.verify()
	})
}

func TestMerge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		twin := w.create(Schema.People, map[string]any{"name": "單芬奇", "visibility": "PUBLIC", "identifiers": []any{map[string]any{"scheme": "wikidata", "value": "Q1"}}})
		w.create(Schema.Attendances, map[string]any{"meeting": at.meeting.NodeID(), "person": twin.NodeID(), "organization": at.office.NodeID(),
			"label": "單芬奇", "capacity": "ATTENDING", "position": 2, "visibility": "PUBLIC"})
		other := w.create(Schema.Attendances, map[string]any{"meeting": at.meeting.NodeID(), "person": twin.NodeID(), "label": "單芬奇",
			"capacity": "RECORDER", "position": 3, "visibility": "PUBLIC"})
		w.span(at, twin.Meta().ID)
		bureau := w.create(Schema.Organizations, map[string]any{"name": "科技局", "visibility": "PUBLIC"})
		w.update(Schema.AgendaItems, at.item, map[string]any{"presenters": []any{
			map[string]any{"organization": bureau.NodeID()}, map[string]any{"organization": at.office.NodeID(), "person": twin.NodeID()},
		}})
		w.update(Schema.Directives, at.directive, map[string]any{"addressees": []any{bureau.NodeID(), at.office.NodeID()}})
		before := w.snapshot()
		for _, merge := range []struct {
			e          *Entity
			keep, gone models.Record
		}{{Schema.People, at.person, twin}, {Schema.Organizations, at.office, bureau}} {
			w.do("merge", func(tx *Tx) error {
				_, err := tx.Merge(merge.e, merge.keep.Meta().ID, []models.ID{merge.gone.Meta().ID}, "one and the same")
				return err
			})
			w.verify()
			if w.row(merge.e, merge.gone.Meta().ID) != nil {
				t.Errorf("the merged %s is still there", merge.e.Name)
			}
			w.do("resolve", func(tx *Tx) error {
				record, err := tx.record(merge.e, merge.gone.Meta().ID)
				if err == nil && record.Meta().ID != merge.keep.Meta().ID {
					t.Errorf("the id of the merged %s leads to %s", merge.e.Name, record.Meta().ID)
				}
				return err
			})
		}
		if seat := w.row(Schema.Attendances, other.Meta().ID).(*models.Attendance); *seat.PersonID != at.person.Meta().ID || seat.Version != 2 {
			t.Errorf("the attendance of the merged person: %+v", seat)
		}
		for _, gone := range []models.Record{bureau, twin} {
			entries := w.log(gone.Meta().ID)
			last := entries[len(entries)-1]
			if last.Operation != models.OperationMerge || last.MergedID == nil {
				t.Fatalf("last entry: %+v", last)
			}
			if undone := w.undo(last.ID); len(undone.Kept) > 0 {
				t.Errorf("kept: %v", undone.Kept)
			}
		}
		w.sameAs(before, "field_edits")
		w.verify()
	})
}

func TestVisibility(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		at := w.town("PUBLIC")
		public := func(e *Entity, record models.Record) bool { return w.row(e, record.Meta().ID).Meta().Public }
		if !public(Schema.Decisions, at.decision) || !public(Schema.Attendances, at.seat) {
			t.Fatal("a public town is not public")
		}
		w.update(Schema.Decisions, at.decision, map[string]any{"text": "秘密"})
		closed := w.show(Schema.Organizations, at.council, models.VisibilityInternal)
		if closed.Meta().Public || closed.Meta().Version != 2 {
			t.Errorf("the closed council: %+v", closed.Meta())
		}
		for e, record := range map[*Entity]models.Record{Schema.Meetings: at.meeting, Schema.AgendaItems: at.item, Schema.Decisions: at.decision,
			Schema.Directives: at.directive, Schema.Attendances: at.seat} {
			if public(e, record) {
				t.Errorf("the council is closed, its %s is not", e.Name)
			}
		}
		if !public(Schema.Organizations, at.office) || !public(Schema.Memberships, at.member) {
			t.Error("what does not belong to the council was closed with it")
		}
		for _, entry := range w.log(at.decision.Meta().ID) {
			if entry.Public {
				t.Errorf("a guest may read entry %d of the closed decision", entry.Version)
			}
		}
		w.verify()
		w.show(Schema.Organizations, at.council, models.VisibilityPublic)
		if !public(Schema.Decisions, at.decision) {
			t.Error("the council is open again, the decision is not")
		}
		entries := w.log(at.council.Meta().ID)
		for i, want := range []bool{false, false, true} {
			if entries[i].Public != want {
				t.Errorf("entry %d of the council: public %v", i, entries[i].Public)
			}
		}
		w.show(Schema.People, at.person, models.VisibilityInternal)
		if public(Schema.Attendances, at.seat) || public(Schema.Memberships, at.member) || !public(Schema.AgendaItems, at.item) {
			t.Error("closing a person does not close their seat and membership, or closes more")
		}
		w.verify()
	})
}

// TestRandomHistories does what comes along, some of it refused, and looks whether the rules hold afterwards.
func TestRandomHistories(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		for seed := range uint64(4) {
			t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { randomHistory(writer{t, openedAnew(t, database, seed)}, seed) })
		}
	})
}

// openedAnew opens the database for the first history, and a fresh one of the same kind for the others.
func openedAnew(t *testing.T, database string, seed uint64) *Store {
	if seed > 0 && strings.HasPrefix(database, "sqlite") {
		database = storetest.SQLite(t)
	} else if seed > 0 {
		database = storetest.MySQL(t)
	}
	return opened(t, database)
}

func randomHistory(w writer, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 42))
	at := w.town([]string{"PUBLIC", "INTERNAL"}[rng.IntN(2)])
	twin := w.create(Schema.People, map[string]any{"name": "单芬奇", "visibility": "PUBLIC"})
	records := []struct {
		e      *Entity
		record models.Record
	}{
		{Schema.Organizations, at.council}, {Schema.Organizations, at.office}, {Schema.People, at.person}, {Schema.People, twin}, {Schema.Meetings, at.meeting},
		{Schema.AgendaItems, at.item}, {Schema.Decisions, at.decision}, {Schema.Directives, at.directive}, {Schema.Attendances, at.seat},
		{Schema.Documents, at.paper}, {Schema.Memberships, at.member},
	}
	done := map[string]int{}
	for range 60 {
		r := records[rng.IntN(len(records))]
		var what string
		var step func(*Tx) error
		switch rng.IntN(7) {
		case 0, 1:
			what, step = "visibility", func(tx *Tx) error {
				_, err := tx.SetVisibility(r.e, r.record.Meta().ID, []models.Visibility{"PUBLIC", "INTERNAL"}[rng.IntN(2)], nil)
				return err
			}
		case 2:
			seat := map[string]any{"person": []string{at.person.NodeID(), twin.NodeID()}[rng.IntN(2)]}
			what, step = "move", func(tx *Tx) error {
				_, err := tx.Update(Schema.Attendances, at.seat.Meta().ID, seat, nil)
				return err
			}
		case 3:
			what, step = "delete", func(tx *Tx) error { return tx.Delete(r.e, r.record.Meta().ID, models.DeletedOther, nil) }
		case 4:
			what, step = "merge", func(tx *Tx) error {
				_, err := tx.Merge(Schema.People, at.person.Meta().ID, []models.ID{twin.Meta().ID}, "")
				return err
			}
		default:
			entries := w.log(r.record.Meta().ID)
			change := entries[rng.IntN(len(entries))]
			what, step = "undo "+string(change.Operation), func(tx *Tx) error {
				_, err := tx.Undo(change.ID)
				return err
			}
		}
		err := w.s.Write(w.Context(), admin, step)
		if err != nil && UserErrors(err) == nil {
			w.Fatalf("%s of a %s: %v", what, r.e.Name, err)
		}
		if err == nil {
			done[what]++
		}
	}
	w.Logf("done: %v", done)
	w.verify()
}
