package resolvers

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// wanderer asks questions at random that start from a record or from words: searches, walks and networks, and records by
// their ids. Some of the records are hidden.
type wanderer struct {
	*asker
	every []string // ids of records
}

func (w *wanderer) id() string { return w.every[w.rng.IntN(len(w.every))] }

func (w *wanderer) of(typeName string) string {
	return w.ids[typeName][w.rng.IntN(len(w.ids[typeName]))]
}

// question writes one root field with its arguments and whatever is selected below it.
func (w *wanderer) question() string {
	w.out.Reset()
	w.names, w.spread = 0, nil
	name, arguments := w.root()
	f := w.schema.Query.Fields.ForName(name)
	fmt.Fprintf(&w.out, "{ %s(%s)", name, arguments)
	w.selection(w.schema.Types[f.Type.Name()], 1)
	w.out.WriteString("}")
	return w.out.String() + strings.Join(w.spread, "")
}

func (w *wanderer) root() (name, arguments string) {
	switch w.rng.IntN(8) {
	case 0, 1:
		return "search", fmt.Sprintf(`query: %q%s%s`, []string{"会议", "计划", "机构1", "人3 ", "审", "落实", "ren", "代表", "%", "局 长"}[w.rng.IntN(10)], w.period(),
			[]string{"", ", first: 100", ", types: [MEETING, AGENDA_ITEM, ORGANIZATION]", `, body: "` + w.of("Organization") + `"`}[w.rng.IntN(4)])
	case 2:
		return "neighbors", fmt.Sprintf(`id: %q, depth: %d, first: %d%s`, w.id(), 1+w.rng.IntN(3), 1+w.rng.IntN(40), w.kinds())
	case 3:
		return "path", fmt.Sprintf(`from: %q, to: %q, maxLength: %d%s`, w.id(), w.id(), 1+w.rng.IntN(6), w.kinds())
	case 4:
		kinds := w.schema.Types["NetworkKind"].EnumValues
		return "network", fmt.Sprintf(`kind: %s%s%s`, kinds[w.rng.IntN(len(kinds))].Name, w.period(), []string{"", ", minWeight: 2", `, body: "` + w.of("Organization") + `"`, ", first: 5"}[w.rng.IntN(4)])
	case 5:
		return "timeline", fmt.Sprintf(`id: %q%s`, w.id(), []string{"", ", first: 3"}[w.rng.IntN(2)])
	case 6:
		return "nodes", fmt.Sprintf(`ids: [%q, %q]`, w.id(), w.id())
	}
	typeName := []string{"Person", "Meeting", "Organization", "AgendaItem", "Document", "Decision"}[w.rng.IntN(6)]
	return strings.ToLower(typeName[:1]) + typeName[1:], fmt.Sprintf("id: %q", w.of(typeName))
}

func (w *wanderer) period() string {
	return []string{"", "", `, from: "2021-01-01"`, `, to: "2021-03-01"`, `, from: "2020-02-01", to: "2021-12-31"`}[w.rng.IntN(5)]
}

func (w *wanderer) kinds() string {
	kinds := w.schema.Types["EdgeKind"].EnumValues
	one := func() string { return kinds[w.rng.IntN(len(kinds))].Name }
	return []string{"", "", "", ", via: [" + one() + ", " + one() + ", " + one() + "]", ", exclude: [" + one() + "]"}[w.rng.IntN(5)]
}

// wander makes a wanderer over the rows.
func wander(schema *ast.Schema, rows []any) *wanderer {
	w := &wanderer{asker: &asker{schema: schema, rng: rand.New(rand.NewPCG(21, 22)), without: []string{"createdAt", "updatedAt"}, ids: map[string][]string{}}}
	for _, row := range rows {
		if record, ok := row.(models.Record); ok {
			w.ids[typeName(row)] = append(w.ids[typeName(row)], record.NodeID())
			w.every = append(w.every, record.NodeID())
		}
	}
	return w
}

// TestHiddenRecordsDoNotInterfereWithWalks asks what starts from words or records as a guest, of a database that holds
// hidden records and of one from which they were left out: whatever is found, counted, drawn or refused is the same.
func TestHiddenRecordsDoNotInterfereWithWalks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(14)
		whole := serve(t, written(t, database, rows, store.Options{}))
		bare := serve(t, written(t, storetest.SQLite(t), withoutHidden(rows), store.Options{}))
		w := wander(whole.api.Schema(), rows)
		size, refused := 0, 0
		for i := range 600 {
			query := w.question()
			want, wantErrors := bare.ask(true, query)
			got, gotErrors := whole.ask(true, query)
			if at := different("", any(want), any(got)); at != "" || wantErrors != gotErrors {
				t.Fatalf("question %d: %s\nwithout hidden records (want), with them (got): %s\n%s\n%s", i, query, at, wantErrors, gotErrors)
			}
			size += measure(got)
			if gotErrors != "" {
				refused++
			}
		}
		if size < 5000 || refused == 600 {
			t.Errorf("answers of %d values, %d of them errors, say little", size, refused)
		}
	})
}

// moments are what differs between two databases that were written one after the other.
var moments = regexp.MustCompile(`20[2-9]\d-\d\d-\d\dT[0-9:.]+Z?|2026\d{4}T\d{6}Z`)

// TestHiddenRecordsDoNotInterfereWithExports fetches every export as a guest from both.
func TestHiddenRecordsDoNotInterfereWithExports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(10)
		s, left := written(t, database, rows, store.Options{}), written(t, storetest.SQLite(t), withoutHidden(rows), store.Options{})
		whole, bare := serve(t, s).api.Export(s), serve(t, left).api.Export(left)
		var paths []string
		for _, list := range []string{"meetings", "agendaItems", "decisions", "directives", "documents", "organizations", "people", "attendances", "memberships"} {
			paths = append(paths, list+".csv", list+".jsonl")
		}
		for _, kind := range []string{"CO_ATTENDANCE", "PRESENTS_TO", "OWES", "DIRECTED_AT"} {
			paths = append(paths, "network.gexf?kind="+kind, "network.graphml?kind="+kind)
		}
		for _, row := range rows {
			if record, ok := row.(models.Record); ok {
				if _, ok := row.(*models.Organization); ok {
					paths = append(paths, "organizations/"+record.NodeID()+".ics", "organizations/"+record.NodeID()+".atom")
				}
				paths = append(paths, "records/"+record.NodeID()+".jsonld")
			}
		}
		files := 0
		for _, path := range paths {
			want, wantStatus := fetched(t, bare, path)
			got, gotStatus := fetched(t, whole, path)
			if want != got || wantStatus != gotStatus {
				t.Errorf("%s: %d without hidden records, %d with them\n%s\n%s", path, wantStatus, gotStatus, want, got)
			}
			if gotStatus == http.StatusOK {
				files++
			}
		}
		if files < 50 {
			t.Errorf("%d exports of %d say little", files, len(paths))
		}
	})
}

func fetched(t *testing.T, exports http.Handler, path string) (text string, status int) {
	t.Helper()
	recorder := httptest.NewRecorder()
	exports.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/export/"+path, nil))
	body, err := io.ReadAll(recorder.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return moments.ReplaceAllString(string(body), "then"), recorder.Code
}
