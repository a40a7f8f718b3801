package store

import (
	"slices"
	"strings"
	"testing"

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
	page := &Page{Size: 7}
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
		page = &Page{Size: 7, After: cursor}
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
