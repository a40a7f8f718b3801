package resolvers

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// together counts by hand at how many meetings two people were, from a day on.
func (g *plainGraph) together(rows []any, since models.Date) (pairs map[[2]string]int, attended map[string]int) {
	held := map[string]models.Date{}
	for _, row := range rows {
		if m, ok := row.(*models.Meeting); ok {
			held[m.NodeID()] = m.HeldOn
		}
	}
	at := map[string][]string{}
	attended = map[string]int{}
	for tie := range g.ties {
		if tie[0] == string(models.EdgeAttended) && held[tie[2]] >= since {
			at[tie[2]] = append(at[tie[2]], tie[1])
			attended[tie[1]]++
		}
	}
	pairs = map[[2]string]int{}
	for _, people := range at {
		for _, a := range people {
			for _, b := range people {
				if a != b {
					pairs[[2]string{a, b}]++
				}
			}
		}
	}
	return pairs, attended
}

func TestCoAttendeesAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var count statementCounter
		rows := world.Rows(25)
		generic, schema := schemas(storeWith(t, database, rows, store.Options{Observe: count.observe}))
		for i, actor := range readers {
			g := plainGraphOf(rows, i == 1)
			pairs, _ := g.together(rows, "2021-01-01")
			count.take()
			people := answerOf[struct {
				People struct {
					Nodes []struct {
						ID          string
						CoAttendees struct {
							TotalCount int
							Edges      []struct {
								Meetings int
								Cursor   string
								Node     withID
							}
						}
					}
				}
			}](t, schema, actor, `{ people(first: 50) { nodes { id coAttendees(first: 50, from: "2021-01-01") { totalCount edges { meetings cursor node { id name } } } } } }`).People.Nodes
			if seen := count.take(); len(seen) > 3 {
				t.Errorf("%q: %d statements for all people, want 3:\n%s", actor.Role, len(seen), strings.Join(seen, "\n"))
			}
			got := map[[2]string]int{}
			for _, p := range people {
				last := 1000
				for _, e := range p.CoAttendees.Edges {
					got[[2]string{p.ID, e.Node.ID}] = e.Meetings
					if e.Meetings > last {
						t.Errorf("%s: %d meetings after %d", p.ID, e.Meetings, last)
					}
					last = e.Meetings
				}
				if p.CoAttendees.TotalCount != len(p.CoAttendees.Edges) {
					t.Errorf("%s: total %d, %d people", p.ID, p.CoAttendees.TotalCount, len(p.CoAttendees.Edges))
				}
				if all := metPaged(t, generic, actor, p.ID); len(all) != len(p.CoAttendees.Edges) {
					t.Errorf("%s: %d people page by page, %d at once", p.ID, len(all), len(p.CoAttendees.Edges))
				}
			}
			if !maps.Equal(got, pairs) || len(got) == 0 {
				t.Errorf("%q: %d pairs, want %d: %v\nwant %v", actor.Role, len(got), len(pairs), got, pairs)
			}
		}
	})
}

// metPaged pages through the people that one person met, two at a time.
func metPaged(t *testing.T, schema graphql.ExecutableSchema, actor models.Actor, id string) map[string]int {
	t.Helper()
	all := map[string]int{}
	for after := "null"; ; {
		page := answerOf[struct {
			Person struct {
				CoAttendees struct {
					TotalCount int
					Edges      []struct {
						Meetings int
						Node     withID
					}
					PageInfo models.PageInfo
				}
			}
		}](t, schema, actor, fmt.Sprintf(`{ person(id: "%s") { coAttendees(first: 2, from: "2021-01-01", after: %s) { totalCount edges { meetings node { id } } pageInfo { hasNextPage endCursor } } } }`, id, after)).Person.CoAttendees
		for _, e := range page.Edges {
			if _, twice := all[e.Node.ID]; twice {
				t.Fatalf("%s came twice", e.Node.ID)
			}
			all[e.Node.ID] = e.Meetings
		}
		if !page.PageInfo.HasNextPage {
			if page.TotalCount != len(all) {
				t.Errorf("%s: total %d after paging through %d", id, page.TotalCount, len(all))
			}
			return all
		}
		after = `"` + *page.PageInfo.EndCursor + `"`
	}
}

