package resolvers

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
	"github.com/minutebook/minutebook/store/storetest/world"
)

// populated returns a store that holds a world, written the way the product writes.
func populated(t testing.TB, database string, meetings int, options store.Options) *store.Store {
	t.Helper()
	return written(t, database, world.Rows(meetings), options)
}

// written returns a store that holds copies of the rows.
func written(t testing.TB, database string, rows []any, options store.Options) *store.Store {
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
			row = copied(row)
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

// copied returns a copy of a row, for the store fills rows in as it writes them.
func copied(row any) any {
	out := reflect.New(reflect.TypeOf(row).Elem())
	out.Elem().Set(reflect.ValueOf(row).Elem())
	return out.Interface()
}

// schemas returns the two paths over one store: gqlgen's own execution, and the compiled one in front of it.
func schemas(s *store.Store) (graphql.ExecutableSchema, *plan.Compiled) {
	compiled := NewSchema(s)
	return compiled.ExecutableSchema, compiled
}

// ask runs a query as an actor.
func ask(t testing.TB, schema graphql.ExecutableSchema, actor models.Actor, query string, variables map[string]any) *graphql.Response {
	t.Helper()
	exec := executor.New(schema)
	exec.SetErrorPresenter(graphql.DefaultErrorPresenter)
	ctx := auth.WithActor(graphql.StartOperationTrace(context.Background()), actor)
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		t.Fatalf("%v\n%s", errs, query)
	}
	handler, ctx := exec.DispatchOperation(ctx, op)
	return handler(ctx)
}

var readers = []models.Actor{{}, {Subject: "v", Role: models.RoleViewer, Expires: time.Now().Add(time.Hour)}}

// TestCompiledAnswersAreTheSame asks random questions on both paths and compares the answers to the byte.
func TestCompiledAnswersAreTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := populated(t, database, 20, store.Options{})
		generic, compiled := schemas(s)
		asker := &asker{schema: generic.Schema(), rng: rand.New(rand.NewPCG(1, 2))}
		for i := range 300 {
			query := asker.query()
			for _, actor := range readers {
				want, got := ask(t, generic, actor, query, nil), ask(t, compiled, actor, query, nil)
				if string(want.Data) != string(got.Data) || fmt.Sprint(want.Errors) != fmt.Sprint(got.Errors) {
					t.Fatalf("question %d as %q differs:\n%s\ngeneric:  %s %v\ncompiled: %s %v", i, actor.Role, query, want.Data, want.Errors, got.Data, got.Errors)
				}
			}
		}
		written, left := compiled.Written.Load(), compiled.Left.Load()
		if written < left {
			t.Errorf("compiled %d answers and left %d", written, left)
		}
	})
}

// asker makes questions that the schema allows.
type asker struct {
	schema *ast.Schema
	rng    *rand.Rand
	out    strings.Builder
	names  int

	without []string // fields that are not asked for
}

func (a *asker) query() string {
	a.out.Reset()
	a.names = 0
	lists := []string{"meetings", "agendaItems", "decisions", "directives", "documents", "organizations", "people", "attendances", "memberships"}
	a.out.WriteString("{")
	for range 1 + a.rng.IntN(2) {
		a.field(a.schema.Query.Fields.ForName(lists[a.rng.IntN(len(lists))]), 0)
	}
	a.out.WriteString("}")
	return a.out.String()
}

func (a *asker) field(f *ast.FieldDefinition, depth int) {
	a.names++
	fmt.Fprintf(&a.out, " f%d: %s", a.names, f.Name)
	a.arguments(f)
	if a.rng.IntN(12) == 0 {
		a.out.WriteString([]string{" @skip(if: true)", " @include(if: true)"}[a.rng.IntN(2)])
	}
	t := a.schema.Types[f.Type.Name()]
	if t.IsCompositeType() {
		a.selection(t, depth+1)
	}
}

