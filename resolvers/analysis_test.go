package resolvers

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// storeWith returns a store that holds the rows.
func storeWith(t testing.TB, database string, rows []any, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = s.Write(t.Context(), models.Actor{Subject: "tester", Role: models.RoleAdmin}, func(tx *store.Tx) error {
		for _, row := range rows {
			var err error
			switch row := row.(type) {
			case *models.Change: // the store writes its own log
			case models.Record:
				err = tx.Add(row)
			default:
				err = tx.AddParts(row)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// answerOf asks and reads the answer into a value.
func answerOf[T any](t testing.TB, schema graphql.ExecutableSchema, actor models.Actor, query string) T {
	t.Helper()
	a := ask(t, schema, actor, query, nil)
	if len(a.Errors) > 0 {
		t.Fatalf("%s: %v", query, a.Errors)
	}
	var into T
	if err := json.Unmarshal(a.Data, &into); err != nil {
		t.Fatal(err)
	}
	return into
}

type (
	withID struct{ ID string }
	hop    struct {
		Kind             string
		Count            int
		From, To, Record withID
	}
	way struct {
		Length int
		Nodes  []withID
		Hops   []hop
	}
)

// places are the records walks start from: all but attendances and memberships.
func (g *plainGraph) places() []string {
	var out []string
	for _, id := range slices.Sorted(maps.Values(g.seen)) {
		if !strings.HasPrefix(id, "attendance") && !strings.HasPrefix(id, "membership") {
			out = append(out, id)
		}
	}
	return out
}

// TestPathsAreShortest compares with a walk over the rows by hand, as a guest and as a reader who sees all.
func TestPathsAreShortest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(12)
		_, schema := schemas(storeWith(t, database, rows, store.Options{}))
		all := plainGraphOf(rows, true).places()
		rng := rand.New(rand.NewPCG(1, 3))
		for i, actor := range readers {
			g := plainGraphOf(rows, i == 1)
			found := 0
			for range 60 {
				from, to := all[rng.IntN(len(all))], all[rng.IntN(len(all))]
				got := answerOf[struct {
					Path *struct {
						way
						Alternatives []way
					}
				}](t, schema, actor, fmt.Sprintf(`{ path(from: "%s", to: "%s") { ...way alternatives { ...way } } }
					fragment way on Path { length nodes { id } hops { kind count from { id } to { id } record { id } } }`, from, to)).Path
				distance, ways := g.from(from)
				far, reached := distance[to]
				there := slices.Contains(g.places(), from) && slices.Contains(g.places(), to) && reached && far <= maxPathLength
				if there != (got != nil) {
					t.Fatalf("%q: from %s to %s: there is a way: %v (length %d), found %v", actor.Role, from, to, there, far, got)
				}
				if got == nil {
					continue
				}
				found++
				if len(got.Alternatives) != min(maxAlternatives, ways[to]-1) {
					t.Errorf("%q: from %s to %s: %d alternatives of %d ways", actor.Role, from, to, len(got.Alternatives), ways[to])
				}
				for _, w := range append(got.Alternatives, got.way) {
					g.check(t, w, from, to, far)
				}
			}
			if found < 20 {
				t.Errorf("%q: only %d ways found", actor.Role, found)
			}
		}
	})
}

// check holds a way to the graph.
func (g *plainGraph) check(t *testing.T, w way, from, to string, length int) {
	t.Helper()
	if w.Length != length || len(w.Hops) != length || len(w.Nodes) != length+1 || w.Nodes[0].ID != from || w.Nodes[length].ID != to {
		t.Fatalf("a way of length %d, want %d: %v", w.Length, length, w)
	}
	for i, h := range w.Hops {
		if g.ties[[3]string{h.Kind, h.From.ID, h.To.ID}] != h.Count || h.Count == 0 || h.Record.ID == "" {
			t.Fatalf("hop %v is no tie", h)
		}
		if a, b := w.Nodes[i].ID, w.Nodes[i+1].ID; (h.From.ID != a || h.To.ID != b) && (h.From.ID != b || h.To.ID != a) {
			t.Fatalf("hop %v does not lead from %s to %s", h, a, b)
		}
	}
}

// TestNeighborsAreAllThereAre pages through the neighbourhood of every record in small pages.
func TestNeighborsAreAllThereAre(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(8)
		_, schema := schemas(storeWith(t, database, rows, store.Options{}))
		for i, actor := range readers {
			g := plainGraphOf(rows, i == 1)
			for at, id := range plainGraphOf(rows, true).places() {
				if at%3 == 0 {
					continue
				}
				depth := at % 3
				if at%4 == 0 {
					depth = 3
				}
				got, counts := neighbourhood(t, schema, actor, id, depth)
				if want := g.within(id, depth); !maps.Equal(got, want) {
					t.Fatalf("%q: %d steps around %s: %d ties, want %d", actor.Role, depth, id, len(got), len(want))
				}
				sum := 0
				for _, n := range counts {
					sum += n
				}
				if want := len(g.within(id, 1)); sum != want {
					t.Errorf("%q: %s has %v, together %d, want %d", actor.Role, id, counts, sum, want)
				}
			}
		}
	})
}

