package resolvers

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

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
