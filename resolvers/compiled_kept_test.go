package resolvers

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// repeated are documents that are asked again and again with other variables: those of a kind that stays open when a
// document is compiled, and those that do not.
var repeated = []string{
	`query($id: ID!) { meeting(id: $id) { id title heldOn body { name } attendances(first: 3) { nodes { label person { name } } } } }`,
	`query($id: ID!, $after: String) { meeting(id: $id) { agendaItems(first: 2, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { title } } } }`,
	`query($id: ID!, $after: String, $before: String) { meeting(id: $id) { a: agendaItems(first: 2, after: $after) { nodes { title } pageInfo { endCursor startCursor } }
		b: agendaItems(first: 2, after: $before) { nodes { number } pageInfo { endCursor } } c: agendaItems(last: 2, before: $before) { totalCount edges { cursor node { title } } } } }`,
	`query($n: Int, $after: String, $by: OrderDirection!) { meetings(first: $n, after: $after, orderBy: [{field: ORDINAL, direction: $by}]) { totalCount pageInfo { endCursor hasNextPage } nodes { title ordinal } } }`,
	`query($id: ID!, $with: Boolean!) { person(id: $id) { name ...f @include(if: $with) } } fragment f on Person { id pinyin attendances { nodes { id meeting { title } organization { name } } } }`,
	`query($id: ID!, $from: Date) { organization(id: $id) { name } meetings(filter: {heldOn: {gte: $from}}, first: 3) { totalCount groups(by: [BODY]) { count keys { node { ... on Organization { name } } } } nodes { title } } }`,
	`query($id: ID!, $n: Int, $after: String, $from: Date) { person(id: $id) { coAttendees(first: $n, after: $after, from: $from) { totalCount edges { cursor meetings node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`,
	`query($from: Date, $after: String) { people(first: 9) { nodes { name a: coAttendees(first: 2, after: $after, to: $from) { nodes { name attendances(first: 1) { nodes { label } } } totalCount } b: coAttendees(first: 3, after: $after, from: $from) { edges { meetings } } } } }`,
	`query($id: ID!) { meeting(id: $id) { title } a: person(id: $id) { name } b: organization(id: $id) { name } }`,
	`{ meetings(first: 4) { nodes { id title agendaItems { pageInfo { hasNextPage } } } pageInfo { hasNextPage } } people(first: 2) { pageInfo { hasNextPage } } }`,
}

// TestKeptCompilationsAreTheSame asks the same documents with random variables on both paths, so that the compiled path
// answers most of them with what it has kept from other variables, and compares to the byte.
func TestKeptCompilationsAreTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := populated(t, database, 12, store.Options{})
		generic, compiled := schemas(s)
		paths := []*executor.Executor{caching(generic), caching(compiled)}
		v := &variables{rng: rand.New(rand.NewPCG(7, 7))}
		v.collect(t, generic)
		for i := range 800 {
			query, actor := repeated[v.rng.IntN(len(repeated))], readers[v.rng.IntN(len(readers))]
			given := v.some()
			var answers [2]string
			for j, path := range paths {
				answers[j] = askCached(t, path, actor, query, given)
			}
			if answers[0] != answers[1] {
				t.Fatalf("question %d as %q differs: %s\n%v\ngeneric:  %s\ncompiled: %s", i, actor.Role, query, given, answers[0], answers[1])
			}
		}
		if written := compiled.Written.Load(); written < 200 {
			t.Errorf("only %d answers of 800 were compiled", written)
		}
	})
}

// caching is an executor that knows documents again.
func caching(schema graphql.ExecutableSchema) *executor.Executor {
	exec := executor.New(schema)
	exec.SetErrorPresenter(graphql.DefaultErrorPresenter)
	exec.SetQueryCache(lru.New[*ast.QueryDocument](100))
	return exec
}

func askCached(t *testing.T, exec *executor.Executor, actor models.Actor, query string, given map[string]any) string {
	t.Helper()
	ctx := auth.WithActor(graphql.StartOperationTrace(context.Background()), actor)
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: given})
	if errs != nil {
		return errs.Error()
	}
	handler, ctx := exec.DispatchOperation(ctx, op)
	answer := handler(ctx)
	var failures []string // fields at the root are executed at once, and fail in any order
	for _, err := range answer.Errors {
		failures = append(failures, err.Error())
	}
	slices.Sort(failures)
	return fmt.Sprintf("%s %q", answer.Data, failures)
}

// variables makes values for the documents.
type variables struct {
	rng          *rand.Rand
	ids, cursors []string
}

// collect takes ids and cursors from answers.
func (v *variables) collect(t *testing.T, schema graphql.ExecutableSchema) {
	t.Helper()
	answer := ask(t, schema, readers[1], `{ meetings(first: 6, orderBy: [{field: ORDINAL, direction: DESC}]) { edges { cursor node { id agendaItems { edges { cursor } } } } }
		people(first: 5) { nodes { id coAttendees(first: 8) { edges { cursor } } } } organizations(first: 5) { nodes { id } } }`, nil)
	var found struct {
		Meetings struct {
			Edges []struct {
				Cursor string
				Node   struct {
					ID          string
					AgendaItems struct{ Edges []struct{ Cursor string } }
				}
			}
		}
		People struct {
			Nodes []struct {
				ID          string
				CoAttendees struct{ Edges []struct{ Cursor string } }
			}
		}
		Organizations struct{ Nodes []struct{ ID string } }
	}
	if err := json.Unmarshal(answer.Data, &found); err != nil {
		t.Fatal(err)
	}
	for _, edge := range found.Meetings.Edges {
		v.ids, v.cursors = append(v.ids, edge.Node.ID), append(v.cursors, edge.Cursor)
		for _, item := range edge.Node.AgendaItems.Edges {
			v.cursors = append(v.cursors, item.Cursor)
		}
	}
	for _, node := range found.People.Nodes {
		v.ids = append(v.ids, node.ID)
		for _, edge := range node.CoAttendees.Edges {
			v.cursors = append(v.cursors, edge.Cursor)
		}
	}
	for _, node := range found.Organizations.Nodes {
		v.ids = append(v.ids, node.ID)
	}
	v.ids = append(v.ids, models.EncodeID(models.TypeMeeting, models.NewID()), "nonsense")
	v.cursors = append(v.cursors, "nonsense", "")
}

// some is a value for each name, and now and then none or null.
func (v *variables) some() map[string]any {
	given := map[string]any{
		"id": v.ids[v.rng.IntN(len(v.ids))], "with": v.rng.IntN(2) == 0, "by": []string{"ASC", "DESC"}[v.rng.IntN(2)],
	}
	if v.rng.IntN(3) > 0 {
		given["n"], given["from"] = v.rng.IntN(4), []string{"2020-01-01", "2021-03-01"}[v.rng.IntN(2)]
	}
	for _, name := range []string{"after", "before"} {
		switch v.rng.IntN(4) {
		case 0:
			given[name] = nil
		case 1, 2:
			given[name] = v.cursors[v.rng.IntN(len(v.cursors))]
		}
	}
	return given
}