// within are the ties that can be walked in some steps.
func (g *plainGraph) within(id string, depth int) map[[3]string]int {
	distance, _ := g.from(id)
	out := map[[3]string]int{}
	for tie, n := range g.ties {
		a, known := distance[tie[1]]
		if b := distance[tie[2]]; known && min(a, b) < depth {
			out[tie] = n
		}
	}
	return out
}

func neighbourhood(t *testing.T, schema graphql.ExecutableSchema, actor models.Actor, id string, depth int) (ties map[[3]string]int, counts map[string]int) {
	t.Helper()
	ties, counts = map[[3]string]int{}, map[string]int{}
	for after := "null"; ; {
		n := answerOf[struct {
			Neighbors struct {
				Nodes  []withID
				Edges  []hop
				Counts []struct {
					Kind  string
					Count int
				}
				PageInfo  models.PageInfo
				Truncated bool
			}
		}](t, schema, actor, fmt.Sprintf(`{ neighbors(id: "%s", depth: %d, first: 7, after: %s) { nodes { id } edges { kind count from { id } to { id } record { id } }
			counts { kind count } pageInfo { hasNextPage endCursor } truncated } }`, id, depth, after)).Neighbors
		for _, e := range n.Edges {
			key := [3]string{e.Kind, e.From.ID, e.To.ID}
			if _, twice := ties[key]; twice {
				t.Fatalf("%v came twice", key)
			}
			ties[key] = e.Count
			if !slices.Contains(n.Nodes, e.From) || !slices.Contains(n.Nodes, e.To) {
				t.Fatalf("%v has an end that is not among the nodes", e)
			}
		}
		for _, c := range n.Counts {
			counts[c.Kind] = c.Count
		}
		if n.Truncated != n.PageInfo.HasNextPage {
			t.Fatalf("truncated %v, next page %v", n.Truncated, n.PageInfo.HasNextPage)
		}
		if !n.PageInfo.HasNextPage {
			return ties, counts
		}
		after = `"` + *n.PageInfo.EndCursor + `"`
	}
}

// TestNoPathThroughAHiddenMeeting: two people who only ever met behind closed doors are not connected for a guest, and a
// closed end is as good as one that is not there.
func TestNoPathThroughAHiddenMeeting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		base := func(v models.Visibility) models.Base {
			return models.Base{ID: models.NewID(), Version: 1, Visibility: v, Public: v == models.VisibilityPublic, CreatedAt: models.Now(), UpdatedAt: models.Now()}
		}
		body := &models.Organization{Base: base("PUBLIC"), Name: "市政府", Kind: models.OrganizationKindGovernment}
		closed := &models.Meeting{Base: base("INTERNAL"), Title: "闭门会", HeldOn: "2022-06-01", State: models.MeetingStateHeld, BodyID: body.ID}
		rows := []any{body, closed}
		var people []*models.Person
		for i := range 2 {
			p := &models.Person{Base: base("PUBLIC"), Name: fmt.Sprint("人", i)}
			people = append(people, p)
			rows = append(rows, p, &models.Attendance{Base: base("PUBLIC"), MeetingID: closed.ID, PersonID: &p.ID, Label: p.Name, Capacity: "ATTENDING", Status: "PRESENT", HeldOn: "2022-06-01", Position: i + 1})
		}
		s := storeWith(t, database, rows, store.Options{})
		_, schema := schemas(s)
		query := func(from, to string) string {
			return fmt.Sprintf(`{ path(from: "%[1]s", to: "%[2]s") { length } neighbors(id: "%[1]s") { nodes { id } edges { kind } counts { count } }
				timeline(id: "%[1]s") { nodes { kind } } network(kind: CO_ATTENDANCE) { meetings nodes { record { id } } } person(id: "%[1]s") { coAttendees { totalCount nodes { id } } } }`, from, to)
		}
		a, b, missing := people[0].NodeID(), people[1].NodeID(), models.EncodeID(models.TypeMeeting, models.NewID())
		guest := string(ask(t, schema, readers[0], query(a, b), nil).Data)
		want := fmt.Sprintf(`{"path":null,"neighbors":{"nodes":[{"id":"%s"}],"edges":[],"counts":[]},"timeline":{"nodes":[]},"network":{"meetings":0,"nodes":[]},"person":{"coAttendees":{"totalCount":0,"nodes":[]}}}`, a)
		if guest != want {
			t.Errorf("a guest sees %s\nwant %s", guest, want)
		}
		seen := string(ask(t, schema, readers[1], query(a, b), nil).Data)
		for _, part := range []string{`"length":2`, `"kind":"ATTENDED"`, `"meetings":1`, `"totalCount":1`} {
			if !strings.Contains(seen, part) {
				t.Errorf("a reader sees %s, without %s", seen, part)
			}
		}
		for _, end := range []string{closed.NodeID(), missing} {
			if got := string(ask(t, schema, readers[0], fmt.Sprintf(`{ path(from: "%[1]s", to: "%[2]s") { length } neighbors(id: "%[2]s") { nodes { id } } timeline(id: "%[2]s") { nodes { kind } } }`, a, end), nil).Data); got != `{"path":null,"neighbors":{"nodes":[]},"timeline":{"nodes":[]}}` {
				t.Errorf("%s: %s", end, got)
			}
		}
	})
}

