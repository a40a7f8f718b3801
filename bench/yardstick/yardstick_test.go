package yardstick_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/minutebook/minutebook/bench"
	"github.com/minutebook/minutebook/bench/yardstick"
	"github.com/minutebook/minutebook/resolvers"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestAnswersAreThoseOfTheProduct keeps the yardstick honest: it gives what minutebook gives, to the byte, so that
// neither does less work than the other.
func TestAnswersAreThoseOfTheProduct(t *testing.T) {
	database := storetest.MySQL(t)
	s, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	db, err := bench.Open(database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := bench.Generate(t.Context(), db, bench.Sizes["XS"], nil); err != nil {
		t.Fatal(err)
	}
	sample, err := bench.TakeSample(db)
	if err != nil {
		t.Fatal(err)
	}
	byHand, err := yardstick.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	schema := resolvers.NewSchema(s)
	for _, q := range bench.Questions {
		for _, request := range q.Requests(sample, 3) {
			bind(t, schema, request)
			want := ask(t, schema, q.Query, request.Variables)
			w := httptest.NewRecorder()
			byHand.ServeHTTP(w, httptest.NewRequest(http.MethodGet, request.Path, nil))
			var got struct{ Data json.RawMessage }
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatalf("%s: %v: %s", q.Name, err, w.Body)
			}
			if string(got.Data) != string(want) {
				t.Errorf("%s by hand:\n%.1000s\nwant\n%.1000s", q.Name, got.Data, want)
			}
		}
	}
	if left := schema.Left.Load(); left > 3 { // those of Q8, which is counted and no edge
		t.Errorf("%d answers were not compiled", left)
	}
}

// bind puts the cursor of a deep page into the variables of Q6.
func bind(t *testing.T, schema graphql.ExecutableSchema, request bench.Request) {
	at, ok := request.Variables["at"].(bench.Position)
	if !ok {
		return
	}
	delete(request.Variables, "at")
	answer := ask(t, schema, bench.FirstPage, map[string]any{"id": at.Organization})
	cursor, err := bench.Rebase(bench.EndCursor(answer), at)
	if err != nil {
		t.Fatal(err)
	}
	request.Variables["after"] = cursor
}

func ask(t *testing.T, schema graphql.ExecutableSchema, query string, variables map[string]any) json.RawMessage {
	t.Helper()
	exec := executor.New(schema)
	ctx := graphql.StartOperationTrace(context.Background())
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		t.Fatal(errs)
	}
	handler, ctx := exec.DispatchOperation(ctx, op)
	answer := handler(ctx)
	if len(answer.Errors) > 0 {
		t.Fatal(answer.Errors)
	}
	return answer.Data
}