type netAnswer struct {
	Network struct {
		Meetings, TotalNodes, TotalEdges int
		Truncated, Exact                 bool
		Explanation                      string
		Nodes                            []struct {
			Record                withID
			Degree, Weight        int
			Pagerank, Betweenness float64
			Community             int
		}
		Edges []struct {
			From, To     withID
			Weight       int
			Method       string
			Denominators models.NetworkDenominators
			Evidence     []withID
		}
	}
}

func networkOf(t *testing.T, schema graphql.ExecutableSchema, actor models.Actor, arguments string) netAnswer {
	t.Helper()
	return answerOf[netAnswer](t, schema, actor, `{ network(`+arguments+`) { meetings totalNodes totalEdges truncated exact explanation
		nodes { record { id } degree weight pagerank betweenness community } edges { from { id } to { id } weight method denominators { from to all } evidence { id } sources { quote } } } }`)
}

func TestNetworksAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(25)
		_, schema := schemas(storeWith(t, database, rows, store.Options{}))
		for i, actor := range readers {
			g := plainGraphOf(rows, i == 1)
			pairs, attended := g.together(rows, "2021-01-01")
			n := networkOf(t, schema, actor, `kind: CO_ATTENDANCE, from: "2021-01-01"`).Network
			if len(n.Edges)*2 != len(pairs) || n.TotalEdges != len(n.Edges) || n.TotalNodes != len(n.Nodes) || n.Truncated || !n.Exact || n.Explanation != "" {
				t.Errorf("%q: %d edges, want %d; %+v", actor.Role, len(n.Edges), len(pairs)/2, n)
			}
			var ranks float64
			for _, node := range n.Nodes {
				ranks += node.Pagerank
			}
			if ranks < 0.999 || ranks > 1.001 {
				t.Errorf("%q: ranks sum to %v", actor.Role, ranks)
			}
			for _, e := range n.Edges {
				if want := pairs[[2]string{e.From.ID, e.To.ID}]; e.Weight != want || e.Method != "DERIVED" || len(e.Evidence) != min(want, maxEvidence) {
					t.Errorf("%q: %+v, want weight %d", actor.Role, e, want)
				}
				if e.Denominators != (models.NetworkDenominators{From: attended[e.From.ID], To: attended[e.To.ID], All: n.Meetings}) {
					t.Errorf("%q: %+v: attended %d and %d of %d", actor.Role, e, attended[e.From.ID], attended[e.To.ID], n.Meetings)
				}
			}
			heavy := networkOf(t, schema, actor, `kind: CO_ATTENDANCE, minWeight: 2, first: 2`)
			if len(heavy.Network.Nodes) != 2 || heavy.Network.TotalNodes > 2 != heavy.Network.Truncated || heavy.lightest() < 2 {
				t.Errorf("%q: two nodes and weight 2: %+v", actor.Role, heavy)
			}
			g.checkDirected(t, schema, actor)
		}
	})
}

// lightest is the least weight of the edges shown.
func (n *netAnswer) lightest() int {
	least := 1000
	for _, e := range n.Network.Edges {
		least = min(least, e.Weight)
	}
	return least
}

