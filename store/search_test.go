package store

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
	"github.com/minutebook/minutebook/store/storetest"
)

// found is what a search answered.
type found struct {
	ids    []models.ID
	scores []int
	total  int
	groups map[string]int // by "BODY 太仓市人民政府", null as "BODY "
}

// look searches for words as an actor, page by page, and counts.
func look(t testing.TB, s *Store, actor models.Actor, what Search) found {
	t.Helper()
	e := s.Hits(t.Context(), what)
	var out found
	page := &Page{Size: 40}
	for {
		q := &Query{Entity: e, Sort: e.Sort, Rows: true, Cursors: true, Total: true, Page: page}
		answer, err := s.SearchPage(t.Context(), actor, q)
		if err != nil {
			t.Fatalf("%q: %v", what.Query.Whole, err)
		}
		for _, hit := range answer.Nodes {
			out.ids, out.scores = append(out.ids, hit.ID), append(out.scores, hit.Rank)
		}
		if out.total = answer.TotalCount; !answer.PageInfo.HasNextPage {
			break
		}
		cursor, err := ParseCursor(*answer.PageInfo.EndCursor, e, e.Sort)
		if err != nil {
			t.Fatal(err)
		}
		page = &Page{Size: 40, After: cursor}
	}
	out.groups = map[string]int{}
	for name, d := range e.dims {
		g := &Grouping{Key: "g", By: []*Dimension{d}, First: 1000}
		answer, err := s.loader(t.Context(), actor).level(&Query{Entity: e, Groups: []*Grouping{g}}, level{})
		if err != nil {
			t.Fatalf("%q by %s: %v", what.Query.Whole, name, err)
		}
		for _, group := range answer.of(models.ID{}).groups["g"] {
			value := ""
			if group.Keys[0].Value != nil {
				value = *group.Keys[0].Value
			}
			out.groups[name+" "+value] = group.Count
		}
	}
	return out
}

func words(t testing.TB, text string) Search {
	t.Helper()
	q, err := search.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return Search{Query: q}
}

var viewer = models.Actor{Subject: "v", Role: models.RoleViewer}

func TestSearchFindsWhatIsWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		w := writer{t, s}
		at := w.town("PUBLIC")
		sees := func(text string, want ...models.Record) {
			t.Helper()
			for name, actor := range map[string]models.Actor{"guest": {}, "viewer": viewer} {
				got := look(t, s, actor, words(t, text))
				if len(got.ids) != got.total {
					t.Errorf("%q as %s: %d hits and a total of %d", text, name, len(got.ids), got.total)
				}
				for _, record := range want {
					if !slices.Contains(got.ids, record.Meta().ID) {
						t.Errorf("%q as %s: %s is not among %d hits", text, name, record.RecordType(), len(got.ids))
					}
				}
				if len(want) == 0 && len(got.ids) > 0 {
					t.Errorf("%q as %s: %d hits", text, name, len(got.ids))
				}
			}
		}
		sees("科技局", at.office)
		sees("市科技", at.office)
		sees("太倉市科學", at.office)
		sees("科", at.office)
		sees("局 市科技", at.office)
		sees("芬奇", at.person)
		for _, reading := range []string{"shanfenqi", "dan fenqi", "chan fen qi", "sfq", "DFQ", "fenqi"} {
			sees(reading, at.person)
		}
		sees("务会议第7次", at.meeting)
		sees("不在其中")
		w.update(Schema.Organizations, at.office, map[string]any{"name": "太仓市数据局"})
		sees("数据局", at.office)
		sees("科学技术局", at.office) // stays as an alias
		w.update(Schema.Organizations, at.office, map[string]any{"names": []any{}})
		sees("科学技术局")
		sees("科技局")
		w.update(Schema.Meetings, at.meeting, map[string]any{"title": "Works weekly"})
		sees("works week", at.meeting)
		sees("常务会议第7次")
	})
}

func TestSearchKeepsVisibility(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		w := writer{t, s}
		at := w.town("PUBLIC")
		item := at.item.(*models.AgendaItem)
		text := strings.TrimSpace(item.Title)
		count := func(actor models.Actor) (total int, bodies int) {
			got := look(t, s, actor, words(t, text))
			return got.total, got.groups["BODY "+at.council.NodeID()]
		}
		before, bodies := count(models.Actor{})
		if before == 0 || bodies == 0 {
			t.Fatalf("%q: a guest finds %d, %d of the council", text, before, bodies)
		}
		w.show(Schema.Meetings, at.meeting, models.VisibilityInternal)
		if guest, bodies := count(models.Actor{}); guest >= before || bodies != 0 {
			t.Errorf("a guest finds %d, %d of the council, in a closed meeting", guest, bodies)
		}
		if all, bodies := count(viewer); all != before || bodies == 0 {
			t.Errorf("a viewer finds %d, %d of the council, want %d", all, bodies, before)
		}
		w.show(Schema.Meetings, at.meeting, models.VisibilityPublic)
		if guest, _ := count(models.Actor{}); guest != before {
			t.Errorf("a guest finds %d in a meeting opened again, want %d", guest, before)
		}
	})
}