// TestHostileArguments: what makes no sense, or too much work, is BAD_USER_INPUT.
func TestHostileArguments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(2)
		_, schema := schemas(storeWith(t, database, rows, store.Options{}))
		places := plainGraphOf(rows, true)
		id := places.places()[0]
		var attendance string
		for _, known := range places.seen {
			if strings.HasPrefix(known, "membership") {
				attendance = known
			}
		}
		for _, query := range []string{
			`path(from: "X", to: "X", maxLength: 1000000) { length }`, `path(from: "X", to: "X", maxLength: 0) { length }`, `path(from: "1 OR 1=1", to: "X") { length }`,
			`path(from: "X", to: "') UNION SELECT 1 -- ") { length }`, `path(from: "M", to: "X") { length }`,
			`neighbors(id: "X", depth: 1000) { truncated }`, `neighbors(id: "X", depth: -1) { truncated }`, `neighbors(id: "X", first: 101) { truncated }`,
			`neighbors(id: "X", after: "nonsense") { truncated }`, `neighbors(id: "X", after: "WyJ0MSIsMCwwLCIiLCIiXQ") { truncated }`, `neighbors(id: "M") { truncated }`,
			`timeline(id: "X", first: -1) { nodes { kind } }`, `timeline(id: "X", after: "WyJlMSJd") { nodes { kind } }`, `timeline(id: "nobody") { nodes { kind } }`,
			`network(kind: OWES, minWeight: 0) { meetings }`, `network(kind: OWES, first: 501) { meetings }`, `network(kind: OWES, body: "person_AAAAAAAAAAAAAAAAAAAAAA") { meetings }`,
			`people { nodes { coAttendees(first: 101) { totalCount } } }`, `people { nodes { coAttendees(after: "x") { totalCount } } }`, `people { nodes { coAttendees(body: "x") { totalCount } } }`,
		} {
			a := ask(t, schema, readers[0], "{ "+strings.NewReplacer(`"X"`, `"`+id+`"`, `"M"`, `"`+attendance+`"`).Replace(query)+" }", nil)
			if len(a.Errors) == 0 {
				t.Errorf("%s: %s", query, a.Data)
				continue
			}
			if code, text, _ := explain(a.Errors[0].Unwrap()); code != codeBadInput {
				t.Errorf("%s: %s %s (%v)", query, code, text, a.Errors)
			}
		}
	})
}

// TestLargeNeighbourhoodsAreCut: three steps around a body with hundreds of meetings end at the bound, say so on every page,
// and are the same when they are asked for again.
func TestLargeNeighbourhoodsAreCut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(250)
		_, schema := schemas(storeWith(t, database, rows, store.Options{}))
		var body string
		for _, row := range rows {
			if o, ok := row.(*models.Organization); ok && body == "" {
				body = o.NodeID()
			}
		}
		read := func() []string {
			var keys []string
			nodes := map[string]bool{}
			for after := "null"; ; {
				n := answerOf[struct {
					Neighbors struct {
						Edges     []hop
						PageInfo  models.PageInfo
						Truncated bool
					}
				}](t, schema, readers[1], fmt.Sprintf(`{ neighbors(id: "%s", depth: 3, first: 100, after: %s) { edges { kind from { id } to { id } } pageInfo { hasNextPage endCursor } truncated } }`, body, after)).Neighbors
				if !n.Truncated {
					t.Fatal("a page claims that there is no more")
				}
				for _, e := range n.Edges {
					keys = append(keys, e.Kind+e.From.ID+e.To.ID)
					nodes[e.From.ID], nodes[e.To.ID] = true, true
				}
				if !n.PageInfo.HasNextPage {
					break
				}
				after = `"` + *n.PageInfo.EndCursor + `"`
			}
			if len(nodes) != 1000 {
				t.Errorf("%d records were reached", len(nodes))
			}
			return keys
		}
		first, again := read(), read()
		if !slices.Equal(first, again) || len(slices.Compact(slices.Sorted(slices.Values(first)))) != len(first) {
			t.Errorf("%d ties, then %d, or some twice", len(first), len(again))
		}
	})
}
