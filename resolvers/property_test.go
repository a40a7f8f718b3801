package resolvers

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// served is the API over a store, as it is served.
type served struct {
	t     *testing.T
	api   *Handler
	token string
}

func serve(t *testing.T, s *store.Store) *served {
	t.Helper()
	verifier, err := auth.NewVerifier(t.Context(), testAuth())
	if err != nil {
		t.Fatal(err)
	}
	limits := testLimits()
	limits.Document, limits.Aliases, limits.Fields, limits.Depth = 1<<20, 2000, 5000, 30
	limits.Tokens, limits.CostGuest, limits.CostUser, limits.Directives = 20_000, 1<<30, 1<<30, 2000
	limits.Body, limits.QueryTime, limits.Reply = 4<<20, time.Minute, 64<<20
	api := NewHandler(Options{
		Schema: NewSchema(s), Verifier: verifier, Log: slog.New(slog.DiscardHandler), Limits: limits, Concurrent: 4, Queue: 8, QueueWait: time.Minute,
		Rates: Rates{Requests: 1 << 30, Cost: 1 << 40, UserRequests: 1 << 30, UserCost: 1 << 40},
	})
	t.Cleanup(api.Close)
	issuer, err := auth.NewIssuer(testAuth())
	if err != nil {
		t.Fatal(err)
	}
	issued, err := issuer.Issue("v", models.RoleViewer, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return &served{t, api, issued.Token}
}

// ask posts a question, and returns what the answer says.
func (s *served) ask(guest bool, query string) (data map[string]any, errors string) {
	s.t.Helper()
	body, _ := json.Marshal(map[string]any{"query": query}) // a map of strings
	request := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, "/graphql", strings.NewReader(string(body)))
	request.Header.Set("Content-Type", "application/json")
	if !guest {
		request.Header.Set("Authorization", bearer(s.token))
	}
	recorder := httptest.NewRecorder()
	s.api.ServeHTTP(recorder, request)
	var answer struct {
		Data   map[string]any
		Errors json.RawMessage
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		s.t.Fatalf("%v: %s", err, recorder.Body)
	}
	return answer.Data, string(answer.Errors)
}

// stored reads the rows of a world back from where they are kept, with the moments that writing gave them.
func stored(t *testing.T, s *store.Store, rows []any) map[reflect.Type][]any {
	t.Helper()
	out := map[reflect.Type][]any{}
	moments := map[models.ID]*models.Base{}
	err := s.Write(t.Context(), models.Actor{Subject: "tester", Role: models.RoleAdmin}, func(tx *store.Tx) error {
		meetings, err := store.Find[models.Meeting](tx, "version", 1)
		for _, m := range meetings {
			moments[m.ID] = &m.Base
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		row = copied(row)
		if record, ok := row.(models.Record); ok {
			for _, other := range moments { // all were written at once
				record.Meta().CreatedAt, record.Meta().UpdatedAt = other.CreatedAt, other.UpdatedAt
			}
		}
		out[reflect.TypeOf(row)] = append(out[reflect.TypeOf(row)], row)
	}
	return out
}

// TestAnswersAreThoseOfTheReference asks random questions of the API, as a guest and as a viewer, and holds the answers to
// those of a reference that walks the same rows one by one.
func TestAnswersAreThoseOfTheReference(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(14)
		s := written(t, database, rows, store.Options{})
		api := serve(t, s)
		walked := map[bool]*reference{}
		for _, guest := range []bool{true, false} {
			walked[guest] = &reference{rows: stored(t, s, rows), guest: guest, bounds: map[string]bound{}}
		}
		ask := &asker{schema: api.api.Schema(), rng: rand.New(rand.NewPCG(11, 12)), ids: map[string][]string{}, without: []string{"coAttendees"}}
		for _, row := range rows {
			if record, ok := row.(models.Record); ok {
				ask.ids[typeName(row)] = append(ask.ids[typeName(row)], record.NodeID())
			}
		}
		pages := map[bool]map[string][]string{true: {}, false: {}}
		size := 0
		for i := range 1500 {
			guest := i%2 == 0
			ref := walked[guest]
			ask.cursor = func(name, orderBy string) string { return ref.position(api, ask.rng, pages[guest], name, orderBy) }
			query := ask.query()
			document, errs := gqlparser.LoadQueryWithRules(api.api.Schema(), query, rules.NewDefaultRules())
			if errs != nil {
				t.Fatalf("%v\n%s", errs, query)
			}
			got, errors := api.ask(guest, query)
			if errors != "" {
				t.Fatalf("question %d, guest %v: %s\n%s", i, guest, errors, query)
			}
			hideCursors(got)
			want := ref.answer(document.Operations[0])
			if path := different("", want, got); path != "" {
				t.Fatalf("question %d, guest %v: at %s\n%s", i, guest, path, query)
			}
			size += measure(got)
		}
		if size < 50_000 {
			t.Errorf("answers of %d values together say little", size)
		}
	})
}

// position returns the cursor of a record in the list of all in an order, and remembers what it stands for.
func (r *reference) position(api *served, rng *rand.Rand, known map[string][]string, name, orderBy string) string {
	api.t.Helper()
	key := name + orderBy
	if known[key] == nil {
		var list string
		for field, t := range all {
			if typeName(t.to) == name {
				list = field
			}
		}
		data, errors := api.ask(r.guest, "{ list: "+list+"(first: 100, orderBy: ["+orderBy+"]) { edges { cursor node { id } } } }")
		if errors != "" {
			api.t.Fatal(errors)
		}
		known[key] = []string{}
		for _, edge := range data["list"].(map[string]any)["edges"].([]any) {
			cursor := edge.(map[string]any)["cursor"].(string)
			id := edge.(map[string]any)["node"].(map[string]any)["id"]
			for _, rows := range r.rows {
				for _, row := range rows {
					if node, ok := row.(models.Node); ok && node.NodeID() == id {
						r.bounds[cursor] = bound{row}
					}
				}
			}
			known[key] = append(known[key], cursor)
		}
	}
	if len(known[key]) == 0 {
		return ""
	}
	return known[key][rng.IntN(len(known[key]))]
}

// hideCursors puts one word in the place of all cursors: what they are is not for anybody to know.
func hideCursors(v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if text, ok := inner.(string); ok && strings.HasPrefix(name, "c") && text != "" {
				v[name] = "cursor"
			}
			hideCursors(inner)
		}
	case []any:
		for _, inner := range v {
			hideCursors(inner)
		}
	}
}

// measure counts the values of an answer.
func measure(v any) int {
	n := 1
	switch v := v.(type) {
	case map[string]any:
		for _, inner := range v {
			n += measure(inner)
		}
	case []any:
		for _, inner := range v {
			n += measure(inner)
		}
	}
	return n
}

// different returns where two answers differ, with both sides; "" where they do not.
func different(path string, want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok || len(g) != len(w) {
			return fmt.Sprintf("%s: want %v, got %v", path, want, got)
		}
		for name := range w {
			if at := different(path+"."+name, w[name], g[name]); at != "" {
				return at
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Sprintf("%s: want %v, got %v", path, want, got)
		}
		for i := range w {
			if at := different(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); at != "" {
				return at
			}
		}
	default:
		if want != got {
			return fmt.Sprintf("%s: want %v, got %v", path, want, got)
		}
	}
	return ""
}