func (a *asker) selection(t *ast.Definition, depth int) {
	a.out.WriteString(" {")
	if a.rng.IntN(4) == 0 {
		a.out.WriteString(" __typename")
	}
	wrote := false
	for _, f := range t.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Name == "history" || slices.Contains(a.without, f.Name) {
			continue
		}
		composite := a.schema.Types[f.Type.Name()].IsCompositeType()
		chance := 3
		if composite && t.Name != "GroupKey" && !strings.HasSuffix(t.Name, "Connection") && !strings.HasSuffix(t.Name, "Edge") {
			chance = 3 + 3*depth
		}
		if depth > 7 && composite || a.rng.IntN(chance) > 0 {
			continue
		}
		if a.rng.IntN(6) == 0 {
			a.out.WriteString(" ... on " + t.Name + " {")
			a.field(f, depth)
			a.out.WriteString("}")
		} else {
			a.field(f, depth)
		}
		wrote = true
	}
	if !wrote {
		a.out.WriteString(" __typename")
	}
	if t.Kind == ast.Interface {
		a.out.WriteString(" ... on Organization { name kind }")
	}
	a.out.WriteString("}")
}

func (a *asker) arguments(f *ast.FieldDefinition) {
	var args []string
	if f.Name == "groups" {
		values := a.schema.Types[f.Arguments.ForName("by").Type.Name()].EnumValues
		args = append(args, "by: ["+values[a.rng.IntN(len(values))].Name+"]")
		if a.rng.IntN(3) == 0 {
			args = append(args, "having: {gte: 2}")
		}
		if a.rng.IntN(3) == 0 {
			args = append(args, "orderBy: KEY_ASC, first: 2")
		}
	}
	if f.Arguments.ForName("after") != nil && f.Arguments.ForName("last") != nil {
		if a.rng.IntN(2) == 0 {
			args = append(args, fmt.Sprintf("%s: %d", []string{"first", "last"}[a.rng.IntN(2)], a.rng.IntN(4)))
		}
		order := a.schema.Types[a.schema.Types[f.Arguments.ForName("orderBy").Type.Name()].Fields.ForName("field").Type.Name()]
		key := order.EnumValues[a.rng.IntN(len(order.EnumValues))].Name
		if a.rng.IntN(3) == 0 && !(strings.HasSuffix(key, "_AT") && a.without != nil) {
			args = append(args, fmt.Sprintf("orderBy: [{field: %s, direction: %s}]", key, []string{"ASC", "DESC"}[a.rng.IntN(2)]))
		}
		if a.rng.IntN(3) == 0 {
			args = append(args, "filter: "+a.filter(a.schema.Types[f.Arguments.ForName("filter").Type.Name()], 0))
		}
	}
	if len(args) > 0 {
		a.out.WriteString("(" + strings.Join(args, ", ") + ")")
	}
}

// filter writes a filter that fits the type.
func (a *asker) filter(t *ast.Definition, depth int) string {
	var tests []string
	for _, f := range t.Fields {
		if a.rng.IntN(5+3*depth) > 0 {
			continue
		}
		inner := a.schema.Types[f.Type.Name()]
		switch {
		case f.Name == "and" || f.Name == "or":
			if depth < 2 {
				tests = append(tests, f.Name+": ["+a.filter(t, depth+1)+", "+a.filter(t, depth+1)+"]")
			}
		case slices.Contains([]string{"not", "some", "none", "every"}, f.Name) || strings.HasSuffix(inner.Name, "ListFilter"):
			if depth < 3 {
				tests = append(tests, f.Name+": "+a.filter(inner, depth+1))
			}
		case f.Name == "isNull" && depth == 0 && inner.Kind == ast.Scalar && inner.Name == "Boolean" && strings.HasSuffix(t.Name, "Filter") && a.schema.Types[strings.TrimSuffix(t.Name, "Filter")] != nil:
		case f.Name == "count":
			tests = append(tests, fmt.Sprintf("count: {gte: %d}", a.rng.IntN(3)))
		case inner.Name == "StringFilter":
			tests = append(tests, f.Name+`: {contains: "1"}`)
		case inner.Name == "IntFilter":
			tests = append(tests, fmt.Sprintf("%s: {lte: %d}", f.Name, a.rng.IntN(4)))
		case inner.Name == "DateFilter":
			tests = append(tests, f.Name+`: {gte: "2021-02-01"}`)
		case strings.HasSuffix(inner.Name, "Filter") && a.schema.Types[strings.TrimSuffix(inner.Name, "Filter")] != nil && a.schema.Types[strings.TrimSuffix(inner.Name, "Filter")].Kind == ast.Object:
			if depth < 3 {
				tests = append(tests, f.Name+": "+a.filter(inner, depth+1))
			}
		}
	}
	return "{" + strings.Join(tests, ", ") + "}"
}