// checkDirected counts the networks of organizations by hand: along two or three ties from an organization to a body.
func (g *plainGraph) checkDirected(t *testing.T, schema graphql.ExecutableSchema, actor models.Actor) {
	t.Helper()
	bodyOf, itemOf := map[string]string{}, map[string]string{}
	for tie := range g.ties {
		switch models.EdgeKind(tie[0]) {
		case models.EdgeHeld:
			bodyOf[tie[2]] = tie[1]
		case models.EdgeDecided, models.EdgeInstructed:
			itemOf[tie[2]] = tie[1]
		}
	}
	for tie := range g.ties {
		if tie[0] == string(models.EdgeOnAgenda) {
			bodyOf[tie[1]] = bodyOf[tie[2]]
		}
	}
	for kind, of := range map[string]struct {
		tie     models.EdgeKind
		forward bool
	}{"PRESENTS_TO": {models.EdgePresented, true}, "OWES": {models.EdgeOwes, true}, "DIRECTED_AT": {models.EdgeTold, false}} {
		want := map[[2]string]int{}
		for tie := range g.ties {
			if tie[0] != string(of.tie) || strings.HasPrefix(tie[1], "person") {
				continue
			}
			organization, thing := tie[1], tie[2]
			if kind == "OWES" && !g.owing[[2]string{organization, thing}] {
				continue
			}
			if !of.forward {
				organization, thing = tie[2], tie[1]
			}
			body := bodyOf[cmp.Or(itemOf[thing], thing)]
			ends := [2]string{organization, body}
			if !of.forward {
				ends = [2]string{body, organization}
			}
			if organization != body {
				want[ends]++
			}
		}
		got := map[[2]string]int{}
		for _, e := range networkOf(t, schema, actor, "kind: "+kind).Network.Edges {
			got[[2]string{e.From.ID, e.To.ID}] = e.Weight
		}
		if !maps.Equal(got, want) || len(want) == 0 {
			for ends, n := range want {
				if got[ends] != n {
					t.Errorf("%q: %s: %v: %d, want %d", actor.Role, kind, ends, got[ends], n)
				}
			}
			t.Errorf("%q: %s: %d pairs, want %d", actor.Role, kind, len(got), len(want))
		}
	}
}

// TestTimelinesPageThroughAll: in small pages as at once, the newest first, and of a person all there is.
func TestTimelinesPageThroughAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var count statementCounter
		rows := world.Rows(20)
		_, schema := schemas(storeWith(t, database, rows, store.Options{Observe: count.observe}))
		for i, actor := range readers {
			g := plainGraphOf(rows, i == 1)
			for at, id := range g.places() {
				if at%5 > 0 && !strings.HasPrefix(id, "person") {
					continue
				}
				once := timelineOf(t, schema, actor, id, 100)
				if paged := timelineOf(t, schema, actor, id, 3); !slices.Equal(once, paged) {
					t.Fatalf("%q: %s: %v at once, %v in pages", actor.Role, id, once, paged)
				}
				if !strings.HasPrefix(id, "person") {
					continue
				}
				kinds := []string{"ATTENDED", "CHAIRED", "PRESENTED", "OWES"} // beside offices and days of steps
				want := 0
				for tie := range g.ties {
					if tie[1] == id && slices.Contains(kinds, tie[0]) {
						want++
					}
				}
				got := 0
				for _, e := range once {
					if slices.Contains(kinds, strings.Fields(e)[1]) {
						got++
					}
				}
				if got != want {
					t.Errorf("%q: %s: %d events, want %d: %v", actor.Role, id, got, want, once)
				}
			}
		}
		count.take()
		timelineOf(t, schema, readers[0], plainGraphOf(rows, false).places()[0], 100)
		if seen := count.take(); len(seen) > 1+1+len(store.Schema.RecordEntities()) {
			t.Errorf("%d statements for one timeline:\n%s", len(seen), strings.Join(seen, "\n"))
		}
	})
}

func timelineOf(t *testing.T, schema graphql.ExecutableSchema, actor models.Actor, id string, size int) []string {
	t.Helper()
	var all []string
	for after, last := "null", "9999"; ; {
		page := answerOf[struct {
			Timeline struct {
				Nodes []struct {
					Date, Kind string
					Record     withID
				}
				PageInfo models.PageInfo
			}
		}](t, schema, actor, fmt.Sprintf(`{ timeline(id: "%s", first: %d, after: %s) { nodes { date kind record { id } } pageInfo { hasNextPage endCursor } } }`, id, size, after)).Timeline
		for _, e := range page.Nodes {
			if e.Date > last {
				t.Fatalf("%s: %s after %s", id, e.Date, last)
			}
			last = e.Date
			all = append(all, e.Date+" "+e.Kind+" "+e.Record.ID)
		}
		if !page.PageInfo.HasNextPage {
			return all
		}
		after = `"` + *page.PageInfo.EndCursor + `"`
	}
}