// eager makes a store ask the full-text index of MySQL whatever the tokens are.
func eager(s *Store) {
	few := &sample{texts: make([]string, sampleSize), taken: time.Now()}
	s.samples.last.Store(few)
}

// TestSearchIsExact compares what searches find with what looking through the texts finds, on random texts of few different
// characters, for random stretches of them and for random strings, as the one and the other way of asking MySQL.
func TestSearchIsExact(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		rng := rand.New(rand.NewPCG(5, 5))
		alphabet := []rune("市府会议的同意方案審审計计ab12 ，。《》\nÉe·科技局太仓")
		text := func(length int) string {
			out := make([]rune, length)
			for i := range out {
				out[i] = alphabet[rng.IntN(len(alphabet))]
			}
			return string(out)
		}
		folded, originals := map[models.ID]string{}, []string(nil)
		err := s.Write(t.Context(), admin, func(tx *Tx) error {
			for i := range 200 {
				title, body := "市"+text(3+rng.IntN(20)), text(rng.IntN(60))
				id := models.NewID()
				base := models.Base{ID: id, Visibility: models.VisibilityPublic}
				originals = append(originals, title, body)
				record := models.Record(&models.Document{Base: base, Title: title, Text: &body, Kind: models.DocumentKindOther})
				folded[id] = search.Lines(search.Fold(title)) + search.Fold(body)
				if i%2 == 0 {
					record = &models.Organization{Base: base, Name: title, Kind: models.OrganizationKindOther}
					folded[id] = search.Lines(search.Fold(title))
				}
				if err := tx.Add(record); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for round := range 2 {
			if round == 1 {
				eager(s)
			}
			for range 150 {
				from := []rune(originals[rng.IntN(len(originals))])
				typed := text(1 + rng.IntN(4))
				if n := 1 + rng.IntN(4); len(from) > n && rng.IntN(3) > 0 {
					start := rng.IntN(len(from) - n)
					typed = string(from[start : start+n])
				}
				what := words(t, typed)
				want := map[models.ID]bool{}
				for id, form := range folded {
					if what.Query.Fits(form) {
						want[id] = true
					}
				}
				got := look(t, s, models.Actor{}, what)
				if len(got.ids) != len(want) || got.total != len(want) {
					t.Fatalf("%q (%v): %d hits, a total of %d, want %d", typed, what.Query.Terms, len(got.ids), got.total, len(want))
				}
				for _, id := range got.ids {
					if !want[id] {
						t.Fatalf("%q is not in %q", typed, folded[id])
					}
					delete(want, id) // once only
				}
				if !slices.IsSortedFunc(got.scores, func(a, b int) int { return b - a }) {
					t.Fatalf("%q: scores %v", typed, got.scores)
				}
			}
		}
	})
}

// TestSearchTakesEveryString searches for what breaks boolean queries and phrases.
func TestSearchTakesEveryString(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		writer{t, s}.town("PUBLIC")
		for round := range 2 {
			if round == 1 {
				eager(s)
			}
			for _, typed := range []string{
				"", " ", "*", `"`, `""`, `"""`, "((", "~", "@8", "+a -", "***", "+(a", "__", "%", `\`, "'", "' OR '1'='1", "公开 -市长", "a*b", "a OR b", "NEAR(a b)", "title:太仓",
				"-", "+", "<>", "a@b", "{x}", "^a", "太*", "\x00", "\xff", "\U0001f600", "the", "a", "的", "é", "ﷺ", strings.Repeat("+a ", 60), strings.Repeat("市", 200),
				strings.Repeat("x", 200), `"a b" "c`, "--", "/*", "?", ":1", "$1", "\u202e太仓", "a\nb",
			} {
				look(t, s, models.Actor{}, words(t, typed))
				what := words(t, typed)
				what.Types, what.From, what.To = []models.RecordType{models.TypeDocument}, "2020-01-01", "2030-01-01"
				look(t, s, models.Actor{}, what)
			}
		}
	})
}

// TestSearchRanks holds the order of what is found.
func TestSearchRanks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		w := writer{t, s}
		body := w.create(Schema.Organizations, map[string]any{"name": "云湖市人民政府"})
		office := w.create(Schema.Organizations, map[string]any{"name": "云湖市人民政府办公室"})
		other := w.create(Schema.Organizations, map[string]any{"name": "云湖市人民代表大会", "names": []any{map[string]any{"text": "政府 云湖", "kind": "ALIAS"}}})
		meeting := func(title, day string) models.Record {
			return w.create(Schema.Meetings, map[string]any{"title": title, "heldOn": day, "body": body.NodeID()})
		}
		newer, older := meeting("云湖市人民政府常务会议第2次", "2026-02-01"), meeting("云湖市人民政府常务会议第1次", "2026-01-01")
		item := w.create(Schema.AgendaItems, map[string]any{"meeting": newer.NodeID(), "title": "听取汇报", "kind": "HEAR_REPORT", "position": json.Number("1"),
			"text": "云湖市人民政府听取了汇报"})
		for typed, want := range map[string][]models.Record{
			"云湖市人民政府": {body, office, newer, older, item},
			"云湖 政府":   {body, other, office, newer, older, item}, // by the part of the name; another name of it has both words
			"政府 云湖":   {other, body, office, newer, older, item}, // a name as it was typed
		} {
			got := look(t, s, viewer, words(t, typed))
			var ids []models.ID
			for _, record := range want {
				ids = append(ids, record.Meta().ID)
			}
			if !slices.Equal(got.ids, ids) {
				var names []string
				for i, id := range got.ids {
					names = append(names, fmt.Sprint(slices.Index(ids, id), " with ", got.scores[i]))
				}
				t.Errorf("%q: %v", typed, names)
			}
		}
	})
}

// TestCursorsAreForOneSearch holds that a cursor of another search is refused.
func TestCursorsAreForOneSearch(t *testing.T) {
	s := opened(t, storetest.SQLite(t))
	writer{t, s}.town("PUBLIC")
	e := s.Hits(t.Context(), words(t, "太仓"))
	page, err := s.SearchPage(t.Context(), viewer, &Query{Entity: e, Sort: e.Sort, Rows: true, Cursors: true, Page: &Page{Size: 1}})
	if err != nil || page.PageInfo.EndCursor == nil {
		t.Fatal("no page", err)
	}
	if _, err := ParseCursor(*page.PageInfo.EndCursor, s.Hits(t.Context(), words(t, "太仓 ")), e.Sort); err != nil {
		t.Error("the same search:", err)
	}
	bounded := words(t, "太仓")
	bounded.From = "2020-01-01"
	for _, what := range []Search{words(t, "市"), bounded} {
		if _, err := ParseCursor(*page.PageInfo.EndCursor, s.Hits(t.Context(), what), e.Sort); err == nil {
			t.Errorf("the cursor was taken for %q", what.Query.Whole)
		}
	}
}

// TestIndexFollowsTheRecords compares the entries after all kinds of changes with an index made anew.
func TestIndexFollowsTheRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		w := writer{t, s}
		at := w.town("PUBLIC")
		w.update(Schema.Meetings, at.meeting, map[string]any{"heldOn": "2023-03-04"})
		w.update(Schema.People, at.person, map[string]any{"name": "曾荣鑫"})
		w.show(Schema.Organizations, at.council, models.VisibilityInternal)
		same := func(after string) {
			t.Helper()
			before := entries(t, s)
			if err := s.Reindex(t.Context()); err != nil {
				t.Fatal(err)
			}
			if anew := entries(t, s); !slices.Equal(before, anew) {
				t.Errorf("after %s:\n%s\nanew:\n%s", after, strings.Join(before, "\n"), strings.Join(anew, "\n"))
			}
		}
		same("updates")
		minutes := w.create(Schema.Documents, map[string]any{"title": "会议纪要", "kind": "MINUTES", "meeting": at.meeting.NodeID(), "text": "一、审议某事"})
		same("minutes")
		remove := func(e *Entity, record models.Record) {
			t.Helper()
			err := s.Write(t.Context(), admin, func(tx *Tx) error { return tx.Delete(e, record.Meta().ID, "ERROR", nil) })
			if err != nil {
				t.Fatal(err)
			}
		}
		remove(Schema.Attendances, at.seat)
		remove(Schema.AgendaItems, at.item)
		same("deleting the item")
		if got := look(t, s, viewer, words(t, "审议某事")); !slices.Contains(got.ids, minutes.Meta().ID) {
			t.Error("minutes without items are not found by their text")
		}
		remove(Schema.Meetings, at.meeting)
		same("deleting the meeting")
	})
}

// entries lists what is in the index.
func entries(t testing.TB, s *Store) []string {
	t.Helper()
	columns := "record_id, record_type, public, COALESCE(held_on, ''), meeting_id, width, title"
	if s.dialect == MySQL {
		columns += ", content"
	} else {
		columns += ", ''"
	}
	rows, err := s.read.Query("SELECT " + columns + " FROM search_entries")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var id, meeting models.ID
		var kind, public, day, width, title, content string
		if err := rows.Scan(&id, &kind, &public, &day, &meeting, &width, &title, &content); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %s %s %s %s %s %q %q", id, kind, public, day, meeting, width, title, content))
	}
	slices.Sort(all)
	return all
}

// TestMigrateIndexesOldRecords opens a database whose records were written before it had an index.
func TestMigrateIndexesOldRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		at := writer{t, s}.town("PUBLIC")
		before := entries(t, s)
		for _, statement := range []string{"DELETE FROM search_entries", "DELETE FROM search_tokens", "DELETE FROM search_state"} {
			if _, err := s.write.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		if got := look(t, s, viewer, words(t, "科技局")); got.total > 0 {
			t.Fatal("the index was not emptied")
		}
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if anew := entries(t, s); len(anew) == 0 || !slices.Equal(anew, before) {
			t.Errorf("%d entries, want the same %d", len(anew), len(before))
		}
		if got := look(t, s, viewer, words(t, "科技局")); !slices.Contains(got.ids, at.office.Meta().ID) {
			t.Error("an old record is not found")
		}
	})
}