// TestStatementsOfWalks: however many records there are, walks take as many statements as there are kinds and steps.
func TestStatementsOfWalks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var count statementCounter
		rows := world.Rows(25)
		_, schema := schemas(storeWith(t, database, rows, store.Options{Observe: count.observe}))
		places := plainGraphOf(rows, true).places()
		lanes := 2 * 19 // each kind of edge in both directions
		for query, most := range map[string]int{
			`{ neighbors(id: "%[1]s", first: 100) { nodes { id } edges { count record { id } from { id } sources { quote } } counts { kind count } } }`:                    1 + 12 + 12 + 9 + 1,
			`{ neighbors(id: "%[1]s", depth: 3, first: 100) { nodes { id } edges { count } } }`:                                                                            1 + 3*lanes + 9,
			`{ path(from: "%[1]s", to: "%[2]s") { nodes { id } hops { record { id } sources { quote } } alternatives { nodes { id } } } }`:                                 2 + 6*lanes + 19 + 9 + 1,
			`{ network(kind: CO_ATTENDANCE) { nodes { record { id ... on Person { name } } } edges { weight evidence { id ... on Meeting { title } } } } }`:                4,
			`{ network(kind: OWES) { nodes { record { id ... on Organization { name } } } edges { weight evidence { id ... on Decision { text } } sources { quote } } } }`: 5,
		} {
			count.take()
			a := ask(t, schema, readers[1], strings.NewReplacer("%[1]s", places[len(places)-1], "%[2]s", places[0]).Replace(query), nil)
			if len(a.Errors) > 0 {
				t.Fatal(a.Errors)
			}
			if seen := count.take(); len(seen) > most {
				t.Errorf("%s: %d statements, want %d at most:\n%s", query, len(seen), most, strings.Join(seen, "\n"))
			}
		}
	})
}

// TestDecisionsOwed finds what is overdue by who has to do it, with the filters that lists have anyway.
func TestDecisionsOwed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		rows := world.Rows(25)
		_, schema := schemas(storeWith(t, database, rows, store.Options{}))
		g := plainGraphOf(rows, false)
		overdue := map[models.ID]bool{} // steps
		for _, row := range rows {
			if step, ok := row.(*models.DecisionStep); ok && step.DueOn != nil && *step.DueOn < "2022-01-01" && step.Status == models.StepStatusOpen {
				overdue[step.ID] = true
			}
		}
		want := map[string]map[models.ID]bool{} // decisions, by the organization that owes them
		for _, row := range rows {
			actor, ok := row.(*models.StepActor)
			if !ok || actor.Role != models.StepActorDoes || actor.OrganizationID == nil || !overdue[actor.StepID] || g.seen[actor.DecisionID] == "" {
				continue
			}
			if id := g.seen[*actor.OrganizationID]; id != "" {
				if want[id] == nil {
					want[id] = map[models.ID]bool{}
				}
				want[id][actor.DecisionID] = true
			}
		}
		if len(want) == 0 {
			t.Fatal("nobody owes anything in this world")
		}
		for id, decisions := range want {
			got := answerOf[struct{ Decisions struct{ TotalCount int } }](t, schema, readers[0], fmt.Sprintf(
				`{ decisions(filter: {steps: {some: {status: {eq: OVERDUE}, actors: {some: {id: {eq: "%s"}}}}}}) { totalCount } }`, id))
			if n := len(decisions); got.Decisions.TotalCount != n {
				t.Errorf("%s: %d decisions are overdue, want %d", id, got.Decisions.TotalCount, n)
			}
		}
	})
}
